import type { IncomingHttpHeaders } from 'node:http';

const hostOf = (origin: string): string | null =>
  URL.canParse(origin) ? new URL(origin).host : null;

/**
 * True when a page of this shop sent the form. On connections that a browser trusts it says so
 * itself (Sec-Fetch-Site). On others the origin must be the shop's public address (a proxy may have
 * changed Host) or the address that the browser connected to.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, siteUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined) return false;
  return (
    origin === new URL(siteUrl).origin ||
    (hostOf(origin) !== null && hostOf(origin) === headers.host)
  );
}
