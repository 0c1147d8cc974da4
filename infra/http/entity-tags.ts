import type { Encoding } from './content-encoding.ts';

/**
 * The strong tag of one form of a body. Forms differ in their bytes, so each has a tag of its own.
 * @param hash of the plain body
 */
export const entityTag = (hash: string, encoding: Encoding): string =>
  encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`;

/**
 * Tags of a list as RFC 9110 §8.8.3 writes them; the weakness mark is left out. A tag may hold a
 * comma.
 */
const TAG = /(?:W\/)?("[^"]*")/g;

/**
 * The first tag of If-None-Match that is one of ours: the client has that form, and a 304 that
 * bears this tag says so. Null when the body must be sent. Weak comparison, as RFC 9110 §13.1.2
 * asks. `*` matches the first of ours.
 * @param tags of the form that would be sent, or of every form that could be
 */
export function matchingTag(
  ifNoneMatch: string | undefined,
  tags: readonly string[],
): string | null {
  if (!ifNoneMatch) return null;
  if (ifNoneMatch.trim() === '*') return tags[0] ?? null;
  for (const [, tag = ''] of ifNoneMatch.matchAll(TAG)) if (tags.includes(tag)) return tag;
  return null;
}
