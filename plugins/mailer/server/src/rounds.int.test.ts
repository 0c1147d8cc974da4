import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '@comptoir/harness';

import type { Database } from '../../adapters/sql.ts';
import { pgSql } from '../../fixture/pg-sql.ts';
import { type Round, startRounds } from './rounds.ts';

const CONNECTIONS = 4;
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({
    connectionString: database.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 1000,
  });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

/** The pool as Strapi's: transactions and single statements take their connections from the same few. */
const shop: Database = {
  raw: (sql, bindings) => pool.query(sql.replaceAll('?', '$1'), [...bindings]),
  async transaction(work) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      return await work(pgSql(client));
    } finally {
      await client.query('commit').finally(() => client.release());
    }
  },
};

test('more rounds than connections, each of which asks the database: all get their turn, and none fails', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const done = names.map(() => Promise.withResolvers<void>());
  const failures: string[] = [];
  const rounds = names.map((name, at): Round => ({
    name,
    everyMs: 60_000,
    run: async () => {
      await shop.raw('select ?::text', [name]);
      done[at]?.resolve();
    },
  }));
  const stop = startRounds(
    rounds,
    shop,
    (name, error) => {
      failures.push(`${name}: ${String(error)}`);
      done[names.indexOf(name)]?.resolve();
    },
    1000,
  );
  await Promise.all(done.map(({ promise }) => promise));
  await stop();
  expect(failures).toEqual([]);
});
