import { expect, test } from 'vitest';

import { NEXT } from '../../../domain/order-model.ts';
import { ORDER_ACTIONS } from '../../../domain/staff-order-api.ts';
import { allowedActions, nextStep } from './states.ts';

const preparer = (action: string): boolean =>
  action === 'orders.fulfil' || action === 'orders.read';

test('a role without the money keeps what moves parcels', () =>
  expect(allowedActions(ORDER_ACTIONS, preparer)).toEqual(['prepare', 'ship', 'correct-tracking']));
test('the order’s state comes first', () =>
  expect(allowedActions(['ship'], () => true)).toEqual(['ship']));

test.each([
  ['paid', 'prepare'],
  ['preparing', 'ship'],
  ['needs_review', null],
  ['shipped', null],
  ['pending', null],
] as const)('after %s comes %s', (status, step) => {
  expect(nextStep(status, preparer)).toBe(step);
  expect(nextStep(status, () => false)).toBeNull();
  if (step !== null) expect(NEXT[status]).toContain(step === 'prepare' ? 'preparing' : 'shipped');
});
