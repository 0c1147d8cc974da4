import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cents } from './cents.ts';
import {
  type DisputeEntry,
  type Effect,
  type Order,
  type OrderEvent,
  type Payment,
  place,
  RETRY_LATER,
  STOCK_MOVES,
  transition,
} from './order.ts';
import { netTotal, paidTotal, refundedTotal } from './order-money.ts';

const at = new Date('2026-11-25T12:00:00Z');
const total = cents(6190);
const draft = {
  number: 'AH-7K3M9QXT',
  total,
  testMode: false,
  lines: [{ sku: 'ah-001-1', quantity: 2 }],
};
const payment: Payment = {
  paymentIntent: 'pi_1',
  sessionId: 'cs_1',
  amount: total,
  currency: 'eur',
  livemode: true,
  at,
};
const paid: OrderEvent = { kind: 'payment-received', payment, pieces: 'available' };
const LIFE: readonly ('placed' | OrderEvent)[] = [
  'placed',
  { kind: 'session-opened', sessionId: 'cs_1', url: 'http://pay/1', expiresAt: at, attempt: 1 },
  paid,
  { ...paid },
  {
    kind: 'payment-received',
    payment: { ...payment, paymentIntent: 'pi_2', sessionId: 'cs_2' },
    pieces: 'available',
  },
  {
    kind: 'refund-recorded',
    refund: {
      id: 're_1',
      paymentIntent: 'pi_2',
      amount: total,
      status: 'succeeded',
      reason: 'surplus',
      actor: 'shop',
      key: 'refund-AH-7K3M9QXT-pi_2-surplus-6190',
    },
  },
  { kind: 'session-expired', sessionId: 'cs_1' },
];

interface Ledger {
  order: Order | null;
  payments: Map<string, number>;
  refunds: Map<string, number>;
  mails: Set<string>;
  requests: Set<string>;
  onHand: number;
  reserved: number;
}
const empty = (): Ledger => ({
  order: null,
  payments: new Map(),
  refunds: new Map(),
  mails: new Set(),
  requests: new Set(),
  onHand: 0,
  reserved: 0,
});

function carryOut(ledger: Ledger, effect: Effect): void {
  if (effect.kind === 'record-payment')
    ledger.payments.set(effect.payment.paymentIntent, effect.payment.amount);
  if (effect.kind === 'record-refund') ledger.refunds.set(effect.refund.id, effect.refund.amount);
  if (effect.kind === 'mail') ledger.mails.add(effect.key);
  if (effect.kind === 'refund') ledger.requests.add(effect.request.key);
  if (effect.kind !== 'stock') return;
  const pieces = effect.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  ledger.onHand += STOCK_MOVES[effect.move].onHand * pieces;
  ledger.reserved += STOCK_MOVES[effect.move].reserved * pieces;
}

/** Applies one event; false = its time has not come. */
function apply(ledger: Ledger, event: 'placed' | OrderEvent): boolean {
  if (event === 'placed') {
    if (ledger.order) return true;
    const { order, effects } = place(draft);
    ledger.order = order;
    effects.forEach((effect) => {
      carryOut(ledger, effect);
    });
    return true;
  }
  if (!ledger.order) return false;
  const outcome = transition(ledger.order, event);
  if (!outcome.ok) return !RETRY_LATER.includes(outcome.reason);
  ledger.order = outcome.order;
  outcome.effects.forEach((effect) => {
    carryOut(ledger, effect);
  });
  return true;
}

