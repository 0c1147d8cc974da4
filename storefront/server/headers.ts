/** Headers of every answer. On an HTTPS `siteUrl` they tell browsers to stay on HTTPS. */
export function securityHeaders(siteUrl: string): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    ...(siteUrl.startsWith('https:') && {
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    }),
  };
}

/**
 * Browsers ask before they show a copy: an edit must be seen at once, and the answer to an
 * unchanged page is a small 304.
 */
export const PAGE_CACHE_CONTROL = 'public, max-age=0, must-revalidate';
