import { expect, test } from 'vitest';
import { ORDER_STATUSES } from '@comptoir/contracts';

import {
  after,
  EVENTS,
  lines,
  type Name,
  open,
  ORDERS,
  PAID,
  payment,
  placed,
  refund,
  REVIEW,
  say,
  second,
} from '../fixture/sample-orders.ts';
import { cents } from './cents.ts';
import {
  NEXT,
  type Order,
  type OrderEvent,
  type Payment,
  STOCK_MOVES,
  transition,
} from './order.ts';

/** What every event does in every state: in the order of {@link ORDER_STATUSES}. */
const TABLE: Readonly<
  Record<
    Name,
    readonly [
      pending: string,
      paid: string,
      preparing: string,
      shipped: string,
      expired: string,
      cancelled: string,
      review: string,
      refunded: string,
    ]
  >
> = {
  'session opened': [
    'pending, close cs_1',
    'paid, close cs_9',
    'preparing, close cs_9',
    'shipped, close cs_9',
    'expired, close cs_9',
    'cancelled, close cs_9',
    'needs_review, close cs_9',
    'refunded, close cs_9',
  ],
  'session refused': [
    'pending',
    'paid',
    'preparing',
    'shipped',
    'expired',
    'cancelled',
    'needs_review',
    'refunded',
  ],
  'session expired': [
    'expired, release, order-expired',
    'paid',
    'preparing',
    'shipped',
    'expired',
    'cancelled',
    'needs_review',
    'refunded',
  ],
  'payment failed': [
    'pending, payment-failed',
    'paid',
    'preparing',
    'shipped',
    'expired',
    'cancelled',
    'needs_review',
    'refunded',
  ],
  paid: [
    `paid, +pi_9, sell, ${PAID}`,
    'paid, +pi_9, give 6190 of pi_9 back',
    'preparing, +pi_9, give 6190 of pi_9 back',
    'shipped, +pi_9, give 6190 of pi_9 back',
    `paid, +pi_9, take, ${PAID}`,
    `needs_review, +pi_9, ${REVIEW}`,
    `paid, +pi_9, sell, ${PAID}, give 6190 of pi_2 back`,
    'refunded, +pi_9, give 6190 of pi_9 back',
  ],
  'paid, none left': [
    `paid, +pi_9, sell, ${PAID}`,
    'paid, +pi_9, give 6190 of pi_9 back',
    'preparing, +pi_9, give 6190 of pi_9 back',
    'shipped, +pi_9, give 6190 of pi_9 back',
    'expired, +pi_9, give 6190 of pi_9 back',
    `needs_review, +pi_9, ${REVIEW}`,
    `paid, +pi_9, sell, ${PAID}, give 6190 of pi_2 back`,
    'refunded, +pi_9, give 6190 of pi_9 back',
  ],
  'paid elsewhere': [
    `needs_review, +pi_3, ${REVIEW}`,
    'paid, +pi_3, give 6190 of pi_3 back',
    'preparing, +pi_3, give 6190 of pi_3 back',
    'shipped, +pi_3, give 6190 of pi_3 back',
    `needs_review, +pi_3, ${REVIEW}`,
    `needs_review, +pi_3, ${REVIEW}`,
    'needs_review, +pi_3',
    'refunded, +pi_3, give 6190 of pi_3 back',
  ],
  'settled free': [
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
  ],
  'session lost': [
    'pending',
    'paid',
    'preparing',
    'shipped',
    'expired',
    'cancelled',
    'needs_review',
    'refunded',
  ],
  flagged: [
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
    `needs_review, ${REVIEW}`,
  ],
  disputed: [
    'no: payment-unknown',
    `needs_review, !dp_1, !txn_1, ${REVIEW}`,
    `needs_review, !dp_1, !txn_1, ${REVIEW}`,
    `needs_review, !dp_1, !txn_1, ${REVIEW}`,
    'no: payment-unknown',
    'no: payment-unknown',
    'no: payment-unknown',
    `needs_review, !dp_1, !txn_1, ${REVIEW}`,
  ],
  approved: [
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    `paid, close cs_1, sell, ${PAID}`,
    'no: not-allowed',
  ],
  cancelled: [
    'cancelled, release',
    'cancelled, restock, give 6190 of pi_1 back',
    'cancelled, restock, give 6190 of pi_1 back',
    'no: not-allowed',
    'no: not-allowed',
    'cancelled',
    'cancelled, release, give 6190 of pi_2 back',
    'no: not-allowed',
  ],
  'cancelled, session open': [
    'no: session-open',
    'cancelled, restock, give 6190 of pi_1 back',
    'cancelled, restock, give 6190 of pi_1 back',
    'no: not-allowed',
    'no: not-allowed',
    'cancelled',
    'no: session-open',
    'no: not-allowed',
  ],
  preparing: [
    'no: not-allowed',
    'preparing',
    'preparing',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
  ],
  shipped: [
    'no: not-allowed',
    'shipped, order-shipped',
    'shipped, order-shipped',
    'shipped, order-shipped',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
  ],
  'refund asked': [
    'no: not-allowed',
    'paid, give 1000 of pi_1 back',
    'preparing, give 1000 of pi_1 back',
    'shipped, give 1000 of pi_1 back',
    'no: not-allowed',
    'no: not-allowed',
    'needs_review, give 1000 of pi_2 back',
    'no: not-allowed',
  ],
  'refund refused': [
    'pending',
    'paid',
    'preparing',
    'shipped',
    'expired',
    'cancelled',
    'needs_review',
    'refunded',
  ],
  'refunds retried': [
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
  ],
  'settled elsewhere': [
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'no: not-allowed',
    'cancelled',
    'no: not-allowed',
    'no: not-allowed',
  ],
  refunded: [
    'no: payment-unknown',
    'refunded, -re_9, order-refunded, restock',
    'refunded, -re_9, order-refunded, restock',
    'refunded, -re_9, order-refunded',
    'no: payment-unknown',
    'no: payment-unknown',
    'no: payment-unknown',
    'refunded, -re_9, order-refunded',
  ],
};
const names = Object.keys(EVENTS).filter((name): name is Name => name in EVENTS);
const pairs = names.flatMap((name) =>
  ORDER_STATUSES.map((status, column) => [name, status, TABLE[name][column]] as const),
);

