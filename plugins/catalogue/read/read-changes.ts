import type pg from 'pg';
import { z } from 'zod';

import type { Memory, MemoryRow } from './memory.ts';
import { parseRows, type SkippedRow } from './parse-rows.ts';

/** Rows newer than what is known; `whole` when they replace everything. */
interface Changes {
  epoch: string;
  n: number;
  whole: boolean;
  rows: MemoryRow[];
  skipped: SkippedRow[];
}

const versionRow = z.object({
  epoch: z.string().regex(/^[a-z0-9]{1,32}$/),
  n: z.coerce.number().int(),
  seeded: z.boolean(),
});
const VERSION = `
  select epoch, n, exists (select 1 from catalogue_markers where name = 'seeded') as seeded
  from catalogue_version where id = 1`;
const ROWS = 'select kind, key, locale, version, body from catalogue_entries where version > $1';
const UNDEFINED_TABLE = '42P01';

/**
 * Reads what changed after `known` (everything when null or of another epoch), as one consistent
 * picture. Null while the database counts as never seen: no tables, no counter or no `seeded`
 * marker.
 * @throws the driver's error when the connection fails.
 */
export async function readChanges(
  client: pg.Client,
  known: Memory | null,
): Promise<Changes | null> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const version = await readVersion(client);
    if (version === null || !version.seeded) return null;
    const { epoch, n } = version;
    const whole = known === null || known.epoch !== epoch || known.n > n;
    if (!whole && known.n === n) return { epoch, n, whole, rows: [], skipped: [] };
    const raw = await client.query(ROWS, [whole ? -1 : known.n]);
    return { epoch, n, whole, ...(await parseRows(raw.rows)) };
  } finally {
    await client.query('rollback');
  }
}

async function readVersion(client: pg.Client): Promise<z.infer<typeof versionRow> | null> {
  try {
    const { rows } = await client.query(VERSION);
    return rows.length === 0 ? null : versionRow.parse(rows[0]);
  } catch (error) {
    const code = z.object({ code: z.string() }).safeParse(error);
    if (code.success && code.data.code === UNDEFINED_TABLE) return null;
    throw error;
  }
}
