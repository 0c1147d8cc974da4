import { afterAll, beforeAll, expect, test } from 'vitest';

import { unbalancedSkus } from '../adapters/stock-balance.ts';
import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import type { Placed } from './place-order.ts';
import { quoteCart } from './quote-cart.ts';
import { closeOrder } from './release-order.ts';
import { settlePayment } from './settle-payment.ts';

let shop: SqlShop;
const [SKU, OTHER] = ['ah-001-1', 'ah-001-4'];
const total = async (
  lines: { sku: string; quantity: number }[],
  promotionCode?: string,
): Promise<number> =>
  (
    await shop.ports.inTransaction((unit) =>
      quoteCart(unit, { lines, country: 'FR', locale: 'fr', promotionCode }, new Date()),
    )
  ).total;
const count = (answers: Placed[], test: (one: Placed) => boolean): number =>
  answers.filter(test).length;
const deadlocks = async (): Promise<unknown> =>
  (
    await shop.query(
      'select pg_stat_clear_snapshot(), deadlocks::int from pg_stat_database where datname = current_database()',
    )
  )[0]?.['deadlocks'];
const times = <T>(n: number, make: (index: number) => T): T[] =>
  Array.from({ length: n }, (_, index) => make(index));

beforeAll(async () => {
  shop = await startSqlShop({ connections: 20 });
});
afterAll(async () => {
  expect(await deadlocks()).toBe(0);
  expect(await unbalancedSkus({ raw: async (sql) => ({ rows: await shop.query(sql) }) })).toEqual(
    [],
  );
  await shop.stop();
});

test('a thousand buyers of ten pieces: ten reserved, ten paid, none oversold', async () => {
  await shop.setStock(SKU, 10);
  const asked = await total([{ sku: SKU, quantity: 1 }]);
  const answers = await Promise.all(times(1000, () => shop.place(orderOf(SKU, 1, asked))));

  expect(count(answers, ({ ok }) => ok)).toBe(10);
  expect(count(answers, (one) => !one.ok && one.reason === 'changed')).toBe(990);
  expect(await shop.stock(SKU)).toEqual({ on_hand: 10, reserved: 10 });
  expect(await shop.query('select count(*)::int as orders from orders')).toEqual([{ orders: 10 }]);

  // Each payment is told three times at once, by webhooks and by the buyer's page.
  const told = answers.flatMap((one) =>
    one.ok ? times(3, () => shop.payments.pay(`cs_${one.number}_1`)) : [],
  );
  await Promise.all(told.map(settlePayment(shop.ports)));

  expect(await shop.stock(SKU)).toEqual({ on_hand: 0, reserved: 0 });
  expect(
    await shop.query(
      `select count(*)::int as orders, sum(total)::int as total, (select sum(amount)::int from payments) as paid from orders where status = 'paid'`,
    ),
  ).toEqual([{ orders: 10, total: 10 * asked, paid: 10 * asked }]);
});

test('two hundred double clicks: two hundred orders, each pair with one answer', async () => {
  await shop.setStock(SKU, 200);
  const asked = await total([{ sku: SKU, quantity: 1 }]);
  const opened = shop.payments.opened;
  const pairs = await Promise.all(
    times(200, () => orderOf(SKU, 1, asked)).map((request) =>
      Promise.all([shop.place(request), shop.place(request)]),
    ),
  );

  expect(pairs.filter(([a]) => a?.ok)).toHaveLength(200);

  for (const [first, second] of pairs) expect(second).toEqual(first);

  expect(new Set(pairs.map(([a]) => (a?.ok ? a.number : ''))).size).toBe(200);
  expect([await shop.stock(SKU), shop.payments.opened - opened]).toEqual([
    { on_hand: 200, reserved: 200 },
    200,
  ]);
});

test('twenty copies of one request, all at once, have one answer', async () => {
  await shop.setStock(SKU, 205);
  const request = orderOf(SKU, 1, await total([{ sku: SKU, quantity: 1 }]));
  const answers = await Promise.all(times(20, () => shop.place(request)));

  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(answers[0]?.ok).toBe(true);
});

test('a code of five uses is used five times by forty buyers', async () => {
  await shop.setStock(OTHER, 40);
  await shop.query(
    `insert into promotion_codes (code, kind, value, minimum, usage_limit, used) values ('CINQ', 'percentage', 1000, 0, 5, 0)`,
  );
  const asked = await total([{ sku: OTHER, quantity: 1 }], 'CINQ');
  const answers = await Promise.all(
    times(40, () => shop.place(orderOf(OTHER, 1, asked, { promotionCode: 'CINQ' }))),
  );

  expect(count(answers, ({ ok }) => ok)).toBe(5);
  expect(
    await shop.query(
      `select used, (select count(*)::int from promotion_uses) as uses from promotion_codes where code = 'CINQ'`,
    ),
  ).toEqual([{ used: 5, uses: 5 }]);
  expect(await shop.stock(OTHER)).toEqual({ on_hand: 40, reserved: 5 });
});

test('ten attempts of one client at once: three orders', async () => {
  const asked = await total([{ sku: OTHER, quantity: 1 }]);
  const answers = await Promise.all(
    times(10, () => shop.place(orderOf(OTHER, 1, asked), 'one-client')),
  );

  expect([
    count(answers, ({ ok }) => ok),
    count(answers, (one) => !one.ok && one.reason === 'too-many'),
  ]).toEqual([3, 7]);
});

test('carts with the same pieces in any order, placed and released at once, never wait for each other in a circle', async () => {
  await shop.setStock(SKU, 500);
  await shop.setStock(OTHER, 500);
  const lines = [
    { sku: SKU, quantity: 1 },
    { sku: OTHER, quantity: 1 },
  ];
  const asked = await total(lines);
  const answers = await Promise.all(
    times(100, async (index) => {
      const placed = await shop.place(
        orderOf(SKU, 1, asked, { cart: { lines: index % 2 ? lines : [...lines].reverse() } }),
      );
      if (placed.ok && index % 3 === 0) await closeOrder(shop.ports)(placed.number, 'expired');
      return placed;
    }),
  );

  expect(count(answers, ({ ok }) => ok)).toBe(100);
});
