import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import {
  createSeededDatabase,
  type RunningApi,
  startApi,
  type TestDatabase,
} from '@comptoir/harness';

import { paymentState } from '../../../../cms/door/payment-health.ts';
import { checkBalance } from '../../adapters/stock-balance.ts';

let database: TestDatabase;
let client: pg.Client;
let api: RunningApi | undefined;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await api?.stop();
  await client?.end();
  await database?.drop();
});

const query = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await client.query(sql)).rows;

test('a shop without a key of Stripe compares its stock with the movements each night', async () => {
  await query(`update stock_levels set on_hand = on_hand + 1 where sku = 'ah-001-1'`);

  api = await startApi({ databaseUrl: database.url });

  await vi.waitFor(
    async () =>
      expect(await query('select sku from stock_imbalances')).toEqual([{ sku: 'ah-001-1' }]),
    { timeout: 20_000, interval: 100 },
  );
  const { dataDir } = api;
  await vi.waitFor(() =>
    expect(readFileSync(join(dataDir, 'logs/api.log'), 'utf8')).toContain(
      'the stock of ah-001-1 is not the sum of its movements: see stock_imbalances, and runbook H.12',
    ),
  );
  expect(
    await query(
      `select value from strapi_core_store_settings where key = 'plugin_commerce_stock_balance_checked_at'`,
    ),
  ).toHaveLength(1);
});

test('a check is shown by /health and kept until stock is the sum of its movements again', async () => {
  const check = (): Promise<string[]> => checkBalance(pgSql(client));
  const shown = async () => [
    await query('select sku from stock_imbalances order by sku'),
    (await paymentState(database.url))?.unbalanced,
  ];
  expect(await shown()).toEqual([[{ sku: 'ah-001-1' }], 1]);

  expect([await check(), await shown()]).toEqual([[], [[{ sku: 'ah-001-1' }], 1]]);

  await query(`update stock_levels set reserved = reserved + 1 where sku = 'ah-002-1'`);
  expect(await check()).toEqual(['ah-002-1']);

  await query(`update stock_levels set on_hand = on_hand - 1 where sku = 'ah-001-1'`);
  await query(`update stock_levels set reserved = reserved - 1 where sku = 'ah-002-1'`);
  expect([await check(), await shown()]).toEqual([[], [[], 0]]);
});
