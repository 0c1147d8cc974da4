const LIGATURES: readonly (readonly [RegExp, string])[] = [
  [/œ/g, 'oe'],
  [/æ/g, 'ae'],
  [/ß/g, 'ss'],
];

/**
 * A slug made from a name: accents dropped, everything else a single hyphen. Empty when nothing
 * usable is left.
 */
export function slugOf(name: string): string {
  const lower = LIGATURES.reduce((text, [from, to]) => text.replace(from, to), name.toLowerCase());
  return lower
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 120)
    .replace(/^-+|-+$/g, '');
}
