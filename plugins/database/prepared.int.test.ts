import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '@comptoir/harness';

import { pgStatement } from './fixture/pg-sql.ts';
import { prepared, type Preparing } from './prepared.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

/** A statement as knex hands it to pg: sent when it is waited for. */
const connection: Preparing = {
  raw(query, bindings) {
    const ask = (name?: string) =>
      client.query({ ...pgStatement(query, bindings), ...(name === undefined ? {} : { name }) });
    return {
      options: ({ name }) => ({
        options: connection.raw(query, bindings).options,
        then: (done, failed) => ask(name).then(done, failed),
      }),
      then: (done, failed) => ask().then(done, failed),
    };
  },
};

test('the same text is planned once, another text never runs under its name', async () => {
  const sql = prepared(connection);
  for (const n of [1, 2, 3])
    expect((await sql.raw('select ?::int + 1 as n', [n])).rows).toEqual([{ n: n + 1 }]);

  expect((await sql.raw('select ?::int + 2 as n', [1])).rows).toEqual([{ n: 3 }]);

  const { rows } = await client.query(
    `select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements order by statement`,
  );

  expect(rows).toEqual([
    { statement: 'select $1::int + 1 as n', runs: 3 },
    { statement: 'select $1::int + 2 as n', runs: 1 },
  ]);
});

test('so is one whose values have names', async () => {
  const sql = prepared(connection);

  for (const n of [1, 2])
    expect((await sql.raw('select :n::int * :by::int as n', { n, by: 3 })).rows).toEqual([
      { n: n * 3 },
    ]);

  const { rows } = await client.query(
    `select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where statement like '%*%'`,
  );

  expect(rows).toEqual([{ runs: 2 }]);
});
