import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';
import { pruneRows } from '@comptoir/jobs';

import { DONE_EVENTS } from '../../adapters/inbox-table.ts';
import { receive } from '../../adapters/webhook-inbox.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`insert into webhook_inbox (event_id, type, livemode, received_at, payload, state)
    select 'evt_' || state || '_' || days || '_' || n, 'x', false, now() - make_interval(days => days), '{"id":"x","paymentIntent":null}', state
    from unnest(array['done', 'dead', 'received']) state, unnest(array[1, 89, 91, 400]) days, generate_series(1, 25) n`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const left = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await client.query('select state, count(*)::int as n from webhook_inbox group by 1')).rows.map(
      ({ state, n }) => [state, n],
    ),
  );

test('what is done for ninety days goes, in batches; younger rows, and all that is not done, stay', async () => {
  expect(await pruneRows(pgSql(client), DONE_EVENTS, 7)).toBe(50);
  expect(await pruneRows(pgSql(client), DONE_EVENTS)).toBe(0);
  expect(await left()).toEqual({ done: 50, dead: 100, received: 100 });
});

test('an event that Stripe may still send again is known', async () => {
  expect(
    await receive(pgSql(client), {
      id: 'evt_done_89_1',
      type: 'x',
      livemode: false,
      created: 1,
      object: { id: 'x', paymentIntent: null },
    }),
  ).toBe(false);
});

test('what is due is found by its index, not by reading all that is kept', async () => {
  const { table, at, state } = DONE_EVENTS;
  await client.query('set enable_seqscan = off');
  const { rows } = await client.query(
    `explain select 1 from ${table} where state = '${state}' and ${at} < now() - interval '90 days' order by ${at} limit 1000 for update skip locked`,
  );
  expect(JSON.stringify(rows)).toContain(`${table}_${state}_idx`);
});
