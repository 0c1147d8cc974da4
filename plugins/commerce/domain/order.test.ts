import { ORDER_STATUSES, type OrderStatus } from '@comptoir/contracts';
import { describe, expect, test } from 'vitest';
import { cents } from './cents.ts';
import { disputedTotal } from './order-money.ts';
import { away, NEXT, place, STOCK_MOVES, transition, type DisputeEntry, type Effect, type Order, type OrderEvent, type Payment, type Refund, type Transition } from './order.ts';

const at = new Date('2026-11-25T12:00:00Z');
const lines = [{ sku: 'ah-001-1', quantity: 2 }];
const payment: Payment = { paymentIntent: 'pi_1', sessionId: 'cs_1', amount: cents(6190), currency: 'eur', livemode: false, at };
const second: Payment = { ...payment, paymentIntent: 'pi_2', sessionId: 'cs_2' };
const refund: Refund = { id: 're_1', paymentIntent: 'pi_1', amount: cents(6190), status: 'succeeded', reason: 'asked', actor: 'Anne', key: null };
const placed = place({ number: 'AH-7K3M9QXT', total: cents(6190), testMode: true, lines });
const open: Order = { ...placed.order, sessionId: 'cs_1', paymentAttempt: 1 };

/** An order in each state, as its life left it: paid ones have their money, a review has another session's. */
const ORDERS: Readonly<Record<OrderStatus, Order>> = {
  pending: open,
  expired: { ...open, status: 'expired', holding: 'none' },
  cancelled: { ...open, status: 'cancelled', holding: 'none' },
  needs_review: { ...open, status: 'needs_review', reviewReason: 'other-session', payments: [second] },
  paid: { ...open, status: 'paid', holding: 'sold', paidAt: at, payments: [payment] },
  preparing: { ...open, status: 'preparing', holding: 'sold', paidAt: at, payments: [payment] },
  shipped: { ...open, status: 'shipped', holding: 'sold', paidAt: at, shippedAt: at, payments: [payment] },
  refunded: { ...open, status: 'refunded', holding: 'none', paidAt: at, payments: [payment], refunds: [refund] },
};

const third: Payment = { ...payment, paymentIntent: 'pi_3', sessionId: 'cs_3' };
const fresh: Payment = { ...payment, paymentIntent: 'pi_9' };
const opened: DisputeEntry = { reference: 'dp_1', disputeId: 'dp_1', paymentIntent: 'pi_1', entry: 'opened', amount: cents(6190), currency: 'eur', status: 'needs_response', at };
const taken: DisputeEntry = { ...opened, reference: 'txn_1', entry: 'funds', amount: cents(-6190) };
const closed = (status: string): DisputeEntry => ({ ...opened, reference: 'dp_1-closed', entry: 'closed', status });
const EVENTS = {
  'session opened': { kind: 'session-opened', sessionId: 'cs_9', url: 'http://pay/9', expiresAt: at, attempt: 2 },
  'session refused': { kind: 'session-refused' },
  'session lost': { kind: 'session-lost', attempt: 1 },
  'session expired': { kind: 'session-expired', sessionId: 'cs_1' },
  'payment failed': { kind: 'payment-failed', id: 'evt_1' },
  'paid': { kind: 'payment-received', payment: fresh, pieces: 'available' },
  'paid, none left': { kind: 'payment-received', payment: fresh, pieces: 'short' },
  'paid elsewhere': { kind: 'payment-received', payment: third, pieces: 'available' },
  'settled free': { kind: 'settled-free', at },
  'flagged': { kind: 'flagged', id: 'dp_1' },
  'disputed': { kind: 'dispute-recorded', entries: [opened, taken] },
  'approved': { kind: 'approved', at, pieces: 'available' },
  'cancelled': { kind: 'cancelled', actor: 'Anne', sessionClosed: true },
  'cancelled, session open': { kind: 'cancelled', actor: 'Anne', sessionClosed: false },
  'preparing': { kind: 'preparing-started' },
  'shipped': { kind: 'shipped', at, tracking: { carrier: 'Colissimo', number: '6A1' } },
  'refund asked': { kind: 'refund-requested', request: 'r1', amount: cents(1000), reason: 'chip', actor: 'Anne', lines: [], shipping: false, restock: false },
  'refund refused': { kind: 'refund-refused', key: 'refund-unknown' },
  'refunds retried': { kind: 'refunds-retried', actor: 'Anne' },
  'refunded': { kind: 'refund-recorded', refund: { ...refund, id: 're_9' } },
} as const satisfies Record<string, OrderEvent>;
type Name = keyof typeof EVENTS;

