import { parseCookie } from 'cookie';

import type { SetCookie } from './page-response.ts';

/**
 * Cookies of a request by name, their values as they were sent; of two with one name the first,
 * which browsers send for the closest path.
 */
export function readCookies(header: string | null | undefined): Map<string, string> {
  const cookies = parseCookie(header ?? '', { decode: (value) => value });
  return new Map(
    Object.entries(cookies).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/**
 * A `Set-Cookie` value.
 * @param secure true when the shop is on HTTPS: then browsers send the cookie over HTTPS only
 */
export const serializeCookie = (
  { name, value, maxAge, readable }: SetCookie,
  secure: boolean,
): string =>
  `${name}=${value}; Path=/; Max-Age=${maxAge}; SameSite=Lax${readable ? '' : '; HttpOnly'}${secure ? '; Secure' : ''}`;
