import { expect, test } from 'vitest';

import { chance, seedOf } from './chance.ts';

test('the same seed and name say the same, others say something else', () => {
  const three = (seed: number, name: string): number[] => {
    const luck = chance(seed, name);
    return [luck.next(), luck.next(), luck.next()];
  };
  expect(three(1, 'a')).toEqual(three(1, 'a'));
  expect(new Set([three(1, 'a'), three(2, 'a'), three(1, 'b')].flat()).size).toBe(9);
});

test('things happen about as often as they should', () => {
  const luck = chance(7, 'often');
  const happened = Array.from({ length: 2000 }, () => luck.happens(20)).filter(Boolean).length;
  expect(happened).toBeGreaterThan(300);
  expect(happened).toBeLessThan(500);
  expect(new Set(Array.from({ length: 100 }, () => luck.pick(['a', 'b', 'c'])))).toEqual(
    new Set(['a', 'b', 'c']),
  );
});

test('a seed is asked for by number, or made up', () => {
  expect(seedOf('4711')).toBe(4711);
  expect(Number.isInteger(seedOf(undefined))).toBe(true);
  expect(() => seedOf('abc')).toThrow('COMPTOIR_SEED must be a whole number');
});
