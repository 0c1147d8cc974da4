import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { unbalancedSkus } from '../adapters/stock-balance.ts';
import { cents } from '../domain/cents.ts';
import type { LinePart, Order, OrderEvent, Refund } from '../domain/order.ts';
import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { advanceOrder } from './advance-order.ts';
import { quoteCart } from './quote-cart.ts';

/**
 * Whatever happens to an order: the one that Postgres gives back is the one that the domain left.
 */
const SKU = 'ah-001-1';
const PIECES = 2;
let shop: SqlShop;
let total = 0;
beforeAll(async () => {
  shop = await startSqlShop();
  const quote = await shop.ports.inTransaction((unit) =>
    quoteCart(
      unit,
      { lines: [{ sku: SKU, quantity: PIECES }], country: 'FR', locale: 'fr' },
      new Date(),
    ),
  );
  total = quote.total;
});
afterAll(() => shop?.stop());

const at = new Date('2026-11-25T12:00:00Z');
const restocked = (
  quantity: number,
): Partial<Extract<OrderEvent, { kind: 'refund-requested' }>> => ({
  lines: [{ sku: SKU, quantity }],
  restock: true,
});
type Act = (order: Order, step: number) => OrderEvent | null;
const asks =
  (amount: number, more = {}): Act =>
  (_, step) => ({
    kind: 'refund-requested',
    request: `r${step}`,
    amount: cents(amount),
    reason: 'retour',
    actor: 'Anne',
    lines: [],
    shipping: false,
    restock: false,
    ...more,
  });
const answers =
  (status: Refund['status']): Act =>
  ({ inFlight: [request] }, step) =>
    request
      ? { kind: 'refund-recorded', refund: { ...request, id: `re_${request.key}_${step}`, status } }
      : null;
const turns =
  (status: Refund['status']): Act =>
  ({ refunds }) => {
    const [refund] = refunds.filter((one) => one.status !== 'failed');
    return refund ? { kind: 'refund-recorded', refund: { ...refund, status } } : null;
  };
const pays =
  (id: string): Act =>
  ({ number, testMode, sessionId }) => ({
    kind: 'payment-received',
    pieces: 'available',
    payment: {
      paymentIntent: `pi_${id}_${number}`,
      sessionId: sessionId ?? 'cs',
      amount: cents(total),
      currency: 'eur',
      livemode: !testMode,
      at,
    },
  });
const ACTS: Readonly<Record<string, Act>> = {
  pays: pays('1'),
  'pays twice': pays('2'),
  'refuses the card refund': ({ inFlight: [request] }) =>
    request ? { kind: 'refund-refused', key: request.key } : null,
  'asks for a part': asks(100),
  'asks for a piece': asks(200, restocked(1)),
  'asks for all pieces': asks(300, restocked(PIECES)),
  'asks for everything': (order, step) => asks(total, restocked(PIECES))(order, step),
  refunds: answers('succeeded'),
  'refunds slowly': answers('pending'),
  'refunds in vain': answers('failed'),
  'fails afterwards': turns('failed'),
  retries: () => ({ kind: 'refunds-retried', actor: 'Anne' }),
  'puts aside': () => ({ kind: 'put-aside', actor: 'Anne', why: 'Virement' }),
  flags: ({ number }, step) => ({ kind: 'flagged', id: `flag-${number}-${step}` }),
  accepts: () => ({ kind: 'approved', at, pieces: 'available' }),
  cancels: () => ({ kind: 'cancelled', actor: 'Anne', sessionClosed: true }),
  prepares: () => ({ kind: 'preparing-started' }),
  ships: () => ({ kind: 'shipped', at, tracking: { carrier: 'Colissimo', number: '6A1' } }),
  expires: ({ sessionId }) => (sessionId === null ? null : { kind: 'session-expired', sessionId }),
};

const counted = (parts: readonly LinePart[]): number =>
  parts.reduce((sum, { quantity }) => sum + quantity, 0);
/** An order without the sequence of its rows. */
const plain = (order: Order) => ({
  ...order,
  returned: counted(order.returned),
  lines: counted(order.lines),
  payments: order.payments.map(({ paymentIntent }) => paymentIntent).sort(),
  refunds: order.refunds.map(({ id, status }) => `${id} ${status}`).sort(),
  inFlight: order.inFlight.map(({ key }) => key).sort(),
  asked: order.asked.map(({ key }) => key).sort(),
  refused: [...order.refused].sort(),
});

async function live(acts: readonly string[]): Promise<void> {
  await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 10);
  const placed = await shop.place(orderOf(SKU, PIECES, total));
  if (!placed.ok) throw new Error(placed.reason);
  const { number } = placed;
  const advance = advanceOrder(shop.ports);
  const told: string[] = [];
  for (const [step, name] of acts.entries()) {
    const act = ACTS[name];
    const left = await advance(
      number,
      ({ order }) => Promise.resolve(act?.(order, step) ?? null),
      'Anne',
    );
    if (!left.ok || !left.changed) continue;
    told.push(name);
    const read = await shop.ports.inTransaction(({ orders }) => orders.read(number));
    expect(read && plain(read.order), told.join(', ')).toEqual(plain(left.order));
  }
}

test.each<[string, readonly string[]]>([
  [
    'a refund of everything that fails afterwards',
    ['pays', 'asks for everything', 'refunds', 'fails afterwards', 'accepts', 'puts aside'],
  ],
  [
    'a cancelled order whose pieces were back already',
    [
      'pays',
      'asks for all pieces',
      'refunds',
      'cancels',
      'refuses the card refund',
      'accepts',
      'puts aside',
    ],
  ],
  [
    'a parcel whose pieces all came back',
    ['pays', 'ships', 'asks for all pieces', 'flags', 'accepts'],
  ],
  [
    'a review of an order without any piece left',
    ['pays', 'asks for all pieces', 'flags', 'accepts', 'cancels'],
  ],
])('%s', async (_, acts) => {
  await live(acts);
});

test('any life of an order', async () => {
  const seed = Number(process.env['COMPTOIR_SEED'] ?? Math.floor(Math.random() * 1_000_000));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 3, maxLength: 12 }),
      (acts) => live(['pays', ...acts]),
    ),
    { seed, numRuns: 150 },
  );

  expect(
    await unbalancedSkus({ raw: async (query) => ({ rows: await shop.query(query) }) }),
  ).toEqual([]);
});
