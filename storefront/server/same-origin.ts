import type { IncomingHttpHeaders } from 'node:http';

const hostOf = (origin: string): string | null =>
  URL.canParse(origin) ? new URL(origin).host : null;

/**
 * True when a form was sent by a page of this shop. Browsers say so themselves where they trust the connection (Sec-Fetch-Site); elsewhere the
 * origin must be the shop's public address (a proxy may have changed Host) or the address the browser talked to.
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
