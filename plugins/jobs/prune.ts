import type { Sql } from '@comptoir/database';

/**
 * Rows to delete: those in a final `state` whose instant `at` is more than `days` ago. The names
 * are ours, never anyone's input.
 */
export interface Prunable {
  table: string;
  key: string;
  at: string;
  state: string;
  days: number;
}

const BATCH = 1000;
/** Batches of one run; the next run takes the rest. */
const MOST_BATCHES = 50;

/**
 * One batch, oldest first, without rows that another transaction holds. Each batch is a transaction
 * of its own, so others wait briefly.
 */
const statement = ({ table, key, at, state, days }: Prunable): string => `with old as (
    select ${key} from ${table} where state = '${state}' and ${at} < now() - interval '${days} days' order by ${at} limit ? for update skip locked)
  delete from ${table} t using old where t.${key} = old.${key} returning 1`;

/** Deletes what is long over, in small batches. @returns how many rows */
export async function pruneRows(sql: Sql, what: Prunable, batch = BATCH): Promise<number> {
  let total = 0;
  for (let count = 0; count < MOST_BATCHES; count += 1) {
    const { rows } = await sql.raw(statement(what), [batch]);
    total += rows.length;
    if (rows.length < batch) break;
  }
  return total;
}
