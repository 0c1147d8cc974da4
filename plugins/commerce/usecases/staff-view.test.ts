import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ORDER_STATUSES } from '@comptoir/contracts';

import { cents, sum } from '../domain/cents.ts';
import {
  type Order,
  type OrderEvent,
  place,
  REFUND_STATUSES,
  transition,
} from '../domain/order.ts';
import { netTotal, refundable } from '../domain/order-money.ts';
import { isReleasedUnrefunded, statusBeforeReview } from '../domain/order-payments.ts';
import { ORDER_ACTIONS, type OrderAction } from '../domain/staff-order-api.ts';
import { eventWords, movementWords, refundReason } from '../domain/staff-words.ts';
import { EVENTS, ORDERS, refund } from '../fixture/sample-orders.ts';
import { actionsOf } from './staff-view.ts';

const at = new Date('2026-11-25T12:00:00Z');
const draft = {
  number: 'AH-7K3M9QXT',
  total: cents(6190),
  testMode: false,
  lines: [{ sku: 'ah-001-1', quantity: 2 }],
};
const paid: Order = {
  ...place(draft).order,
  holding: 'sold',
  paidAt: at,
  payments: [
    {
      paymentIntent: 'pi_1',
      sessionId: 'cs_1',
      amount: cents(6190),
      currency: 'eur',
      livemode: true,
      at,
    },
  ],
};

const ACTIONS: Readonly<Record<(typeof ORDER_STATUSES)[number], string[]>> = {
  pending: ['cancel'],
  paid: ['prepare', 'ship', 'cancel', 'refund'],
  preparing: ['ship', 'cancel', 'refund'],
  shipped: ['correct-tracking', 'refund'],
  expired: [],
  cancelled: [],
  needs_review: ['cancel', 'approve', 'refund'],
  refunded: [],
};
test.each(ORDER_STATUSES)('what staff can do while %s', (status) =>
  expect(actionsOf({ ...paid, status })).toEqual(ACTIONS[status]),
);

test('nothing is given back or accepted that was not received', () => {
  expect(actionsOf({ ...paid, payments: [], status: 'paid' })).toEqual([
    'prepare',
    'ship',
    'cancel',
  ]);
  expect(
    actionsOf({ ...paid, payments: [], paidAt: null, holding: 'reserved', status: 'needs_review' }),
  ).toEqual(['cancel']);
});

test('a review after the parcel has left keeps nothing back; a refund that failed may be asked for again', () => {
  expect(
    actionsOf({ ...paid, status: 'needs_review', shippedAt: at, reviewReason: 'dispute' }),
  ).toEqual(['approve', 'refund']);

  const request = {
    key: 'refund-1',
    paymentIntent: 'pi_1',
    amount: cents(100),
    reason: 'Éclat',
    actor: 'Anne',
    lines: [],
    shipping: false,
  };
  const failed: Order = {
    ...paid,
    status: 'needs_review',
    reviewReason: 'refund-failed',
    asked: [request],
    refused: ['refund-1'],
  };

  expect(actionsOf(failed)).toEqual(['cancel', 'approve', 'retry-refunds', 'refund']);
  expect(actionsOf({ ...failed, asked: [], refused: [] })).toEqual(['cancel', 'approve', 'refund']);
  // Let go: accepting it would sell its pieces again.
  expect(actionsOf({ ...failed, holding: 'none', paidAt: null })).toEqual([
    'cancel',
    'retry-refunds',
    'put-aside',
    'refund',
  ]);
});

/**
 * What the state allows, said by lists of statuses; the answers that trying each step must give.
 */
function listedActions(order: Order): OrderAction[] {
  const { status } = order;
  const left = sum(order.payments.map((payment) => refundable(order, payment)));
  const retried = transition(order, { kind: 'refunds-retried', actor: 'staff' });
  const can: Readonly<Record<OrderAction, boolean>> = {
    prepare: status === 'paid',
    ship: status === 'paid' || status === 'preparing',
    'correct-tracking': status === 'shipped',
    cancel:
      ['pending', 'paid', 'preparing', 'needs_review'].includes(status) && order.shippedAt === null,
    approve:
      status === 'needs_review' &&
      (statusBeforeReview(order) !== null ||
        (!isReleasedUnrefunded(order) && (order.total === 0 || netTotal(order) > 0))),
    'retry-refunds': retried.ok && retried.effects.length > 0,
    'put-aside': status === 'needs_review' && isReleasedUnrefunded(order),
    refund: ['paid', 'preparing', 'shipped', 'needs_review'].includes(status) && left > 0,
  };
  return ORDER_ACTIONS.filter((action) => can[action]);
}

const EVENT_NAMES = Object.keys(EVENTS) as (keyof typeof EVENTS)[];
const step = (order: Order, event: OrderEvent): Order => {
  const outcome = transition(order, event);
  return outcome.ok ? outcome.order : order;
};
describe('every step that is offered is one that the order would take', () => {
  test.each(ORDER_STATUSES)('%s, and after each event', (status) => {
    const order = ORDERS[status];

    const states = [order, ...EVENT_NAMES.map((name) => step(order, EVENTS[name]))];

    for (const state of states) expect(actionsOf(state)).toEqual(listedActions(state));
  });

  test('after any events, whatever became of the refunds', () => {
    const events = fc.oneof(
      fc.constantFrom(...EVENT_NAMES).map((name): OrderEvent => EVENTS[name]),
      fc
        .record({
          id: fc.constantFrom('re_1', 're_2'),
          paymentIntent: fc.constantFrom('pi_1', 'pi_2', 'pi_9'),
          status: fc.constantFrom(...REFUND_STATUSES),
        })
        .map((news): OrderEvent => ({ kind: 'refund-recorded', refund: { ...refund, ...news } })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ORDER_STATUSES),
        fc.array(events, { maxLength: 12 }),
        (status, told) => {
          const order = told.reduce(step, ORDERS[status]);

          expect(actionsOf(order)).toEqual(listedActions(order));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('in words', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['payment-received', { from: 'pending', to: 'paid' }, 'Paiement reçu'],
    ['payment-received', { from: 'pending', to: 'needs_review' }, 'Paiement reçu, à vérifier'],
    ['cancelled', { why: 'Four en panne' }, 'Commande annulée : Four en panne'],
    ['cancelled', {}, 'Commande annulée'],
    ['shipped', { from: 'paid', to: 'shipped' }, 'Colis expédié'],
    ['shipped', {}, 'Suivi corrigé'],
    [
      'refund-requested',
      { amount: 2850, reason: 'surplus' },
      'Remboursement de 28,50\u00a0€ demandé : Paiement en double',
    ],
    ['something-new', {}, 'something-new'],
    ['toString', {}, 'toString'],
  ])('%s %j', (kind, detail, words) => expect(eventWords(kind, detail)).toBe(words));

  test.each([
    [-2, -2, '2 pièces vendues (a)'],
    [-1, 0, '1 pièce vendue (a)'],
    [2, 0, '2 pièces remises en stock (a)'],
    [0, 1, '1 pièce réservée (a)'],
    [0, -3, '3 pièces libérées (a)'],
  ])('%d in stock, %d held', (delta, held, words) => {
    expect(movementWords('a', delta, held)).toBe(words);
  });

  test('a refund tells its buyer why, in their language; what staff typed stays', () => {
    expect([
      refundReason('late', 'en'),
      refundReason('cancelled'),
      refundReason('Un éclat', 'en'),
      refundReason('toString'),
    ]).toEqual([
      'The payment came too late, the pieces were sold',
      'Commande annulée',
      'Un éclat',
      'toString',
    ]);
  });
});
