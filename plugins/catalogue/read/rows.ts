import { setImmediate as nextTurn } from 'node:timers/promises';
import { entryIdSchema, entrySchema } from '@comptoir/contracts';
import { z } from 'zod';
import type { MemoryRow } from './memory.ts';

/** A row of `catalogue_entries`; `bigint` arrives as text. */
const rowSchema = z.object({
  kind: z.string(),
  key: z.string(),
  locale: z.string(),
  version: z.union([z.string().regex(/^\d+$/), z.int()]).transform(Number),
  body: z.unknown(),
});

/** A row that is not served, and why. */
export type SkippedRow = { row: string; reason: string };

const BATCH = 40;

/**
 * Parses database rows. A row that does not fit the contract is skipped and told, never thrown: one bad row must not hide the catalogue.
 * Yields to other work every few rows, so that an import of a thousand products delays no shopper.
 */
export async function parseRows(raw: readonly unknown[]): Promise<{ rows: MemoryRow[]; skipped: SkippedRow[] }> {
  const rows: MemoryRow[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, value] of raw.entries()) {
    if (index % BATCH === BATCH - 1) await nextTurn();
    const parsed = parseRow(value);
    if ('reason' in parsed) skipped.push(parsed);
    else rows.push(parsed);
  }
  return { rows, skipped };
}

function parseRow(value: unknown): MemoryRow | SkippedRow {
  const row = rowSchema.safeParse(value);
  if (!row.success) return { row: 'unreadable', reason: z.prettifyError(row.error) };
  const { kind, key, locale, version, body } = row.data;
  const name = `${kind}/${key}/${locale}`;
  const id = entryIdSchema.safeParse({ kind, key, locale });
  if (!id.success) return { row: name, reason: z.prettifyError(id.error) };
  if (body === null) return { id: id.data, n: version, entry: null };
  const entry = entrySchema.safeParse({ kind, key, locale, body });
  if (!entry.success) return { row: name, reason: z.prettifyError(entry.error) };
  return { id: id.data, n: version, entry: entry.data };
}
