import { SEEN_HEADER } from '../../domain/seen-header.ts';

const DOCUMENT = /\/content-manager\/(?:collection|single)-types\/([^/?]+)(?:\/([^/?]+))?/;
const WRITES: readonly string[] = ['PUT', 'POST'];

/**
 * What names the version a request is about: type, document (none for a single type) and language;
 * null for other requests, and for the published version, which has no form.
 */
export function versionOf(address: string): string | null {
  const url = new URL(address, 'http://admin');
  const [, uid, id = ''] = DOCUMENT.exec(url.pathname) ?? [];
  if (uid === undefined || url.searchParams.get('status') === 'published') return null;
  return `${uid} ${id} ${url.searchParams.get('locale') ?? ''}`;
}

function changedAt(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('data' in answer)) return null;
  const { data } = answer;
  return typeof data === 'object' &&
    data !== null &&
    'updatedAt' in data &&
    typeof data.updatedAt === 'string'
    ? data.updatedAt
    : null;
}

/**
 * The Content Manager saves a form without saying from which state it began, so the last of two
 * tabs would win silently. This notes when each document that this tab was shown had last changed
 * and sends that along with a save; the server refuses a save that began from an older state.
 */
export function sendSeenVersions(fetch: typeof window.fetch): typeof window.fetch {
  const seen = new Map<string, string>();
  return async (input, init) => {
    const request = new Request(input, init);
    const version = versionOf(request.url);
    if (version === null) return fetch(input, init);
    const known = seen.get(version);
    if (known !== undefined && WRITES.includes(request.method))
      request.headers.set(SEEN_HEADER, known);
    const response = await fetch(request);
    const at = response.ok
      ? changedAt(
          await response
            .clone()
            .json()
            .catch(() => null),
        )
      : null;
    if (at !== null) seen.set(version, at);
    return response;
  };
}
