import { expect, test } from 'vitest';
import { cents } from '@comptoir/contracts';

import type { StaffLine } from '../../../domain/staff-order-api.ts';
import { planRefund, type RefundDraft, remaining, shippingLeft, wholeRefund } from './refund.ts';

const line = (sku: string, quantity: number, total: number, refundedQuantity = 0): StaffLine => ({
  sku,
  reference: sku,
  title: sku,
  label: '',
  unitPrice: cents(0),
  quantity,
  discount: cents(0),
  total: cents(total),
  vatRate: 2000,
  refundedQuantity,
  restocked: 0,
});
const order = {
  lines: [line('bol', 3, 1000), line('vase', 2, 9000, 1)],
  shipping: cents(690),
  shippingRefunded: false,
  refundable: cents(6190),
};
const draft = (change: Partial<RefundDraft>): RefundDraft => ({
  pieces: {},
  shipping: false,
  other: '',
  ...change,
});

test.each([
  ['nothing chosen', {}, 0, null, null],
  ['one of three for ten euros', { pieces: { bol: 1 } }, 333, 333, null],
  ['what is left of a line', { pieces: { vase: 1 } }, 4500, 4500, null],
  ['more pieces than are left count as what is left', { pieces: { vase: 9 } }, 4500, 4500, null],
  ['with the shipping', { pieces: { bol: 3 }, shipping: true }, 1690, 1690, null],
  ['an amount of one’s own', { pieces: { bol: 1 }, other: '5,00' }, 333, 500, null],
  ['an own amount explained by nothing', { other: '12' }, 0, 1200, null],
  ['zero', { other: '0' }, 0, null, /supérieur à zéro/],
  ['no number', { other: 'dix' }, 0, null, /prix en euros/],
  ['more than is left', { other: '61,91' }, 0, null, /61,90\s€/],
] as const)('%s', (_, change, cost, amount, said) => {
  const plan = planRefund(order, draft(change));
  expect([plan.cost, plan.amount]).toEqual([cost, amount]);
  if (said === null) expect(plan.problem).toBeNull();
  else expect(plan.problem).toMatch(said);
});

test('piece by piece, a line gives back its total to the cent', () => {
  const steps = [0, 1, 2].map(
    (done) =>
      planRefund({ ...order, lines: [line('bol', 3, 1000, done)] }, draft({ pieces: { bol: 1 } }))
        .cost,
  );
  expect(steps.reduce((sum, step) => sum + step, 0)).toBe(1000);
});
test('everything that is left', () => {
  expect(wholeRefund(order)).toEqual({ pieces: { bol: 3, vase: 1 }, shipping: true, other: '' });
  expect(planRefund(order, wholeRefund(order)).amount).toBe(order.refundable);
});
test('shipping is given back once', () => {
  expect(shippingLeft({ ...order, shippingRefunded: true })).toBe(false);
  expect(planRefund({ ...order, shippingRefunded: true }, draft({ shipping: true })).cost).toBe(0);
});
test('never fewer than no pieces', () => expect(remaining(line('bol', 1, 100, 2))).toBe(0));
test('no more pieces are asked back than are left', () =>
  expect(planRefund(order, draft({ pieces: { vase: 9, bol: 0 } })).lines).toEqual([
    { sku: 'vase', quantity: 1 },
  ]));
