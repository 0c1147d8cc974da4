import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { entryIdSchema, entrySchema } from '@comptoir/contracts';

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
export interface SkippedRow {
  row: string;
  reason: string;
}

const BATCH = 40;

/**
 * Parses database rows. A row that does not fit the contract is reported, not thrown: one bad row
 * must not hide the catalogue. It counts as withdrawn, so that a door which knew an earlier body
 * serves what one that starts now would. Yields to other work every few rows, so that an import of
 * a thousand products delays no shopper.
 */
export async function parseRows(
  raw: readonly unknown[],
): Promise<{ rows: MemoryRow[]; skipped: SkippedRow[] }> {
  const rows: MemoryRow[] = [];
  const skipped: SkippedRow[] = [];
  for (const [index, value] of raw.entries()) {
    if (index % BATCH === BATCH - 1) await nextTurn();
    const { row, fault } = parseRow(value);
    if (row) rows.push(row);
    if (fault) skipped.push(fault);
  }
  return { rows, skipped };
}

function parseRow(value: unknown): { row?: MemoryRow; fault?: SkippedRow } {
  const row = rowSchema.safeParse(value);
  if (!row.success) return { fault: { row: 'unreadable', reason: z.prettifyError(row.error) } };
  const { kind, key, locale, version, body } = row.data;
  const name = `${kind}/${key}/${locale}`;
  const id = entryIdSchema.safeParse({ kind, key, locale });
  if (!id.success) return { fault: { row: name, reason: z.prettifyError(id.error) } };
  const withdrawn = { id: id.data, n: version, entry: null };
  if (body === null) return { row: withdrawn };
  const entry = entrySchema.safeParse({ kind, key, locale, body });
  return entry.success
    ? { row: { ...withdrawn, entry: entry.data } }
    : { row: withdrawn, fault: { row: name, reason: z.prettifyError(entry.error) } };
}
