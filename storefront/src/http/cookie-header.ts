import type { SetCookie } from './page-response.ts';

/** Cookies of a request by name; of two with one name the first, which browsers send for the closest path. */
export function readCookies(header: string | null | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}

/** A `Set-Cookie` value. @param secure true when the shop is on HTTPS: then browsers send the cookie over HTTPS only */
export const serializeCookie = (
  { name, value, maxAge, readable }: SetCookie,
  secure: boolean,
): string =>
  `${name}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax${readable ? '' : '; HttpOnly'}${secure ? '; Secure' : ''}`;
