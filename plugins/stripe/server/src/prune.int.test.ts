import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';

import { SENT_MAILS } from '../../../mailer/adapters/outbox-table.ts';
import { pruneRows } from '../../../mailer/adapters/prune.ts';
import { pgSql } from '../../../mailer/fixture/pg-sql.ts';
import { DONE_EVENTS } from '../../adapters/inbox-table.ts';
import { receive } from '../../adapters/webhook-inbox.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('delete from mail_outbox');
  await client.query(`insert into webhook_inbox (event_id, type, livemode, received_at, payload, state)
    select 'evt_' || state || '_' || days || '_' || n, 'x', false, now() - make_interval(days => days), '{"id":"x","paymentIntent":null}', state
    from unnest(array['done', 'dead', 'received']) state, unnest(array[1, 89, 91, 400]) days, generate_series(1, 25) n`);
  await client.query(`insert into mail_outbox (key, kind, recipient, locale, data, state, sent_at, created_at)
    select state || days || '_' || n, 'order-link', 'a@b.test', 'fr', '{}', state, case when state = 'sent' then now() - make_interval(days => days) end, now() - make_interval(days => days)
    from unnest(array['sent', 'dead', 'waiting']) state, unnest(array[1, 89, 91, 400]) days, generate_series(1, 25) n`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const left = async (table: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await client.query(`select state, count(*)::int as n from ${table} group by 1`)).rows.map(
      ({ state, n }) => [state, n],
    ),
  );

test('what is done for ninety days goes, in batches; younger rows, and all that is not done, stay', async () => {
  expect(await pruneRows(pgSql(client), DONE_EVENTS, 7)).toBe(50);
  expect(await pruneRows(pgSql(client), SENT_MAILS, 50)).toBe(50);
  expect([
    await pruneRows(pgSql(client), DONE_EVENTS),
    await pruneRows(pgSql(client), SENT_MAILS),
  ]).toEqual([0, 0]);
  expect([await left('webhook_inbox'), await left('mail_outbox')]).toEqual([
    { done: 50, dead: 100, received: 100 },
    { sent: 50, dead: 100, waiting: 100 },
  ]);
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

test.each([DONE_EVENTS, SENT_MAILS])(
  '$table: what is due is found by its index, not by reading all that is kept',
  async ({ table, at, state }) => {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query(
      `explain select 1 from ${table} where state = '${state}' and ${at} < now() - interval '90 days' order by ${at} limit 1000 for update skip locked`,
    );
    expect(JSON.stringify(rows)).toContain(`${table}_${state}_idx`);
  },
);
