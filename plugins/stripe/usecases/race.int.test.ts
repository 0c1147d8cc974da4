import { afterAll, beforeAll, expect, test } from 'vitest';

import { unbalancedSkus } from '../../commerce/adapters/stock-balance.ts';
import { orderOf, type SqlShop, startSqlShop } from '../../commerce/fixture/sql-shop.ts';
import { advanceOrder } from '../../commerce/usecases/advance-order.ts';
import { quoteCart } from '../../commerce/usecases/quote-cart.ts';
import { closeOrder, releaseOrder } from '../../commerce/usecases/release-order.ts';
import { settlePayment } from '../../commerce/usecases/settle-payment.ts';
import { handleEvent } from './handle-event.ts';

/**
 * The webhook's worker and the buyer's return complete the same payment at the same time, on
 * connections of their own.
 */
const [SKU, ORDERS] = ['ah-001-1', 500];
let shop: SqlShop;
beforeAll(async () => {
  shop = await startSqlShop({ connections: 20 });
});
afterAll(() => shop?.stop());

/**
 * Orders that are raced for at once: each needs three connections, or the racers would only queue
 * for one.
 */
const LANES = 6;
async function inLanes<T, R>(all: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const todo = all.values();
  const results: R[] = [];
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (const one of todo) results.push(await run(one));
    }),
  );
  return results;
}
const perOrder = (sql: string): Promise<Record<string, unknown>[]> =>
  shop.query(`select n, count(*)::int as orders from (${sql}) as each (n) group by n`);

test(`webhook and return page at once, ${ORDERS} times: one payment, one sale, one confirmation each`, async () => {
  const { ports, payments } = shop;
  await shop.setStock(SKU, ORDERS);
  const { total } = await ports.inTransaction((unit) =>
    quoteCart(
      unit,
      { lines: [{ sku: SKU, quantity: 1 }], country: 'FR', locale: 'fr' },
      ports.now(),
    ),
  );
  const placed = await Promise.all(
    Array.from({ length: ORDERS }, () => shop.place(orderOf(SKU, 1, total))),
  );
  const provider = {
    session: payments.read,
    refund: () => Promise.resolve(null),
    orderOf: () => Promise.resolve(null),
    sessionOf: () => Promise.resolve(null),
    dispute: () => Promise.resolve(null),
  };
  const handle = handleEvent({
    provider,
    orders: {
      settlePayment: settlePayment(ports),
      releaseOrder: releaseOrder(ports),
      advanceOrder: advanceOrder(ports),
    },
  });
  const answers = await inLanes(placed, async (one) => {
    if (!one.ok) throw new Error(one.reason);
    const { id } = payments.pay(`cs_${one.number}_1`);
    const worker = handle({ type: 'checkout.session.completed', id, paymentIntent: null });
    // A buyer who is back asks for the order's page to be closed or settled, whatever it is.
    return Promise.all([
      worker,
      closeOrder(ports)(one.number, 'replaced'),
      settlePayment(ports)(payments.pay(id)),
    ]);
  });
  expect(
    new Set(answers.map(([worker, page, settled]) => JSON.stringify([worker, page, settled.kind]))),
  ).toEqual(new Set([JSON.stringify([{ kind: 'done', note: 'paid' }, 'paid', 'settled'])]));
  expect(await shop.query('select status, count(*)::int as n from orders group by 1')).toEqual([
    { status: 'paid', n: ORDERS },
  ]);
  expect(
    await perOrder(
      'select count(p.id)::int from orders o left join payments p on p.order_number = o.number group by o.number',
    ),
  ).toEqual([{ n: 1, orders: ORDERS }]);
  expect(
    await perOrder(
      `select count(*)::int from order_events where kind = 'payment-received' group by order_number`,
    ),
  ).toEqual([{ n: 1, orders: ORDERS }]);
  expect(
    await perOrder(
      'select sum(delta)::int * 10 + sum(reserved_delta)::int from stock_movements where order_number is not null group by order_number',
    ),
  ).toEqual([{ n: -10, orders: ORDERS }]);
  expect(shop.mails.filter(({ kind }) => kind === 'order-confirmed')).toHaveLength(ORDERS);
  expect(shop.mails).toHaveLength(2 * ORDERS);
  expect([
    await shop.stock(SKU),
    await unbalancedSkus({ raw: async (sql) => ({ rows: await shop.query(sql) }) }),
  ]).toEqual([{ on_hand: 0, reserved: 0 }, []]);
});
