import type { Database, Sql } from '@comptoir/database';

/** A table whose rows are worked off one by one. `Next` says what becomes of a row. */
export interface Queue<Row, Next> {
  /**
   * Locks the next row that is due and that no other transaction holds; undefined when there is
   * none.
   */
  claim(trx: Sql): Promise<Row | undefined>;
  /** Writes what became of a claimed row. */
  settle(trx: Sql, row: Row, next: Next): Promise<void>;
}

/**
 * Claims the next row that is due, works on it and settles it, all in one transaction: a process
 * killed in between leaves the row as it was, to be claimed again.
 * @returns what became of it; undefined when nothing was due
 * @throws when the database fails
 */
export const workOnNext = <Row, Next>(
  database: Database,
  { claim, settle }: Queue<Row, Next>,
  work: (row: Row) => Promise<Next>,
): Promise<Next | undefined> =>
  database.transaction(async (trx) => {
    const row = await claim(trx);
    if (row === undefined) return undefined;
    const next = await work(row);
    await settle(trx, row, next);
    return next;
  });

/** A row after a try. `nextAt`: when it is due again; null leaves that as it is. */
export interface TriedRow {
  state: string;
  attempts: number;
  lastError: string | null;
  nextAt: Date | null;
}
const LONGEST_ERROR = 500;

/**
 * Writes a row after a try. The names of the table and of its key are ours, never anyone's input.
 */
export async function writeTry(
  sql: Sql,
  { table, key }: { table: string; key: string },
  id: string,
  { state, attempts, lastError, nextAt }: TriedRow,
): Promise<void> {
  await sql.raw(
    `update ${table} set state = ?, attempts = ?, last_error = ?, next_at = coalesce(?::timestamptz, next_at) where ${key} = ?`,
    [
      state,
      attempts,
      lastError?.slice(0, LONGEST_ERROR) ?? null,
      nextAt?.toISOString() ?? null,
      id,
    ],
  );
}
