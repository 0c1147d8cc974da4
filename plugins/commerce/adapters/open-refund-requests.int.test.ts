import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '@comptoir/database';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
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
    requests('request', 5, 'open'),
    requests('in-vain', 20_000, 'refused'),
    `update refund_requests set state = 'refused' where key = 'request-4'`,
    'analyze refund_requests',
  ])
    await client.query(sql);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

test('what was neither made nor refused is found, from the one after another on', async () => {
  const { openRefundRequests } = ordersSql(pgSql(client));
  const keys = async (limit: number, after: string | null) =>
    (await openRefundRequests(limit, after)).map(({ request }) => request.key);
  expect([await keys(2, null), await keys(9, 'request-2'), await keys(9, 'request-4')]).toEqual([
    ['request-1', 'request-2'],
    ['request-3', 'request-5'],
    ['request-5'],
  ]);
});

test('they are found among themselves, and the one after which a job goes on by its key: nothing grows with the history', async () => {
  const plans: string[] = [];
  const explained: Sql['raw'] = async (query, bindings) => {
    const plan = await pgSql(client).raw(`explain ${query}`, bindings);
    plans.push(JSON.stringify(plan.rows));
    return { rows: [] };
  };
  await ordersSql({ raw: explained }).openRefundRequests(50, 'request-2');
  expect(plans).toEqual([expect.stringContaining('refund_requests_open_idx')]);
  expect(plans.join()).toContain('refund_requests_pkey');
  expect(plans.join()).not.toMatch(/Seq Scan|order_events/);
});