test.each(pairs)('%s while %s: %s', (name, status, expected) => {
  expect(say(transition(ORDERS[status], EVENTS[name]))).toBe(expected);
});

test.each(pairs)(
  '%s while %s stays on the table, and told again changes nothing',
  (name, status) => {
    const once = transition(ORDERS[status], EVENTS[name]);
    if (!once.ok) return;

    expect([status, ...NEXT[status]]).toContain(once.order.status);

    const twice = transition(once.order, EVENTS[name]);
    // A wrong session is told to close each time, a failure mailed under one key: both harmless
    // when repeated.
    const kinds = new Set(twice.ok ? twice.effects.map(({ kind }) => kind) : []);

    expect([...kinds].filter((kind) => kind !== 'mail' && kind !== 'expire-session')).toEqual([]);

    if (twice.ok) expect(twice.order).toEqual(once.order);
  },
);

test('every state but the first is reached', () => {
  expect([...new Set(Object.values(NEXT).flat())].sort()).toEqual(
    ORDER_STATUSES.filter((status) => status !== 'pending').sort(),
  );
});

test('a new order reserves its pieces', () => {
  expect(placed).toMatchObject({
    order: { status: 'pending', holding: 'reserved' },
    effects: [{ kind: 'stock', move: 'reserve', lines }],
  });
  expect(STOCK_MOVES.reserve).toEqual({ onHand: 0, reserved: 1 });
});

