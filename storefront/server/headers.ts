/** Headers of every answer; `siteUrl` decides whether browsers are told to stay on HTTPS. */
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

/** Browsers keep nothing without asking: an edit must be seen at once, and asking costs a 304. */
export const PAGE_CACHE_CONTROL = 'public, max-age=0, must-revalidate';
