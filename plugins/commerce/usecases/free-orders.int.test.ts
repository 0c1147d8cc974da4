import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { LIMITS, type Placed, placeOrder } from './place-order.ts';
import { cancelOrder } from './staff-order-actions.ts';

/**
 * A code that gives everything, in a shop that delivers for nothing: a shopper who finds it must
 * not empty the stock.
 */
let shop: SqlShop;
const SKU = 'ah-001-1';

beforeAll(async () => {
  shop = await startSqlShop();
  await shop.setStock(SKU, 1000);
  await shop.query(
    `insert into promotion_codes (code, kind, value, minimum, used) values ('TOUT', 'percentage', 10000, 0, 0)`,
  );
  await shop.query(
    `update catalogue_entries set body = jsonb_set(body, '{shipping}', (select jsonb_agg(jsonb_set(rate, '{price,amount}', '0')) from jsonb_array_elements(body -> 'shipping') rate)) where kind = 'settings'`,
  );
});
afterAll(() => shop?.stop());

const free = (quantity: number, change = {}) =>
  orderOf(SKU, quantity, 0, { promotionCode: 'TOUT', ...change });
const placeAt = (hoursAgo: number, client: string) =>
  placeOrder({ ...shop.ports, now: () => new Date(Date.now() - hoursAgo * 3_600_000) })(
    free(1),
    createHash('sha256').update(client).digest('hex'),
  );
const told = (placed: Placed): string => (placed.ok ? 'placed' : placed.reason);
const FOUR = ['placed', 'placed', 'placed', 'too-many'];

test('four of one client: three, settled at once', async () => {
  const answers: Placed[] = [];
  for (let n = 0; n < 4; n += 1) answers.push(await shop.place(free(1), 'one-client'));

  expect(answers.map(told)).toEqual(FOUR);
  expect(await shop.query(`select distinct status from orders where total = 0`)).toEqual([
    { status: 'paid' },
  ]);
});

test('three free ones of an address do not keep anybody there from paying', async () => {
  expect(told(await shop.place(free(1), 'one-client'))).toBe('too-many');

  const [line] = await shop.query(
    `select unit_price from order_lines where sku = '${SKU}' limit 1`,
  );

  expect(told(await shop.place(orderOf(SKU, 1, Number(line?.['unit_price'])), 'one-client'))).toBe(
    'placed',
  );
});

test('four of one e-mail, however it is written: three', async () => {
  const answers: string[] = [];
  for (const email of ['a@example.fr', 'A@example.fr', 'a@EXAMPLE.fr', 'A@EXAMPLE.FR'])
    answers.push(told(await shop.place(free(1, { email }))));

  expect(answers).toEqual(FOUR);
});

test('eight large ones of one client at once: no more pieces than one may hold', async () => {
  const { on_hand: before } = await shop.stock(SKU);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => shop.place(free(80), 'greedy-client')),
  );

  expect([answers.filter(({ ok }) => ok).length, before - (await shop.stock(SKU)).on_hand]).toEqual(
    [1, 80],
  );
});

test('a free order counts for a day, and only while it has its pieces', async () => {
  const { freeHours } = LIMITS;
  for (const hoursAgo of [freeHours + 2, freeHours + 1, freeHours - 1])
    expect(told(await placeAt(hoursAgo, 'patient-client'))).toBe('placed');
  const cancelled = await shop.place(free(1), 'patient-client');
  if (!cancelled.ok) throw new Error(cancelled.reason);

  expect(told(await shop.place(free(1), 'patient-client'))).toBe('placed');
  expect(told(await shop.place(free(1), 'patient-client'))).toBe('too-many');

  await cancelOrder(shop.ports)(cancelled.number, { reason: 'essai' }, 'marie');

  expect(told(await shop.place(free(1), 'patient-client'))).toBe('placed');
});
