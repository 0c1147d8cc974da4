import { expect, test } from 'vitest';
import { availabilityOf } from './availability.ts';

test.each([
  [10, 0, 3, 'in'], [4, 0, 3, 'in'], [3, 0, 3, 'low'], [10, 7, 3, 'low'], [1, 0, 0, 'in'], [0, 0, 3, 'out'], [5, 5, 3, 'out'],
] as const)('%i on hand, %i reserved, threshold %i: %s', (onHand, reserved, lowThreshold, state) => {
  expect(availabilityOf({ onHand, reserved, lowThreshold })).toBe(state);
});
