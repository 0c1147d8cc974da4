import { expect, test } from 'vitest';

import { cents } from '../../commerce/domain/cents.ts';
import { comparePayment, compareRefund, comparisonWindow } from './ledger-differences.ts';

const payment = { id: 'pi_1', amount: cents(6190), currency: 'eur', order: 'AH-1' };
const ours = { ...payment, settled: true };
const refund = { id: 're_1', amount: cents(500), currency: 'eur', order: 'AH-1', counts: true };
const failed = { ...refund, counts: false };

test.each([
  ['nothing', null, null, null],
  ['the same', payment, ours, null],
  ['the same in capitals', payment, { ...ours, currency: 'EUR' }, null],
  ['theirs alone', payment, null, 'paid_without_order'],
  ['ours alone', null, ours, 'payment_missing_at_stripe'],
  ['another amount', payment, { ...ours, amount: cents(6191) }, 'payment_differs'],
  ['another currency', { ...payment, currency: 'usd' }, ours, 'payment_differs'],
  ['an order that is not paid', payment, { ...ours, settled: false }, 'paid_without_order'],
] as const)('a payment, %s', (_, theirs, own, kind) =>
  expect(comparePayment(theirs, own)?.kind ?? null).toBe(kind),
);

test.each([
  ['nothing', null, null, null],
  ['the same', refund, refund, null],
  ['theirs alone', refund, null, 'refund_unrecorded'],
  ['theirs alone, failed', failed, null, null],
  ['ours alone', null, refund, 'refund_missing_at_stripe'],
  ['ours alone, failed', null, failed, null],
  ['another amount', refund, { ...refund, amount: cents(1) }, 'refund_differs'],
  ['failed there', failed, refund, 'refund_differs'],
  ['failed here', refund, failed, 'refund_differs'],
] as const)('a refund, %s', (_, theirs, own, kind) =>
  expect(compareRefund(theirs, own)?.kind ?? null).toBe(kind),
);

test('what is compared leaves no gap, and leaves the last hour alone', () => {
  const now = new Date('2026-11-25T03:00:00Z');
  expect(comparisonWindow(new Date('2026-11-24T03:00:00Z'), now)).toEqual({
    from: new Date('2026-11-21T03:00:00Z'),
    to: new Date('2026-11-25T02:00:00Z'),
  });
  expect(comparisonWindow(null, now).from).toEqual(new Date('2026-10-26T03:00:00Z'));
});