/** The inbox's worker: what comes too early waits for what it builds on. */
function live(events: readonly ('placed' | OrderEvent)[]): Ledger {
  const ledger = empty();
  let waiting: ('placed' | OrderEvent)[] = [];
  for (const event of events) {
    waiting.push(event);
    for (let before = -1; before !== waiting.length;) {
      before = waiting.length;
      waiting = waiting.filter((early) => !apply(ledger, early));
    }
  }
  expect(waiting).toEqual([]);
  return ledger;
}

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length === 0
    ? [[]]
    : all.flatMap((first, index) =>
        permutations(all.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
      );

const sumOf = (amounts: Map<string, number>): number =>
  [...amounts.values()].reduce((a, b) => a + b, 0);
function expectTheOneEnd(ledger: Ledger): void {
  const { order, payments, refunds, mails, requests, onHand, reserved } = ledger;
  expect(order).toMatchObject({ status: 'paid', holding: 'sold', inFlight: [], paidAt: at });
  expect({ onHand, reserved }).toEqual({ onHand: -2, reserved: 0 });
  expect({ paid: sumOf(payments), refunded: sumOf(refunds) }).toEqual({
    paid: 2 * total,
    refunded: total,
  });
  expect([...mails]).toEqual(
    expect.arrayContaining([
      'order-confirmed-AH-7K3M9QXT',
      'merchant-new-order-AH-7K3M9QXT',
      'order-refunded-re_1',
    ]),
  );
  // Only the second payment may ever be given back, whichever came first.
  expect([...requests].filter((key) => key !== 'refund-AH-7K3M9QXT-pi_2-surplus-6190')).toEqual([]);
  if (order)
    expect([paidTotal(order), refundedTotal(order), netTotal(order)]).toEqual([
      2 * total,
      total,
      total,
    ]);
}

test('all 5,040 orders of a seven-event life end alike', () => {
  const all = permutations(LIFE);

  expect(all).toHaveLength(5040);

  for (const events of all) expectTheOneEnd(live(events));
});

test('so does any life in which events are told again and again', () => {
  const repeated = fc
    .shuffledSubarray([...LIFE], { minLength: 7 })
    .chain((life) =>
      fc.array(fc.constantFrom(...LIFE), { maxLength: 20 }).map((more) => [...life, ...more]),
    )
    .chain((life) => fc.shuffledSubarray(life, { minLength: life.length }));
  fc.assert(
    fc.property(repeated, (events) => {
      expectTheOneEnd(live(events));
    }),
  );
});

test('no history sells pieces twice, keeps them without money, or gives back more than came in', () => {
  const unasked = LIFE.filter((one) => one === 'placed' || one.kind !== 'refund-recorded');
  const told: DisputeEntry = {
    reference: 'dp_1-opened',
    disputeId: 'dp_1',
    paymentIntent: 'pi_1',
    entry: 'opened',
    amount: total,
    currency: 'eur',
    status: 'needs_response',
    at,
  };
  const disputes: OrderEvent[] = [
    told,
    { ...told, reference: 'dp_1-closed', entry: 'closed' as const, status: 'won' },
    { ...told, reference: 'dp_1-closed', entry: 'closed' as const, status: 'lost' },
  ].map((entry) => ({ kind: 'dispute-recorded', entries: [entry] }));
  const event = fc.constantFrom<'placed' | 'refund-answered' | 'refund-failed' | OrderEvent>(
    'refund-answered',
    'refund-failed',
    ...unasked,
    ...disputes,
    { kind: 'refunds-retried', actor: 'Anne' },
    { kind: 'put-aside', actor: 'Anne', why: 'Virement' },
    { kind: 'flagged', id: 'dp_1' },
    { kind: 'approved', at, pieces: 'short' },
    { kind: 'approved', at, pieces: 'available' },
    { kind: 'cancelled', actor: 'Anne', sessionClosed: true },
    { kind: 'preparing-started' },
    { kind: 'shipped', at, tracking: null },
    { kind: 'session-refused' },
    { ...paid, pieces: 'short' },
    {
      kind: 'refund-requested',
      request: 'a',
      amount: total,
      reason: 'chip',
      actor: 'Anne',
      lines: [],
      shipping: false,
      restock: false,
    },
    {
      kind: 'refund-requested',
      request: 'b',
      amount: cents(100),
      reason: 'chip',
      actor: 'Anne',
      lines: [{ sku: 'ah-001-1', quantity: 1 }],
      shipping: true,
      restock: true,
    },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const ledger = empty();
      events.forEach((one, index) => {
        if (one !== 'refund-answered' && one !== 'refund-failed') return apply(ledger, one);
        const request = ledger.order?.inFlight[0];
        return (
          request &&
          apply(ledger, {
            kind: 'refund-recorded',
            refund: {
              ...request,
              id: `re_${index}`,
              status: one === 'refund-failed' ? 'failed' : 'succeeded',
            },
          })
        );
      });
      const back = (ledger.order?.returned ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
      const held = { none: [0, 0], reserved: [0, 2], sold: [back - 2, 0] }[
        ledger.order?.holding ?? 'none'
      ];
      expect([ledger.onHand, ledger.reserved]).toEqual(held);
      if (!ledger.order) return;
      const { status, holding, inFlight, payments } = ledger.order;
      // In review it may hold what it had sold before, and only that.
      if (status !== 'needs_review')
        expect(['paid', 'preparing', 'shipped'].includes(status)).toBe(
          holding === 'sold' && status !== 'refunded',
        );
      if (holding === 'sold') expect(ledger.order.paidAt).not.toBeNull();
      if (status === 'refunded' && ledger.order.shippedAt === null) expect(holding).toBe('none');
      const flying = inFlight.reduce((sum, { amount }) => sum + amount, 0);
      expect(flying + refundedTotal(ledger.order)).toBeLessThanOrEqual(paidTotal(ledger.order));
      expect(payments.length).toBe(ledger.payments.size);
    }),
    { numRuns: 1000 },
  );
});
