import { afterAll, beforeAll, expect, test } from 'vitest';

import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { orderMail } from './order-mails.ts';
import { LIMITS } from './place-order.ts';
import { quoteCart } from './quote-cart.ts';
import { closeOrder } from './release-order.ts';
import { sendOrderLinks } from './send-order-links.ts';

/**
 * Two processes that share the database and nothing else: what one client may hold, and what one
 * address may be sent, is counted there.
 */
let shops: [SqlShop, SqlShop];
let price = 0;
const SKU = 'ah-001-1';
const times = <T>(n: number, make: (shop: SqlShop, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, index) => make(shops[index % 2 === 0 ? 0 : 1], index)));

beforeAll(async () => {
  const first = await startSqlShop();
  shops = [first, await startSqlShop({ beside: first })];
  await first.setStock(SKU, 1000);
});
afterAll(async () => {
  await shops[1].stop();
  await shops[0].stop();
});

const priceOf = async (quantity: number): Promise<number> =>
  (
    await shops[0].ports.inTransaction((unit) =>
      quoteCart(unit, { lines: [{ sku: SKU, quantity }], country: 'FR', locale: 'fr' }, new Date()),
    )
  ).total;
const reserved = async (): Promise<number> => (await shops[0].stock(SKU)).reserved;

test('twenty orders of one client at once, through both: three', async () => {
  price = await priceOf(1);
  const answers = await times(20, (shop) => shop.place(orderOf(SKU, 1, price), 'one-client'));

  expect([answers.filter(({ ok }) => ok).length, await reserved()]).toEqual([
    LIMITS.orders,
    LIMITS.orders,
  ]);
});

test('ten orders of one address at once, from ten clients, through both: three', async () => {
  const email = 'typed-by-others@example.fr';
  const answers = await times(10, (shop, index) =>
    shop.place(orderOf(SKU, 1, price, { email: index % 3 === 0 ? email.toUpperCase() : email })),
  );

  expect(answers.filter(({ ok }) => ok)).toHaveLength(LIMITS.orders);
});

test('eight large carts of one client at once, through both: the pieces one may hold are not exceeded', async () => {
  const before = await reserved();
  const large = await priceOf(80);
  const answers = await times(8, (shop) => shop.place(orderOf(SKU, 80, large), 'greedy-client'));

  expect([answers.filter(({ ok }) => ok).length, (await reserved()) - before]).toEqual([1, 80]);
});

test('an address that has not paid gets one mail of a kind a day, whichever process writes it and however often it is asked', async () => {
  const email = 'never-paid@example.fr';
  const numbers = [];
  for (let n = 0; n < 4; n += 1) {
    const placed = await shops[0].place(orderOf(SKU, 1, price, { email }));
    if (!placed.ok) throw new Error(placed.reason);
    numbers.push(placed.number);
    await times(6, (shop) => sendOrderLinks(shop.ports)({ email, number: placed.number }));
    await times(2, async ({ ports }) =>
      ports.inTransaction(async (unit) => {
        const record = await unit.orders.read(placed.number);
        if (record)
          await unit.mails.enqueue(
            await orderMail(unit, ports, record, {
              kind: 'mail',
              mail: 'payment-failed',
              key: `payment-failed-${placed.number}`,
            }),
          );
      }),
    );
    await closeOrder(shops[0].ports)(placed.number, 'expired');
  }
  const sent = await shops[0].query(
    'select kind, count(*)::int as n from mail_outbox where lower(recipient) = $1 group by 1 order by 1',
    [email],
  );

  expect([new Set(numbers).size, sent]).toEqual([
    4,
    [
      { kind: 'order-expired', n: 1 },
      { kind: 'order-link', n: 1 },
      { kind: 'payment-failed', n: 1 },
    ],
  ]);
});
