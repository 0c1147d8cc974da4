import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '@comptoir/database';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';

import { ordersSql } from './orders-sql.ts';

/** Refunds that wait, behind a long timeline of other events. */
let database: TestDatabase;
let client: pg.Client;
const event = (kind: string, count: number, detail: string): string =>
  `insert into order_events (order_number, at, kind, actor, detail) select 'AH-00000001', now(), '${kind}', 'marie', ${detail} from generate_series(1, ${count}) n`;
const REQUEST = `jsonb_build_object('key', 'request-' || n, 'paymentIntent', 'pi_1', 'amount', 100, 'reason', 'casse', 'actor', 'marie')`;

beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`insert into orders (number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total, test_mode, payment_attempt, min_days, max_days, placed_at)
    values ('AH-00000001', 'pending', 'fr', 'a@b.fr', 'FR', 'key-1', 'h', 'c', 1000, 0, 0, 1000, true, 0, 2, 4, now())`);
  for (const sql of [
    event('refund-requested', 5, REQUEST),
    event('placed', 20_000, `'{}'::jsonb`),
    event('refund-refused', 1, `'{"key": "request-4"}'::jsonb`),
    'analyze order_events',
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

  expect([await keys(2, null), await keys(9, 'request-2')]).toEqual([
    ['request-1', 'request-2'],
    ['request-3', 'request-5'],
  ]);
});

test('the one after which a job goes on is found by its key, not by reading the timeline', async () => {
  const plans: string[] = [];
  const explained: Sql['raw'] = async (query, bindings) => {
    const plan = await pgSql(client).raw(`explain ${query}`, bindings);
    plans.push(JSON.stringify(plan.rows));
    return { rows: [] };
  };
  await ordersSql({ raw: explained }).openRefundRequests(50, 'request-2');

  expect(plans).toEqual([expect.stringContaining('order_events_refund_key_idx')]);
  expect(plans.join()).not.toMatch(/order_events_pkey|Seq Scan on order_events/);
});
