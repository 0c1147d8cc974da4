import { beforeEach, expect, test, vi } from 'vitest';
import type { CatalogueSnapshot } from '@comptoir/contracts';

import { fixtureEntries } from '../../browser/fixture/fixture-entries.ts';
import type { CatalogueApi } from './catalogue-api.ts';
import { CatalogueFollower } from './catalogue-follower.ts';

/** A pause in ms that is longer than any test. */
const FOR_EVER = 1e6;
/** The pauses that the follower asked for, in ms; tests wait for none of them. */
const pauses: number[] = [];
const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    if (ms === FOR_EVER) return;
    pauses.push(ms);
    setImmediate(resolve);
  });
beforeEach(() => {
  pauses.length = 0;
});

const snapshot = (version: string, source: CatalogueSnapshot['source']): CatalogueSnapshot => ({
  version,
  source,
  asOf: '2026-11-23T10:00:00Z',
  entries: fixtureEntries(),
});

/**
 * A follower that knows e.7 before an API that gives `answers` in turn, the last one again and
 * again.
 */
function follow(answers: CatalogueSnapshot[]) {
  const next = (): CatalogueSnapshot =>
    (answers.length > 1 ? answers.shift() : answers[0]) ?? snapshot('e.7', 'database');
  const api: CatalogueApi = {
    snapshot: async () => ({ snapshot: next(), etag: null }),
    follow: async () => next(),
    preview: () => new Promise(() => undefined),
  };
  const log = vi.fn();
  const pace = {
    firstRetry: 250,
    lastRetry: 10_000,
    minGap: 20,
    plainPoll: FOR_EVER,
    checkEvery: FOR_EVER,
    staleAfter: 15_000,
  };
  const follower = new CatalogueFollower({
    api,
    initial: { snapshot: snapshot('e.7', 'database'), formerSlugs: {}, formerNames: {} },
    onTouched: () => undefined,
    onState: () => undefined,
    log,
    now: Date.now,
    pace,
    wait,
  });
  follower.start();
  return { follower, log };
}

test.each([
  ['the sample', snapshot('seed.0', 'csv')],
  ['an older state of the same epoch', snapshot('e.6', 'database')],
])('%s is refused, told once, and asked for again ever more slowly', async (_, refused) => {
  const { follower, log } = follow([refused]);
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThan(8));
  follower.stop();
  expect(follower.state.snapshot.version).toBe('e.7');
  for (const [index, pause] of pauses.slice(0, 5).entries())
    expect(pause).toBeGreaterThanOrEqual(0.75 * 250 * 2 ** index);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(12_500);
  expect(log).toHaveBeenCalledTimes(1);
});

test('a lagging API that follows its database is not a reason for a notice', async () => {
  const { follower } = follow([snapshot('e.6', 'database')]);
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThan(2));
  follower.stop();
  expect(follower.degraded).toBe(false);
});

test('the next good answer is taken, and followed at full pace again', async () => {
  const { follower } = follow([
    snapshot('e.6', 'database'),
    snapshot('e.6', 'database'),
    snapshot('e.8', 'database'),
  ]);
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThan(3));
  follower.stop();

  expect(follower.state.snapshot.version).toBe('e.8');
  expect(pauses[2]).toBe(20);
});
