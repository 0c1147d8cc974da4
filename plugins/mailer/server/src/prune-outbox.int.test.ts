import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';
import { pruneRows } from '@comptoir/jobs';

import { SENT_MAILS } from '../../adapters/outbox-table.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('delete from mail_outbox');
  await client.query(`insert into mail_outbox (key, kind, recipient, locale, data, state, sent_at, created_at)
    select state || days || '_' || n, 'order-link', 'a@b.test', 'fr', '{}', state, case when state = 'sent' then now() - make_interval(days => days) end, now() - make_interval(days => days)
    from unnest(array['sent', 'dead', 'waiting']) state, unnest(array[1, 89, 91, 400]) days, generate_series(1, 25) n`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const left = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await client.query('select state, count(*)::int as n from mail_outbox group by 1')).rows.map(
      ({ state, n }) => [state, n],
    ),
  );

test('what was sent ninety days ago goes, in batches; younger rows, and all that was not sent, stay', async () => {
  expect(await pruneRows(pgSql(client), SENT_MAILS, 50)).toBe(50);
  expect(await pruneRows(pgSql(client), SENT_MAILS)).toBe(0);
  expect(await left()).toEqual({ sent: 50, dead: 100, waiting: 100 });
});

test('what is due is found by its index, not by reading all that is kept', async () => {
  const { table, at, state } = SENT_MAILS;
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query(
    `explain select 1 from ${table} where state = '${state}' and ${at} < now() - interval '90 days' order by ${at} limit 1000 for update skip locked`,
  );
  expect(JSON.stringify(rows)).toContain(`${table}_${state}_idx`);
});
