import { expect, test } from 'vitest';

import type { Turn } from './measures.ts';
import { ratios, rowOf } from './table.ts';

const turn = (change: Partial<Turn>): Turn => ({
  requests: 100,
  perSecond: 100,
  p50: 1,
  p99: 5,
  max: 9,
  failed: 0,
  apiMs: 200,
  postgresMs: 50,
  stripeMs: 0,
  counts: {},
  ...change,
});

test('turns are one row: a bad one does not decide the rate, CPU is of one request', () => {
  const turns = [
    turn({ perSecond: 10, p99: 90, max: 99, failed: 1, counts: { settledAfter: 7 } }),
    turn({ requests: 300, counts: { settledAfter: 9 } }),
    turn({ perSecond: 120, counts: { settledAfter: 8.4 } }),
  ];
  expect(rowOf(turns)).toEqual({
    perSecond: 100,
    p50: 1,
    p99: 5,
    max: 99,
    failed: 1,
    apiMs: 1.2,
    postgresMs: 0.3,
    stripeMs: 0,
    settledAfter: 8,
  });
});
test('an even number of turns has the mean of the two in the middle', () =>
  expect(rowOf([10, 20, 30, 90].map((perSecond) => turn({ perSecond }))).perSecond).toBe(25));
test('a past that costs nothing is 1', () => {
  const young = rowOf([turn({})]);
  expect(ratios(young, { ...young, perSecond: 80, postgresMs: 1 })).toEqual({
    perSecond: 0.8,
    p50: 1,
    p99: 1,
    apiMs: 1,
    postgresMs: 2,
  });
});
