import { expect, test } from 'vitest';

import { move } from './movement.ts';

const level = { sku: 'a-1', onHand: 5, reserved: 2, lowThreshold: 3 };

test.each([
  [3, { ok: true, level: { ...level, onHand: 8 } }],
  [-3, { ok: true, level: { ...level, onHand: 2 } }],
  [-4, { ok: false, reason: 'below-reserved', level }],
])('%i pieces', (delta, outcome) => {
  expect(move(level, { delta })).toEqual(outcome);
});

test('an unknown SKU', () => {
  expect(move(undefined, { delta: 1 })).toEqual({ ok: false, reason: 'unknown-sku' });
});
