import fc from 'fast-check';
import { expect, test } from 'vitest';

import { allocate, cents, roundedRatio, sum } from './cents.ts';

test.each<[number, number[], number[]]>([
  [400, [3000, 1000], [300, 100]],
  [100, [1, 1, 1], [34, 33, 33]],
  [5, [1, 2, 1], [1, 3, 1]],
  [1, [1, 1], [1, 0]],
  [2, [1, 0, 1], [1, 0, 1]],
  [7, [0, 0], [7, 0]],
  [7, [], []],
  [0, [3, 4], [0, 0]],
  [Number.MAX_SAFE_INTEGER, [1], [Number.MAX_SAFE_INTEGER]],
])('%i over %j', (total, weights, parts) => {
  expect(allocate(cents(total), weights)).toEqual(parts);
});

test.each<[number, number[]]>([
  [10, [-1, 2]],
  [10, [0.5]],
  [10, [Number.NaN]],
  [-1, [1]],
])('%i over %j is refused', (total, weights) => {
  expect(() => allocate(cents(total), weights)).toThrow(RangeError);
});

test('parts sum exactly, each within a cent of its share', () => {
  const weight = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(fc.nat(), fc.array(weight, { minLength: 1, maxLength: 50 }), (total, weights) => {
      const parts = allocate(cents(total), weights);
      expect(sum(parts)).toBe(total);
      const whole = sum(weights);
      const off = parts.map(
        (part, i) => BigInt(part) * BigInt(whole) - BigInt(total) * BigInt(weights[i] ?? 0),
      );
      expect(
        whole === 0 ||
          off.every((distance) => distance < BigInt(whole) && -distance < BigInt(whole)),
      ).toBe(true);
    }),
  );
});

test.each([
  [1n, 2n, 1],
  [1n, 3n, 0],
  [2n, 3n, 1],
  [0n, 9n, 0],
  [3n, 2n, 2],
])('%s / %s is %i', (numerator, denominator, rounded) => {
  expect(roundedRatio(numerator, denominator)).toBe(rounded);
});

test('what is no exact number of cents is refused', () => {
  for (const bad of [0.1, Number.NaN, 2 ** 53]) expect(() => cents(bad)).toThrow(RangeError);
  expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
});
