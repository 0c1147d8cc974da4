import { describe, expect, test } from 'vitest';
import { ORDER_STATUSES } from '@comptoir/contracts';

import { cents } from '../domain/cents.ts';
import { type Order, place } from '../domain/order.ts';
import { eventWords, movementWords, refundReason } from '../domain/staff-words.ts';
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

test('a doubt after the parcel has left keeps nothing back; a refund that failed may be asked for again', () => {
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
  ])('%d on the shelf, %d held', (delta, held, words) => {
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
