import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';

import { ordersSql } from './orders-sql.ts';

/** Refunds that wait, behind a long history of others. */
let database: TestDatabase;
let client: pg.Client;
const requests = (name: string, count: number, state: string): string =>
  `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor, state)
    select '${name}-' || n, 'AH-00000001', 'pi_1', 100, 'casse', 'marie', '${state}' from generate_series(1, ${count}) n`;

beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`insert into orders (number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total, test_mode, payment_attempt, min_days, max_days, placed_at)
    values ('AH-00000001', 'pending', 'fr', 'a@b.fr', 'FR', 'key-1', 'h', 'c', 1000, 0, 0, 1000, true, 0, 2, 4, now())`);
  for (const sql of [
    requests('past', 20_000, 'made'),
    requests('wish', 5, 'open'),
    requests('in-vain', 20_000, 'refused'),
    `update refund_requests set state = 'refused' where key = 'wish-4'`,
    'analyze refund_requests',
  ])
    await client.query(sql);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const numbered = (query: string): string => {
  let n = 0;
  return query.replaceAll('?', () => `$${(n += 1)}`);
};

test('what was neither made nor refused is found, from the one after another on', async () => {
  const { openWishes } = ordersSql({
    raw: (query, bindings = []) => client.query(numbered(query), [...bindings]),
  });
  const keys = async (limit: number, after: string | null) =>
    (await openWishes(limit, after)).map(({ wish }) => wish.key);
  expect([await keys(2, null), await keys(9, 'wish-2'), await keys(9, 'wish-4')]).toEqual([
    ['wish-1', 'wish-2'],
    ['wish-3', 'wish-5'],
    ['wish-5'],
  ]);
});

test('they are found among themselves, and the one after which a round goes on by its key: nothing grows with the history', async () => {
  const plans: string[] = [];
  const explained = async (query: string, bindings: readonly unknown[] = []) => {
    plans.push(
      JSON.stringify((await client.query(`explain ${numbered(query)}`, [...bindings])).rows),
    );
    return { rows: [] };
  };
  await ordersSql({ raw: explained }).openWishes(50, 'wish-2');
  expect(plans).toEqual([expect.stringContaining('refund_requests_open_idx')]);
  expect(plans.join()).toContain('refund_requests_pkey');
  expect(plans.join()).not.toMatch(/Seq Scan|order_events/);
});
