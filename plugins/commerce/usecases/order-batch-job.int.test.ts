import { afterAll, beforeAll, expect, test } from 'vitest';

import type { OrderStore } from '../domain/order-ports.ts';
import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { quoteCart } from './quote-cart.ts';
import { settlePayment } from './settle-payment.ts';

let shop: SqlShop;
const SKU = 'ah-001-1';
const LATER = new Date('2030-01-01T00:00:00Z');

beforeAll(async () => {
  shop = await startSqlShop();
  const { total } = await shop.ports.inTransaction((unit) =>
    quoteCart(
      unit,
      { lines: [{ sku: SKU, quantity: 1 }], country: 'FR', locale: 'fr' },
      new Date(),
    ),
  );
  await shop.setStock(SKU, 100);
  for (const mode of ['works', 'works', 'works', 'hangs', 'hangs', 'hangs'] as const) {
    shop.payments.mode = mode;
    await shop.place(orderOf(SKU, 1, total));
  }
  const open = await shop.ports.inTransaction(({ orders }) => orders.overdue(LATER, 2, null));
  for (const number of open)
    for (const id of ['a', 'b'])
      await settlePayment(shop.ports)(
        shop.payments.pay(`cs_${number}_1`, { paymentIntent: `pi_${number}_${id}` }),
      );
  // As many again that are due at the very same moment.
  shop.payments.mode = 'works';
  for (let n = 0; n < 2; n += 1) await shop.place(orderOf(SKU, 1, total));
});
afterAll(() => shop?.stop());

test.each<
  [
    what: string,
    count: number,
    page: (orders: OrderStore, limit: number, after: string | null) => Promise<string[]>,
  ]
>([
  [
    'orders without a page',
    3,
    (orders, limit, after) => orders.withoutSession(LATER, limit, after),
  ],
  ['orders out of time', 3, (orders, limit, after) => orders.overdue(LATER, limit, after)],
  [
    'refunds',
    2,
    async (orders, limit, after) =>
      (await orders.openRefundRequests(limit, after)).map(({ request }) => request.key),
  ],
])('%s are read on from any of them, each once', async (_, count, page) => {
  const read = (limit: number, after: string | null) =>
    shop.ports.inTransaction(({ orders }) => page(orders, limit, after));
  const all = await read(100, null);
  const walked: string[] = [];
  for (let [next] = await read(1, null); next !== undefined; [next] = await read(1, next))
    walked.push(next);

  expect([all.length, walked]).toEqual([count, all]);
});
