import { createHash } from 'node:crypto';

import type { Bindings, Sql } from './statements.ts';

/** A statement of knex that has not left yet. */
interface Statement extends PromiseLike<{ rows: unknown[] }> {
  options(options: { name: string }): Statement;
}
/** The one thing needed of a knex connection or transaction. */
export interface Preparing {
  raw(sql: string, bindings: Bindings): Statement;
}

/** A statement's text names it: another text never meets a plan that is not its own. */
const names = new Map<string, string>();
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `comptoir_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}

/**
 * The same connection, on which Postgres parses and plans each statement once and then only runs
 * it: for an order's larger reads planning is most of the work. For statements whose text is
 * constant, since every text stays known for as long as the process and its connections live;
 * values go into bindings.
 */
export const prepared = (connection: Preparing): Sql => ({
  raw: (sql, bindings) => connection.raw(sql, bindings).options({ name: nameOf(sql) }),
});
