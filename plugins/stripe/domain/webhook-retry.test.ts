import { expect, test } from 'vitest';

import {
  afterTry,
  AWAY_MS,
  type HandlingOutcome,
  MOST_ATTEMPTS,
  type NextState,
  retryDelay,
} from './webhook-retry.ts';

const now = new Date('2026-11-25T12:00:00Z');

test('waits double from five seconds to six hours', () => {
  expect([1, 2, 3, 50].map(retryDelay)).toEqual([5000, 10_000, 20_000, 6 * 3_600_000]);
});

test('all the tries of an event take seventeen hours', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => retryDelay(index + 1));
  expect(Math.floor(waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000)).toBe(17);
});

test.each<[string, number, HandlingOutcome, NextState, boolean?]>([
  ['done', 0, { kind: 'done', note: 'paid' }, { state: 'done', attempts: 1, lastError: null }],
  [
    'not yet',
    1,
    { kind: 'retry', reason: 'session-unknown' },
    {
      state: 'received',
      attempts: 2,
      lastError: 'session-unknown',
      nextAt: new Date('2026-11-25T12:00:10Z'),
    },
  ],
  [
    'Stripe away, however often',
    MOST_ATTEMPTS - 1,
    { kind: 'away', reason: 'no answer' },
    {
      state: 'received',
      attempts: MOST_ATTEMPTS - 1,
      lastError: 'no answer',
      nextAt: new Date(now.getTime() + AWAY_MS),
    },
  ],
  [
    'Stripe away for this one alone',
    0,
    { kind: 'away', reason: 'no answer' },
    {
      state: 'received',
      attempts: 1,
      lastError: 'no answer',
      nextAt: new Date(now.getTime() + AWAY_MS),
    },
    true,
  ],
  [
    'Stripe away for this one alone, for long',
    9,
    { kind: 'away', reason: 'no answer' },
    {
      state: 'received',
      attempts: 10,
      lastError: 'no answer',
      nextAt: new Date(now.getTime() + retryDelay(10)),
    },
    true,
  ],
  [
    'Stripe away for this one alone, too often',
    MOST_ATTEMPTS - 1,
    { kind: 'away', reason: 'x' },
    {
      state: 'dead',
      attempts: MOST_ATTEMPTS,
      lastError: `x (given up after ${MOST_ATTEMPTS} tries)`,
    },
    true,
  ],
  [
    'needs-review',
    0,
    { kind: 'needs-review', reason: 'paid_without_order' },
    { state: 'dead', attempts: 1, lastError: 'paid_without_order' },
  ],
  [
    'too often',
    MOST_ATTEMPTS - 1,
    { kind: 'retry', reason: 'x' },
    {
      state: 'dead',
      attempts: MOST_ATTEMPTS,
      lastError: `x (given up after ${MOST_ATTEMPTS} tries)`,
    },
  ],
])('%s', (_, attempts, handled, expected, othersAnswered = false) =>
  expect(afterTry({ attempts, othersAnswered }, handled, now)).toEqual(expected),
);
