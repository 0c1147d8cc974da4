import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '@comptoir/database';
import { pgSql, pgStatement } from '@comptoir/database/fixture/pg-sql';
import { createDatabase, type TestDatabase } from '@comptoir/harness';

import { type Job, jobsWork } from './scheduled-jobs.ts';

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

/**
 * The pool as Strapi's: transactions and single statements take their connections from the same
 * few.
 */
const shop: Database = {
  raw: (sql, bindings) => pool.query(pgStatement(sql, bindings)),
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

test('more jobs than connections, each of which asks the database: all get their turn, and none fails', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const done = names.map(() => Promise.withResolvers<void>());
  const failures: string[] = [];
  const jobs = names.map((name, at): Job => ({
    name,
    everyMs: 60_000,
    run: async () => {
      await shop.raw('select ?::text', [name]);
      done[at]?.resolve();
    },
  }));
  const work = jobsWork(jobs, {
    database: shop,
    onError: (name, error) => {
      failures.push(`${name}: ${String(error)}`);
      done[names.indexOf(name)]?.resolve();
    },
    patienceMs: 1000,
  });
  work.start();
  await Promise.all(done.map(({ promise }) => promise));
  await work.stop();
  expect(failures).toEqual([]);
});
