import pg from 'pg';
import { expect, test } from 'vitest';

import { createDatabase } from './index.ts';

test('two databases of one run share nothing', async () => {
  const [one, two] = await Promise.all([createDatabase(), createDatabase()]);
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  await client.query('create table only_here (id int)');
  await client.end();
  const other = new pg.Client({ connectionString: two.url });
  await other.connect();
  expect((await other.query(`select to_regclass('only_here') as found`)).rows).toEqual([
    { found: null },
  ]);
  expect((await other.query('show server_encoding')).rows).toEqual([{ server_encoding: 'UTF8' }]);
  await other.end();
  await Promise.all([one.drop(), two.drop()]);
});
