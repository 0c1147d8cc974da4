import fc from 'fast-check';
import { expect, test } from 'vitest';

import { cents, sum } from './cents.ts';
import { costOf } from './refund-lines.ts';

const line = (total: number, quantity: number, sku = 'cup') => ({
  sku,
  quantity,
  total: cents(total),
});

test.each<[total: number, quantity: number, before: number, asked: number, cost: number]>([
  [1000, 3, 0, 1, 333],
  [1000, 3, 1, 1, 334],
  [1000, 3, 2, 1, 333],
  [1000, 3, 0, 3, 1000],
  [0, 2, 0, 1, 0],
  [2800, 1, 0, 1, 2800],
  [2800, 1, 1, 1, 0],
  [100, 2, 0, 5, 100],
])('of %d for %d pieces, %d given back: %d more are %d', (total, quantity, before, asked, cost) => {
  expect(
    costOf(
      [line(total, quantity)],
      [{ sku: 'cup', quantity: before }],
      [{ sku: 'cup', quantity: asked }],
    ),
  ).toBe(cost);
});

test('pieces of no line cost nothing', () =>
  expect(costOf([line(100, 1)], [], [{ sku: 'vase', quantity: 1 }])).toBe(0));

test('piece by piece, in any steps, a line gives back its total to the cent', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }),
      (total, steps) => {
        const quantity = steps.reduce((a, b) => a + b, 0);
        const parts = steps.map((step, index) =>
          costOf(
            [line(total, quantity)],
            steps.slice(0, index).map((one) => ({ sku: 'cup', quantity: one })),
            [{ sku: 'cup', quantity: step }],
          ),
        );
        expect(sum(parts)).toBe(total);
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
