import type { IncomingMessage } from 'node:http';

const MAX_URL = 8192;
const FIRST_ADMIN = '/admin/register-admin';

export type Refusal = { status: number; message: string };

/** What the door never passes on, whatever the method; null when the request may go to Strapi. */
export function refusalOf(request: IncomingMessage): Refusal | null {
  const url = request.url ?? '/';
  if (url.length > MAX_URL)
    return {
      status: 414,
      message: `The address is longer than ${MAX_URL} characters; shorten it.`,
    };
  if (!registersFirstAdmin(url)) return null;
  return {
    status: 403,
    message:
      'The first administrator is created by the setup command (npm start runs it; docker-compose run --rm setup), never over the network.',
  };
}

/**
 * True when Strapi could route `target` to the registration of a first administrator: the first
 * visitor of a new shop would own it. Its router ignores case, one trailing slash and a fragment,
 * takes whole addresses (`http://host/…`), and its URL parser turns backslashes into slashes and
 * trims NO-BREAK SPACE. Percent-encoding, double slashes and dots are undone too: a more generous
 * router must open nothing.
 */
export function registersFirstAdmin(target: string): boolean {
  const path = (target.split(/[?#]/, 1)[0] ?? '').replace(/%[0-7][0-9a-f]/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
  const plain = plainPath(
    path
      .replace(/[^\u0021-\u007e]/g, '')
      .replaceAll('\\', '/')
      .toLowerCase(),
  );
  return target.startsWith('/')
    ? plain === FIRST_ADMIN || plain.startsWith(`${FIRST_ADMIN}/`)
    : plain.includes(FIRST_ADMIN);
}

/** The path without empty segments and dots. */
function plainPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}
