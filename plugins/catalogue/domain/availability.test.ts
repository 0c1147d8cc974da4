import { expect, test } from 'vitest';

import { availabilityBody, availabilityOf, showsOtherwise } from './availability.ts';

test.each([
  [10, 0, 3, 'in'],
  [4, 0, 3, 'in'],
  [3, 0, 3, 'low'],
  [10, 7, 3, 'low'],
  [1, 0, 0, 'in'],
  [0, 0, 3, 'out'],
  [5, 5, 3, 'out'],
] as const)(
  '%i on hand, %i reserved, threshold %i: %s',
  (onHand, reserved, lowThreshold, state) => {
    expect(availabilityOf({ onHand, reserved, lowThreshold })).toBe(state);
  },
);

test.each([
  [4, 0, { state: 'in' }],
  [3, 0, { state: 'low', left: 3 }],
  [5, 4, { state: 'low', left: 1 }],
  [5, 5, { state: 'out' }],
] as const)('of %i on hand and %i reserved shoppers are told %j', (onHand, reserved, body) => {
  expect(availabilityBody({ onHand, reserved, lowThreshold: 3 })).toEqual(body);
});

test.each([
  [10, 9, false],
  [4, 3, true],
  [3, 2, true],
  [1, 0, true],
  [3, 3, false],
] as const)('from %i to %i left, shoppers see something else: %s', (was, is, seen) => {
  const count = (onHand: number) => ({ onHand, reserved: 0, lowThreshold: 3 });
  expect(showsOtherwise(count(was), count(is))).toBe(seen);
});

test('a payment takes what was reserved: nothing else to see', () =>
  expect(
    showsOtherwise(
      { onHand: 3, reserved: 1, lowThreshold: 3 },
      { onHand: 2, reserved: 0, lowThreshold: 3 },
    ),
  ).toBe(false));
