import type pg from 'pg';
import type { Sql } from '../adapters/sql.ts';

/** A pg client as the adapters see a database: knex's `?` become pg's `$1`. */
export const pgSql = (client: pg.Client): Sql => ({
  raw: async (sql, bindings) => {
    let n = 0;
    const { rows }: { rows: unknown[] } = await client.query(sql.replace(/\?/g, () => `$${(n += 1)}`), [...bindings]);
    return { rows };
  },
});
