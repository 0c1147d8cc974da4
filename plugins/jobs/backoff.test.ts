import { expect, test } from 'vitest';

import { exponentialDelay, retryOrGiveUp } from './backoff.ts';
import { pauseAfter } from './worker.ts';

test.each([
  [0, 1000],
  [1, 1000],
  [4, 8000],
  [50, 60_000],
  [Number.MAX_SAFE_INTEGER, 60_000],
])('after %d failures in a row the wait is %d ms', (failures, ms) => {
  expect(exponentialDelay({ first: 1000, longest: 60_000 }, failures)).toBe(ms);
  expect(pauseAfter(failures)).toBe(ms);
});

const now = new Date('2026-11-25T10:00:00Z');
const policy = { mostAttempts: 3, delayMs: (attempts: number) => attempts * 60_000 };

test('a failed item is tried again later, until it has had all its tries', () => {
  expect(retryOrGiveUp(1, 'no answer', policy, now)).toEqual({
    state: 'again',
    attempts: 2,
    lastError: 'no answer',
    nextAt: new Date('2026-11-25T10:02:00Z'),
  });
  expect(retryOrGiveUp(2, 'no answer', policy, now)).toEqual({
    state: 'dead',
    attempts: 3,
    lastError: 'no answer (given up after 3 tries)',
  });
});
