import type {
  CatalogueDelta,
  CatalogueEntry,
  CatalogueSnapshot,
  EntryId,
  FollowAnswer,
} from '@comptoir/contracts';
import { parseVersion } from '@comptoir/contracts';

/**
 * What the storefront knows: the last snapshot, former addresses of products and pages, and former
 * names of pieces.
 */
export interface CatalogueState {
  snapshot: CatalogueSnapshot;
  /** `kind:locale:old-slug` → key of the entry that had it. */
  formerSlugs: Record<string, string>;
  /** `locale:sku` → name of a piece that is no longer sold: a cart may still hold it. */
  formerNames: Record<string, PieceName>;
}
export interface PieceName {
  name: string;
  label: string;
}

/** A name for one entry; cached pages are tagged with the names of what they show. */
export const entryTag = ({ kind, key, locale }: EntryId): string => `${kind}:${key}:${locale}`;
/** Tag of a list: touched when members come, go, move, or change their address or category. */
export const listTag = (kind: EntryId['kind'], locale: EntryId['locale']): string =>
  `${kind}:*:${locale}`;
/** Tag of pages that say whether the catalogue is followed live. */
export const CONDITION_TAG = 'condition';
export const formerKey = (kind: string, locale: string, slug: string): string =>
  `${kind}:${locale}:${slug}`;

export const formerNameKey = (locale: string, sku: string): string => `${locale}:${sku}`;

const index = (entries: readonly CatalogueEntry[]): Map<string, CatalogueEntry> =>
  new Map(entries.map((entry) => [entryTag(entry), entry]));

function placeOf(entry: CatalogueEntry): string {
  const { body } = entry;
  const category = 'category' in body ? body.category : null;
  return 'slug' in body ? JSON.stringify([body.position, body.slug, category]) : '';
}

function touchedBy(
  before: CatalogueEntry | undefined,
  after: CatalogueEntry | undefined,
): string[] {
  const entry = after ?? before;
  if (!entry || JSON.stringify(before) === JSON.stringify(after)) return [];
  const moved = !before || !after || placeOf(before) !== placeOf(after);
  return moved ? [entryTag(entry), listTag(entry.kind, entry.locale)] : [entryTag(entry)];
}

function rememberSlugs(
  before: Map<string, CatalogueEntry>,
  after: Map<string, CatalogueEntry>,
  known: Record<string, string>,
): Record<string, string> {
  const former = { ...known };
  for (const [tag, entry] of before) {
    const next = after.get(tag);
    if (
      !next ||
      !('slug' in entry.body) ||
      !('slug' in next.body) ||
      entry.body.slug === next.body.slug
    )
      continue;
    former[formerKey(entry.kind, entry.locale, entry.body.slug)] = entry.key;
  }
  return former;
}

function rememberNames(
  before: Map<string, CatalogueEntry>,
  after: Map<string, CatalogueEntry>,
  known: CatalogueState['formerNames'],
): CatalogueState['formerNames'] {
  const former = { ...known };
  for (const [tag, entry] of before) {
    if (entry.kind !== 'product') continue;
    const next = after.get(tag);
    const sold = new Set(next?.kind === 'product' ? next.body.variants.map(({ sku }) => sku) : []);
    for (const { sku, label } of entry.body.variants)
      if (!sold.has(sku))
        former[formerNameKey(entry.locale, sku)] = { name: entry.body.name, label };
  }
  return former;
}

/** Replaces the snapshot. `touched` are the tags of what changed. */
export function replaceSnapshot(
  state: CatalogueState,
  snapshot: CatalogueSnapshot,
): { state: CatalogueState; touched: string[] } {
  const before = index(state.snapshot.entries);
  const after = index(snapshot.entries);
  const touched = [...new Set([...before.keys(), ...after.keys()])].flatMap((tag) =>
    touchedBy(before.get(tag), after.get(tag)),
  );
  return {
    state: {
      snapshot,
      formerSlugs: rememberSlugs(before, after, state.formerSlugs),
      formerNames: rememberNames(before, after, state.formerNames),
    },
    touched: [...new Set(touched)],
  };
}

/** True when the delta continues this snapshot; otherwise the whole must be fetched. */
export function continues(snapshot: CatalogueSnapshot, delta: CatalogueDelta): boolean {
  const mine = parseVersion(snapshot.version);
  const theirs = parseVersion(delta.version);
  return mine.epoch === theirs.epoch && theirs.n >= mine.n;
}

/**
 * Applies a delta: its changed and its withdrawn entries. `touched` are the tags of what changed.
 */
export function applyDelta(
  state: CatalogueState,
  delta: CatalogueDelta,
): { state: CatalogueState; touched: string[] } {
  const entries = index(state.snapshot.entries);
  for (const id of delta.withdrawn) entries.delete(entryTag(id));
  for (const entry of delta.changed) entries.set(entryTag(entry), entry);
  const { version, source, asOf } = delta;
  return replaceSnapshot(state, { version, source, asOf, entries: [...entries.values()] });
}

export const isWhole = (answer: FollowAnswer): answer is CatalogueSnapshot => 'entries' in answer;

/**
 * Why an answer must not replace what is known, in words for the log; null when it may. A shop that
 * has been open never goes back to the shipped sample, nor to an older state of the same epoch (one
 * of two APIs may lag behind the other).
 */
export function refusal(
  mine: CatalogueSnapshot,
  theirs: Pick<CatalogueSnapshot, 'source' | 'version'>,
): string | null {
  if (mine.entries.length === 0) return null;
  if (theirs.source === 'csv' && mine.source !== 'csv')
    return 'the API has nothing but the shipped sample, serving the copy';
  const [known, offered] = [parseVersion(mine.version), parseVersion(theirs.version)];
  if (known.epoch !== offered.epoch || offered.n >= known.n) return null;
  return `the API answers with ${theirs.version}, older than ${mine.version}: serving the copy (after a restore, \`rebuild --new-epoch\` on the API begins anew)`;
}
