import { expect, test } from 'vitest';
import { afterTry, MOST_ATTEMPTS, retryDelay } from './inbox.ts';

const now = new Date('2026-11-25T12:00:00Z');

test('waits double from five seconds to six hours', () => {
  expect([1, 2, 3, 50].map(retryDelay)).toEqual([5000, 10_000, 20_000, 6 * 3_600_000]);
});

test.each([
  ['done', 0, { kind: 'done', note: 'paid' }, { state: 'done', attempts: 1, lastError: null }],
  ['not yet', 1, { kind: 'retry', reason: 'session-unknown' }, { state: 'received', attempts: 2, lastError: 'session-unknown', nextAt: new Date('2026-11-25T12:00:10Z') }],
  ['odd', 0, { kind: 'odd', reason: 'paid_without_order' }, { state: 'dead', attempts: 1, lastError: 'paid_without_order' }],
  ['too often', MOST_ATTEMPTS - 1, { kind: 'retry', reason: 'x' }, { state: 'dead', attempts: MOST_ATTEMPTS, lastError: `x (given up after ${MOST_ATTEMPTS} tries)` }],
] as const)('%s', (_, attempts, handled, expected) => expect(afterTry(attempts, handled, now)).toEqual(expected));
