import {
  type CatalogueDelta,
  type CatalogueEntry,
  type EntryId,
  parseVersion,
} from '@comptoir/contracts';

/**
 * One row as memory keeps it: the entry, or null when withdrawn, and the `n` of its last change.
 */
export interface MemoryRow {
  id: EntryId;
  n: number;
  entry: CatalogueEntry | null;
}

/**
 * All rows of one epoch up to version `n`, withdrawn ones included so that deltas can tell them.
 * Immutable.
 */
export interface Memory {
  epoch: string;
  n: number;
  rows: ReadonlyMap<string, MemoryRow>;
}

/** The map key of a row. NUL cannot appear in a Postgres text, so keys never collide. */
export const entryId = (id: EntryId): string => `${id.kind}\0${id.key}\0${id.locale}`;

export const emptyMemory = (epoch: string): Memory => ({ epoch, n: 0, rows: new Map() });

/** Memory of entries that no database numbered, such as the shipped seed. */
export function memoryOf(epoch: string, entries: readonly CatalogueEntry[]): Memory {
  const rows = entries.map((entry) => ({
    id: { kind: entry.kind, key: entry.key, locale: entry.locale },
    n: 0,
    entry,
  }));
  return { epoch, n: 0, rows: new Map(rows.map((row) => [entryId(row.id), row])) };
}

/**
 * The memory after `rows`, which must hold every row changed since `memory.n` in the same epoch;
 * `n` is the version they were read at.
 */
export function applyRows(memory: Memory, rows: readonly MemoryRow[], n: number): Memory {
  if (rows.length === 0) return { ...memory, n };
  const next = new Map(memory.rows);
  for (const row of rows) next.set(entryId(row.id), row);
  return { ...memory, n, rows: next };
}

/**
 * What changed after `version`, or null when that cannot be known (another epoch, or a version from
 * the future): send the whole then.
 */
export function deltaAfter(
  memory: Memory,
  version: string,
): Pick<CatalogueDelta, 'changed' | 'withdrawn'> | null {
  const { epoch, n } = parseVersion(version);
  if (epoch !== memory.epoch || n > memory.n) return null;
  const rows = [...memory.rows.values()].filter((row) => row.n > n);
  return {
    changed: rows.flatMap((row) => (row.entry ? [row.entry] : [])),
    withdrawn: rows.flatMap((row) => (row.entry ? [] : [row.id])),
  };
}

/** Entries shoppers may see. */
export const visibleEntries = (memory: Memory): CatalogueEntry[] =>
  [...memory.rows.values()].flatMap((row) => (row.entry ? [row.entry] : []));

const texts = new WeakMap<CatalogueEntry, string>();

/**
 * An entry's JSON, made once per entry: a change of one product must not serialise a thousand
 * again.
 */
export function entryJson(entry: CatalogueEntry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const text = JSON.stringify(entry);
  texts.set(entry, text);
  return text;
}
