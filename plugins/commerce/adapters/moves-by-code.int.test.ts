import { afterAll, beforeAll, expect, test } from 'vitest';

import { cents } from '../domain/cents.ts';
import type { Order, OrderEvent } from '../domain/order.ts';
import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { advanceOrder } from '../usecases/advance-order.ts';
import { quoteCart } from '../usecases/quote-cart.ts';

const SKU = 'ah-001-1';
let shop: SqlShop;
let total = 0;

beforeAll(async () => {
  shop = await startSqlShop();
  const quote = await shop.ports.inTransaction((unit) =>
    quoteCart(
      unit,
      { lines: [{ sku: SKU, quantity: 2 }], country: 'FR', locale: 'fr' },
      new Date(),
    ),
  );
  total = quote.total;
});
afterAll(() => shop?.stop());

const at = new Date('2026-11-25T12:00:00Z');
const paid = ({ number, testMode, sessionId }: Order): OrderEvent => ({
  kind: 'payment-received',
  pieces: 'available',
  payment: {
    paymentIntent: `pi_${number}`,
    sessionId: sessionId ?? 'cs',
    amount: cents(total),
    currency: 'eur',
    livemode: !testMode,
    at,
  },
});
const returned = (): OrderEvent => ({
  kind: 'refund-requested',
  request: 'one',
  amount: cents(100),
  reason: 'retour',
  actor: 'Anne',
  lines: [{ sku: SKU, quantity: 1 }],
  shipping: false,
  restock: true,
});
const cancelled = (): OrderEvent => ({ kind: 'cancelled', actor: 'Anne', sessionClosed: true });

/** Places an order and tells it what happened. @returns its number */
async function orderAfter(events: readonly ((order: Order) => OrderEvent)[]): Promise<string> {
  await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 10);
  const placed = await shop.place(orderOf(SKU, 2, total));
  if (!placed.ok) throw new Error(placed.reason);
  for (const event of events)
    await advanceOrder(shop.ports)(
      placed.number,
      ({ order }) => Promise.resolve(event(order)),
      'Anne',
    );
  return placed.number;
}

const pieces = async (number: string) => {
  const read = await shop.ports.inTransaction(({ orders }) => orders.read(number));
  return [read?.order.status, read?.order.holding, read?.order.returned];
};

test.each<[string, ((order: Order) => OrderEvent)[], unknown[]]>([
  ['holds', [], ['pending', 'reserved', []]],
  ['is sold', [paid], ['paid', 'sold', []]],
  ['has one back', [paid, returned], ['paid', 'sold', [{ sku: SKU, quantity: 1 }]]],
  ['let all go', [paid, cancelled], ['cancelled', 'none', []]],
])('an order that %s does so whatever the words of its movements', async (_, events, expected) => {
  const number = await orderAfter(events);
  expect(await pieces(number)).toEqual(expected);
  await shop.query('alter table stock_movements disable trigger stock_movements_append_only');
  await shop.query(
    `update stock_movements set reason = 'Pièces : ' || id where order_number = $1`,
    [number],
  );
  await shop.query('alter table stock_movements enable trigger stock_movements_append_only');

  expect(await pieces(number)).toEqual(expected);
});
