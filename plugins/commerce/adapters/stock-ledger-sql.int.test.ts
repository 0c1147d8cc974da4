import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';

import { openLevels, readMovements, setThreshold, stockLedger } from './stock-ledger-sql.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

test('a database whose clock shows another zone writes the same instants', async () => {
  await client.query("set time zone 'Asia/Tokyo'");
  const sql = pgSql(client);
  const [level] = await openLevels(sql, ['zoned']);
  const seconds = async (column: string): Promise<unknown> =>
    (
      await client.query(
        `select abs(extract(epoch from (now() - ${column} at time zone 'UTC')))::int < 60 as now from stock_levels where sku = 'zoned'`,
      )
    ).rows;

  expect([await seconds('created_at'), await seconds('updated_at')]).toEqual([
    [{ now: true }],
    [{ now: true }],
  ]);

  if (!level) throw new Error('No level was made');
  await stockLedger(sql).record(
    { sku: 'zoned', delta: 2, reason: 'receipt', actor: 'Anne' },
    { ...level, onHand: 2 },
  );

  expect(await seconds('updated_at')).toEqual([{ now: true }]);

  await setThreshold(sql, 'zoned', 5);

  expect(await seconds('updated_at')).toEqual([{ now: true }]);

  const { rows } = await readMovements(sql, 'zoned', 1, 10);

  expect(Math.abs(Date.now() - (rows[0]?.at.getTime() ?? 0))).toBeLessThan(60_000);
});