const tell = (effect: Effect): string => {
  switch (effect.kind) {
    case 'stock': return effect.move;
    case 'refund': return `give ${effect.wish.amount} of ${effect.wish.paymentIntent} back`;
    case 'mail': return effect.mail;
    case 'expire-session': return `close ${effect.sessionId}`;
    case 'record-payment': return `+${effect.payment.paymentIntent}`;
    case 'record-dispute': return `!${effect.entry.reference}`;
    case 'record-refund': return `-${effect.refund.id}`;
  }
};
const say = (outcome: Transition): string => (outcome.ok ? [outcome.order.status, ...outcome.effects.map(tell)].join(', ') : `no: ${outcome.reason}`);

const PAID = 'order-confirmed, merchant-new-order';
const REVIEW = 'merchant-needs-review';
/** What every event does in every state: in the order of {@link ORDER_STATUSES}. */
const TABLE: Readonly<Record<Name, readonly [pending: string, paid: string, preparing: string, shipped: string, expired: string, cancelled: string, review: string, refunded: string]>> = {
  'session opened': ['pending, close cs_1', 'paid, close cs_9', 'preparing, close cs_9', 'shipped, close cs_9', 'expired, close cs_9', 'cancelled, close cs_9', 'needs_review, close cs_9', 'refunded, close cs_9'],
  'session refused': ['pending', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded'],
  'session expired': ['expired, release, order-expired', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded'],
  'payment failed': ['pending, payment-failed', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded'],
  'paid': [
    `paid, +pi_9, sell, ${PAID}`, 'paid, +pi_9, give 6190 of pi_9 back', 'preparing, +pi_9, give 6190 of pi_9 back', 'shipped, +pi_9, give 6190 of pi_9 back',
    `paid, +pi_9, take, ${PAID}`, `needs_review, +pi_9, ${REVIEW}`, `paid, +pi_9, sell, ${PAID}, give 6190 of pi_2 back`, 'refunded, +pi_9, give 6190 of pi_9 back',
  ],
  'paid, none left': [
    `paid, +pi_9, sell, ${PAID}`, 'paid, +pi_9, give 6190 of pi_9 back', 'preparing, +pi_9, give 6190 of pi_9 back', 'shipped, +pi_9, give 6190 of pi_9 back',
    'expired, +pi_9, give 6190 of pi_9 back', `needs_review, +pi_9, ${REVIEW}`, `paid, +pi_9, sell, ${PAID}, give 6190 of pi_2 back`, 'refunded, +pi_9, give 6190 of pi_9 back',
  ],
  'paid elsewhere': [
    `needs_review, +pi_3, ${REVIEW}`, 'paid, +pi_3, give 6190 of pi_3 back', 'preparing, +pi_3, give 6190 of pi_3 back', 'shipped, +pi_3, give 6190 of pi_3 back',
    `needs_review, +pi_3, ${REVIEW}`, `needs_review, +pi_3, ${REVIEW}`, 'needs_review, +pi_3', 'refunded, +pi_3, give 6190 of pi_3 back',
  ],
  'settled free': ['no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed'],
  'session lost': ['pending', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded'],
  'flagged': [`needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`, `needs_review, ${REVIEW}`],
  'disputed': [
    'no: payment-unknown', `needs_review, !dp_1, !txn_1, ${REVIEW}`, `needs_review, !dp_1, !txn_1, ${REVIEW}`, `needs_review, !dp_1, !txn_1, ${REVIEW}`,
    'no: payment-unknown', 'no: payment-unknown', 'no: payment-unknown', `needs_review, !dp_1, !txn_1, ${REVIEW}`,
  ],
  'approved': ['no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', `paid, sell, ${PAID}`, 'no: not-allowed'],
  'cancelled': [
    'cancelled, release', 'cancelled, restock, give 6190 of pi_1 back', 'cancelled, restock, give 6190 of pi_1 back', 'no: not-allowed',
    'no: not-allowed', 'cancelled', 'cancelled, release, give 6190 of pi_2 back', 'no: not-allowed',
  ],
  'cancelled, session open': [
    'no: session-open', 'cancelled, restock, give 6190 of pi_1 back', 'cancelled, restock, give 6190 of pi_1 back', 'no: not-allowed',
    'no: not-allowed', 'cancelled', 'no: session-open', 'no: not-allowed',
  ],
  'preparing': ['no: not-allowed', 'preparing', 'preparing', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed'],
  'shipped': ['no: not-allowed', 'shipped, order-shipped', 'shipped, order-shipped', 'shipped, order-shipped', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed'],
  'refund asked': [
    'no: not-allowed', 'paid, give 1000 of pi_1 back', 'preparing, give 1000 of pi_1 back', 'shipped, give 1000 of pi_1 back',
    'no: not-allowed', 'no: not-allowed', 'needs_review, give 1000 of pi_2 back', 'no: not-allowed',
  ],
  'refund refused': ['pending', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded'],
  'refunds retried': ['no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed', 'no: not-allowed'],
  'refunded': [
    'no: payment-unknown', 'refunded, -re_9, order-refunded, restock', 'refunded, -re_9, order-refunded, restock', 'refunded, -re_9, order-refunded',
    'no: payment-unknown', 'no: payment-unknown', 'no: payment-unknown', 'refunded, -re_9, order-refunded',
  ],
};
const names = Object.keys(EVENTS).filter((name): name is Name => name in EVENTS);
const pairs = names.flatMap((name) => ORDER_STATUSES.map((status, column) => [name, status, TABLE[name][column]] as const));

test.each(pairs)('%s while %s: %s', (name, status, expected) => {
  expect(say(transition(ORDERS[status], EVENTS[name]))).toBe(expected);
});

test.each(pairs)('%s while %s stays on the table, and told again changes nothing', (name, status) => {
  const once = transition(ORDERS[status], EVENTS[name]);
  if (!once.ok) return;
  expect([status, ...NEXT[status]]).toContain(once.order.status);
  const twice = transition(once.order, EVENTS[name]);
  // A wrong session is told to close each time, a failure mailed under one key: both harmless when repeated.
  const kinds = new Set(twice.ok ? twice.effects.map(({ kind }) => kind) : []);
  expect([...kinds].filter((kind) => kind !== 'mail' && kind !== 'expire-session')).toEqual([]);
  if (twice.ok) expect(twice.order).toEqual(once.order);
});

test('every state but the first is reached', () => {
  expect([...new Set(Object.values(NEXT).flat())].sort()).toEqual(ORDER_STATUSES.filter((status) => status !== 'pending').sort());
});

test('a new order reserves its pieces', () => {
  expect(placed).toMatchObject({ order: { status: 'pending', holding: 'reserved' }, effects: [{ kind: 'stock', move: 'reserve', lines }] });
  expect(STOCK_MOVES.reserve).toEqual({ onHand: 0, reserved: 1 });
});

const received = (more: Partial<Payment>): OrderEvent => ({ kind: 'payment-received', payment: { ...payment, ...more }, pieces: 'short' });
test.each<[string, Order, OrderEvent, string]>([
  ['a session not told of yet', placed.order, received({}), 'no: session-unknown'],
  ['its expiry', placed.order, EVENTS['session expired'], 'no: session-unknown'],
  ['a refusal of the first session', placed.order, EVENTS['session refused'], 'cancelled, release'],
  ['the first session', placed.order, EVENTS['session opened'], 'pending'],
  ['a late answer of an older attempt', { ...open, paymentAttempt: 3 }, EVENTS['session opened'], 'pending, close cs_9'],
  ['a replaced session expiring', open, { kind: 'session-expired', sessionId: 'cs_0' }, 'pending'],
  ['another amount', open, received({ amount: cents(6189) }), `needs_review, +pi_1, ${REVIEW}`],
  ['another currency', open, received({ currency: 'usd' }), `needs_review, +pi_1, ${REVIEW}`],
  ['real money for a test', open, received({ livemode: true }), `needs_review, +pi_1, ${REVIEW}`],
  ['a free order', { ...placed.order, total: cents(0) }, EVENTS['settled free'], `paid, sell, ${PAID}`],
  ['a free order again', { ...ORDERS.paid, total: cents(0) }, EVENTS['settled free'], 'paid'],
  ['good money on a doubted amount', { ...ORDERS.needs_review, reviewReason: 'amount' }, EVENTS.paid, 'needs_review, +pi_9'],
  ['good money in review, pieces sold to others', { ...ORDERS.needs_review, holding: 'none' }, EVENTS['paid, none left'], 'needs_review, +pi_9'],
  ['an approval without money', { ...ORDERS.needs_review, payments: [] }, EVENTS.approved, 'no: not-paid'],
  ['an approval without pieces', { ...ORDERS.needs_review, holding: 'none' }, { ...EVENTS.approved, pieces: 'short' }, 'no: stock-short'],
  ['an approval of the payment that was not given back', { ...ORDERS.needs_review, payments: [payment, second], refunds: [refund] }, EVENTS.approved, `paid, sell, ${PAID}`],
  ['more than was paid', ORDERS.paid, { ...EVENTS['refund asked'], amount: cents(6191) }, 'no: amount'],
  ['nothing to give back', ORDERS.paid, { ...EVENTS['refund asked'], amount: cents(0) }, 'no: amount'],
  ['more than is left', { ...ORDERS.paid, refunds: [{ ...refund, amount: cents(5191) }] }, EVENTS['refund asked'], 'no: amount'],
  ['what a failed refund left', { ...ORDERS.paid, refunds: [{ ...refund, status: 'failed' }] }, EVENTS['refund asked'], 'paid, give 1000 of pi_1 back'],
  ['over two payments', { ...ORDERS.paid, payments: [second, payment] }, { ...EVENTS['refund asked'], amount: cents(7000) }, 'paid, give 6190 of pi_1 back, give 810 of pi_2 back'],
  ['a part given back', ORDERS.paid, { kind: 'refund-recorded', refund: { ...refund, amount: cents(6189) } }, 'paid, -re_1, order-refunded'],
  ['the rest', { ...ORDERS.shipped, refunds: [{ ...refund, amount: cents(190) }] }, { kind: 'refund-recorded', refund: { ...refund, id: 're_2', amount: cents(6000) } }, 'refunded, -re_2, order-refunded'],
  ['a refund that fails', { ...ORDERS.paid, refunds: [{ ...refund, amount: cents(100) }] }, { kind: 'refund-recorded', refund: { ...refund, amount: cents(100), status: 'failed' } }, `needs_review, -re_1, ${REVIEW}`],
  ['a full refund that fails', ORDERS.refunded, { kind: 'refund-recorded', refund: { ...refund, status: 'failed' } }, `needs_review, -re_1, ${REVIEW}`],
  ['the same tracking again', { ...ORDERS.shipped, tracking: EVENTS.shipped.tracking }, EVENTS.shipped, 'shipped'],
  ['no tracking after all', { ...ORDERS.shipped, tracking: EVENTS.shipped.tracking }, { ...EVENTS.shipped, tracking: null }, 'shipped'],
  ['old news of a refund', ORDERS.refunded, { kind: 'refund-recorded', refund: { ...refund, status: 'pending' } }, 'refunded'],
])('%s', (_, order, event, expected) => {
  expect(say(transition(order, event))).toBe(expected);
});

test('a refund that is asked for, then refused, is told and may be asked for anew', () => {
  const asked = transition(ORDERS.paid, { ...EVENTS['refund asked'], amount: cents(6190) });
  if (!asked.ok) throw new Error(asked.reason);
  const key = asked.order.inFlight[0]?.key ?? '';
  expect(say(transition(asked.order, { ...EVENTS['refund asked'], request: 'r2', amount: cents(1) }))).toBe('no: amount');
  const refusedOnce = transition(asked.order, { kind: 'refund-refused', key });
  expect(say(refusedOnce)).toBe(`needs_review, ${REVIEW}`);
  expect(refusedOnce.ok && refusedOnce.order.reviewReason).toBe('refund-failed');
  expect(say(transition(refusedOnce.ok ? refusedOnce.order : open, EVENTS['refund asked']))).toBe('needs_review');
  expect(say(transition(refusedOnce.ok ? refusedOnce.order : open, { ...EVENTS['refund asked'], request: 'r2' }))).toBe('needs_review, give 1000 of pi_1 back');
  const recorded = transition(asked.order, { kind: 'refund-recorded', refund: { ...refund, amount: cents(100), key } });
  expect(say(transition(recorded.ok ? recorded.order : open, EVENTS['refund asked']))).toBe('paid');
});

/** The order after some events, one after the other. */
const after = (order: Order, ...events: OrderEvent[]): Order => events.reduce((now, event) => {
  const outcome = transition(now, event);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.order;
}, order);
const shipped = { ...ORDERS.shipped, refunds: [] };

describe('what was paid and is then doubted', () => {
  const approved = EVENTS.approved;
  test.each<[string, Order, OrderEvent[], string]>([
    ['a parcel on its way stays sent', ORDERS.shipped, [EVENTS.flagged, approved], 'shipped'],
    ['an order to prepare is prepared, with its pieces and mails as they were', ORDERS.paid, [EVENTS.flagged, approved], 'paid'],
    ['an order given back stays so', ORDERS.refunded, [EVENTS.flagged, approved], 'refunded'],
  ])('%s', (_, order, events, status) => {
    const [last = approved, before] = [events.at(-1), events.slice(0, -1)];
    expect(say(transition(after(order, ...before), last))).toBe(status);
  });

  test('a parcel that left is not put back on the shelf', () => expect(say(transition(after(ORDERS.shipped, EVENTS.flagged), EVENTS.cancelled))).toBe('no: not-allowed'));
  test('more money meanwhile goes back', () => expect(say(transition(after(ORDERS.paid, EVENTS.flagged), EVENTS.paid))).toBe('needs_review, +pi_9, give 6190 of pi_9 back'));
});

describe('a refund that failed', () => {
  const failed: OrderEvent = { kind: 'refund-recorded', refund: { ...refund, status: 'failed' } };
  test('asked for again ends the order as it should have ended', () => {
    const asked = after(ORDERS.refunded, failed, { ...EVENTS['refund asked'], amount: cents(6190) });
    const [wish] = asked.inFlight;
    expect(say(transition(asked, { kind: 'refund-recorded', refund: { ...refund, id: 're_2', key: wish?.key ?? '' } }))).toBe('refunded, -re_2, order-refunded');
  });

  test('of a cancelled order is asked for under a new key each time, and ends cancelled', () => {
    const cancelled = after(ORDERS.needs_review, EVENTS.cancelled);
    const [first] = cancelled.inFlight;
    const again = after(cancelled, { kind: 'refund-refused', key: first?.key ?? '' }, EVENTS.cancelled);
    const [second] = again.inFlight;
    expect([cancelled.inFlight.length, again.inFlight.length, second?.key]).toEqual([1, 1, `${first?.key}-v2`]);
    const third = after(again, { kind: 'refund-recorded', refund: { ...refund, id: 're_8', paymentIntent: 'pi_2', status: 'failed', key: second?.key ?? '' } }, EVENTS.cancelled);
    expect([third.status, third.inFlight.map(({ key, amount }) => [key, amount])]).toEqual(['cancelled', [[`${first?.key}-v3`, 6190]]]);
  });

  test.each([
    ['of a surplus', { ...ORDERS.paid, payments: [payment, second] }, 'pi_2', 'surplus', 'needs_review, give 6190 of pi_2 back'],
    ['of an order let go', { ...ORDERS.expired, payments: [payment] }, 'pi_1', 'late', 'needs_review, give 6190 of pi_1 back'],
  ] as const)('%s is retried by staff, once', (_, order, paymentIntent, reason, expected) => {
    const back = after(order, { kind: 'refund-recorded', refund: { ...refund, paymentIntent, reason, status: 'failed' } });
    expect([say(transition(back, EVENTS['refunds retried'])), say(transition(after(back, EVENTS['refunds retried']), EVENTS['refunds retried']))]).toEqual([expected, 'needs_review']);
  });

  test('told after it was asked for anew changes nothing of the new one', () => {
    const asked = after(ORDERS.refunded, failed, { ...EVENTS['refund asked'], amount: cents(6190) });
    expect(say(transition(asked, failed))).toBe('needs_review');
    expect(say(transition(asked, { ...EVENTS['refund asked'], request: 'r2', amount: cents(1) }))).toBe('no: amount');
  });
});

describe('a dispute', () => {
  const record = (...entries: DisputeEntry[]): OrderEvent => ({ kind: 'dispute-recorded', entries });
  const won = [opened, taken, { ...taken, reference: 'txn_2', amount: cents(6190) }, closed('won')];
  test.each([
    ['open', [opened], 6190], ['open, the money taken', [opened, taken], 6190], ['lost', [opened, taken, closed('lost')], 6190],
    ['won, the money back', won, 0], ['an inquiry that came to nothing', [opened, closed('warning_closed')], 0],
  ] as const)('%s: what it holds is derived from its rows, in whatever order they come', (_, entries, held) => {
    for (const rows of [[...entries], [...entries].reverse()]) {
      const order = after(shipped, ...rows.map((row) => record(row)), record(...entries));
      expect([disputedTotal(order), order.disputes.length, order.status, order.reviewReason]).toEqual([held, entries.length, 'needs_review', 'dispute']);
    }
  });
  test('what it holds cannot be given back as well', () => {
    const order = after(ORDERS.paid, record({ ...opened, amount: cents(6000) }));
    expect([say(transition(order, { ...EVENTS['refund asked'], amount: cents(191) })), say(transition(order, { ...EVENTS['refund asked'], amount: cents(190) }))]).toEqual(['no: amount', 'needs_review, give 190 of pi_1 back']);
  });
  test('staff who have decided are told of its end, and the order stays where it is', () => {
    const order = after(shipped, record(opened, taken), EVENTS.approved);
    expect([order.status, say(transition(order, record(opened, taken))), say(transition(order, record(...won)))]).toEqual(['shipped', 'shipped', 'shipped, !txn_2, !dp_1-closed, merchant-needs-review']);
  });
});

test('an attempt that made no page gives way to the next, once', () => {
  const lost = after(placed.order, EVENTS['session lost']);
  // Late news of an older attempt must not bring a used key back.
  expect([lost, after(lost, EVENTS['session lost']), after(lost, { kind: 'session-lost', attempt: 2 }), after({ ...lost, paymentAttempt: 3 }, EVENTS['session lost'])].map(({ paymentAttempt }) => paymentAttempt)).toEqual([2, 2, 3, 3]);
  expect(say(transition(after(lost, { ...EVENTS['session opened'], attempt: 2 }), { ...EVENTS['session opened'], sessionId: 'cs_8', attempt: 1 }))).toBe('pending, close cs_8');
});

const asking = (more: Partial<Extract<OrderEvent, { kind: 'refund-requested' }>>): OrderEvent => ({ ...EVENTS['refund asked'], ...more });
const [sku, quantity] = [lines[0]?.sku ?? '', lines[0]?.quantity ?? 0];

describe('a refund of lines', () => {
  const oneOf = asking({ lines: [{ sku, quantity: 1 }], restock: true });

  test('puts its pieces back on the shelf; the rest follows when everything is given back', () => {
    const partly = transition(ORDERS.paid, oneOf);
    expect(say(partly)).toBe('paid, return, give 1000 of pi_1 back');
    expect(partly.ok && partly.effects[0]).toMatchObject({ lines: [{ sku, quantity: 1 }] });
    const order = after(ORDERS.paid, oneOf);
    expect([order.holding, away(order)]).toEqual(['sold', [{ sku, quantity: quantity - 1 }, ...lines.slice(1)]]);
    const whole = transition(order, { kind: 'refund-recorded', refund: { ...refund, paymentIntent: 'pi_1', id: 're_all', amount: ORDERS.paid.total } });
    expect(whole.ok && whole.effects.filter(({ kind }) => kind === 'stock')).toEqual([{ kind: 'stock', move: 'restock', lines: away(order) }]);
    expect(whole.ok && whole.order.holding).toBe('none');
  });

  test('goes on without any piece once every one is back: a doubt does not take them again', () => {
    const order = after(ORDERS.shipped, asking({ lines, restock: true }));
    expect([order.holding, order.returned, away(order)]).toEqual(['sold', lines, []]);
    expect(say(transition(after(order, EVENTS.flagged), EVENTS.approved))).toBe('shipped');
  });

  test.each<[string, Order, Parameters<typeof asking>[0], string]>([
    ['more pieces than were sold', ORDERS.paid, { lines: [{ sku, quantity: quantity + 1 }] }, 'no: lines'],
    ['pieces of another order', ORDERS.paid, { lines: [{ sku: 'another', quantity: 1 }] }, 'no: lines'],
    ['pieces already given back', after(ORDERS.paid, asking({ lines })), { request: 'r2', lines: [{ sku, quantity: 1 }] }, 'no: lines'],
    ['shipping, twice', after(ORDERS.paid, asking({ shipping: true })), { request: 'r2', shipping: true }, 'no: shipping'],
    ['pieces that are back already', after(ORDERS.paid, asking({ request: 'r0', lines: [{ sku, quantity }], restock: true }), { kind: 'refund-recorded', refund: { ...refund, paymentIntent: 'pi_1', id: 're_0', amount: cents(1000), status: 'failed', key: 'refund-AH-7K3M9QXT-pi_1-asked-r0' } }), { request: 'r2', lines: [{ sku, quantity }], restock: true }, 'no: pieces'],
    ['pieces whose refund failed', after(ORDERS.paid, asking({ request: 'r0', lines }), { kind: 'refund-recorded', refund: { ...refund, paymentIntent: 'pi_1', id: 're_0', amount: cents(1000), status: 'failed', key: 'refund-AH-7K3M9QXT-pi_1-asked-r0' } }), { request: 'r2', lines }, 'needs_review, give 1000 of pi_1 back'],
    ['pieces whose refund was refused', after(ORDERS.paid, asking({ request: 'r0', lines }), { kind: 'refund-refused', key: 'refund-AH-7K3M9QXT-pi_1-asked-r0' }), { request: 'r2', lines }, 'needs_review, give 1000 of pi_1 back'],
    ['the same dialog, sent twice', after(ORDERS.paid, asking({ lines, restock: true })), { lines, restock: true }, 'paid'],
  ])('%s', (_, order, ask, expected) => {
    expect(say(transition(order, asking(ask)))).toBe(expected);
  });
});