const received = (more: Partial<Payment>): OrderEvent => ({
  kind: 'payment-received',
  payment: { ...payment, ...more },
  pieces: 'short',
});
test.each<[string, Order, OrderEvent, string]>([
  ['a session not told of yet', placed.order, received({}), 'no: session-unknown'],
  ['its expiry', placed.order, EVENTS['session expired'], 'no: session-unknown'],
  ['a refusal of the first session', placed.order, EVENTS['session refused'], 'cancelled, release'],
  ['the first session', placed.order, EVENTS['session opened'], 'pending'],
  [
    'a late answer of an older attempt',
    { ...open, paymentAttempt: 3 },
    EVENTS['session opened'],
    'pending, close cs_9',
  ],
  ['a replaced session expiring', open, { kind: 'session-expired', sessionId: 'cs_0' }, 'pending'],
  ['another amount', open, received({ amount: cents(6189) }), `needs_review, +pi_1, ${REVIEW}`],
  ['another currency', open, received({ currency: 'usd' }), `needs_review, +pi_1, ${REVIEW}`],
  ['real money for a test', open, received({ livemode: true }), `needs_review, +pi_1, ${REVIEW}`],
  [
    'a free order',
    { ...placed.order, total: cents(0) },
    EVENTS['settled free'],
    `paid, sell, ${PAID}`,
  ],
  ['a free order again', { ...ORDERS.paid, total: cents(0) }, EVENTS['settled free'], 'paid'],
  [
    'good money on an amount in review',
    { ...ORDERS.needs_review, reviewReason: 'amount' },
    EVENTS.paid,
    'needs_review, +pi_9',
  ],
  [
    'good money in review, pieces sold to others',
    { ...ORDERS.needs_review, holding: 'none' },
    EVENTS['paid, none left'],
    'needs_review, +pi_9',
  ],
  [
    'an approval without money',
    { ...ORDERS.needs_review, payments: [] },
    EVENTS.approved,
    'no: not-paid',
  ],
  [
    'an approval without pieces',
    { ...ORDERS.needs_review, holding: 'none' },
    { ...EVENTS.approved, pieces: 'short' },
    'no: stock-short',
  ],
  [
    'an approval of the payment that was not given back',
    { ...ORDERS.needs_review, payments: [payment, second], refunds: [refund] },
    EVENTS.approved,
    `paid, sell, ${PAID}`,
  ],
  [
    'a second payment, of its own page',
    after(ORDERS.needs_review, EVENTS.approved),
    EVENTS.paid,
    'paid, +pi_9, give 6190 of pi_2 back',
  ],
  [
    'a second payment, when the first gave a part back',
    after(ORDERS.needs_review, EVENTS.approved, EVENTS['refund asked']),
    EVENTS.paid,
    'paid, +pi_9, give 6190 of pi_9 back',
  ],
  [
    'more than was paid',
    ORDERS.paid,
    { ...EVENTS['refund asked'], amount: cents(6191) },
    'no: amount',
  ],
  [
    'nothing to give back',
    ORDERS.paid,
    { ...EVENTS['refund asked'], amount: cents(0) },
    'no: amount',
  ],
  [
    'more than is left',
    { ...ORDERS.paid, refunds: [{ ...refund, amount: cents(5191) }] },
    EVENTS['refund asked'],
    'no: amount',
  ],
  [
    'what a failed refund left',
    { ...ORDERS.paid, refunds: [{ ...refund, status: 'failed' }] },
    EVENTS['refund asked'],
    'paid, give 1000 of pi_1 back',
  ],
  [
    'over two payments',
    { ...ORDERS.paid, payments: [second, payment] },
    { ...EVENTS['refund asked'], amount: cents(7000) },
    'paid, give 6190 of pi_1 back, give 810 of pi_2 back',
  ],
  [
    'a part given back',
    ORDERS.paid,
    { kind: 'refund-recorded', refund: { ...refund, amount: cents(6189) } },
    'paid, -re_1, order-refunded',
  ],
  [
    'the rest',
    { ...ORDERS.shipped, refunds: [{ ...refund, amount: cents(190) }] },
    { kind: 'refund-recorded', refund: { ...refund, id: 're_2', amount: cents(6000) } },
    'refunded, -re_2, order-refunded',
  ],
  [
    'a refund that fails',
    { ...ORDERS.paid, refunds: [{ ...refund, amount: cents(100) }] },
    { kind: 'refund-recorded', refund: { ...refund, amount: cents(100), status: 'failed' } },
    `needs_review, -re_1, ${REVIEW}`,
  ],
  [
    'a full refund that fails',
    ORDERS.refunded,
    { kind: 'refund-recorded', refund: { ...refund, status: 'failed' } },
    `needs_review, -re_1, ${REVIEW}`,
  ],
  [
    'the same tracking again',
    { ...ORDERS.shipped, tracking: EVENTS.shipped.tracking },
    EVENTS.shipped,
    'shipped',
  ],
  [
    'no tracking after all',
    { ...ORDERS.shipped, tracking: EVENTS.shipped.tracking },
    { ...EVENTS.shipped, tracking: null },
    'shipped',
  ],
  [
    'old news of a refund',
    ORDERS.refunded,
    { kind: 'refund-recorded', refund: { ...refund, status: 'pending' } },
    'refunded',
  ],
])('%s', (_, order, event, expected) => {
  expect(say(transition(order, event))).toBe(expected);
});

test('a refund that is asked for, then refused, is told and may be asked for anew', () => {
  const asked = transition(ORDERS.paid, { ...EVENTS['refund asked'], amount: cents(6190) });
  if (!asked.ok) throw new Error(asked.reason);
  const key = asked.order.inFlight[0]?.key ?? '';

  expect(
    say(transition(asked.order, { ...EVENTS['refund asked'], request: 'r2', amount: cents(1) })),
  ).toBe('no: amount');

  const refusedOnce = transition(asked.order, { kind: 'refund-refused', key });

  expect(say(refusedOnce)).toBe(`needs_review, ${REVIEW}`);
  expect(refusedOnce.ok && refusedOnce.order.reviewReason).toBe('refund-failed');
  expect(say(transition(refusedOnce.ok ? refusedOnce.order : open, EVENTS['refund asked']))).toBe(
    'needs_review',
  );
  expect(
    say(
      transition(refusedOnce.ok ? refusedOnce.order : open, {
        ...EVENTS['refund asked'],
        request: 'r2',
      }),
    ),
  ).toBe('needs_review, give 1000 of pi_1 back');

  const recorded = transition(asked.order, {
    kind: 'refund-recorded',
    refund: { ...refund, amount: cents(100), key },
  });

  expect(say(transition(recorded.ok ? recorded.order : open, EVENTS['refund asked']))).toBe('paid');
});

test('an attempt that made no page gives way to the next, once', () => {
  const lost = after(placed.order, EVENTS['session lost']);

  // Late news of an older attempt must not bring a used key back.
  expect(
    [
      lost,
      after(lost, EVENTS['session lost']),
      after(lost, { kind: 'session-lost', attempt: 2 }),
      after({ ...lost, paymentAttempt: 3 }, EVENTS['session lost']),
    ].map(({ paymentAttempt }) => paymentAttempt),
  ).toEqual([2, 2, 3, 3]);
  expect(
    say(
      transition(after(lost, { ...EVENTS['session opened'], attempt: 2 }), {
        ...EVENTS['session opened'],
        sessionId: 'cs_8',
        attempt: 1,
      }),
    ),
  ).toBe('pending, close cs_8');
});
