import { expect, test } from 'vitest';

import { afterDeath, growingPause } from './restart-policy.ts';

const at = (...seconds: number[]): number[] => seconds.map((s) => s * 1000);

test.each([
  ['a first death', 'limited', at(5), { action: 'restart', delayMs: 200 }],
  [
    'a second one soon after waits longer',
    'limited',
    at(5, 6),
    { action: 'restart', delayMs: 400 },
  ],
  ['the third within a minute gives up', 'limited', at(5, 6, 64), { action: 'give-up', deaths: 3 }],
  [
    'three spread over more than a minute do not',
    'limited',
    at(5, 40, 66),
    { action: 'restart', delayMs: 400 },
  ],
  [
    'Postgres is restarted for ever',
    'always',
    at(1, 2, 3, 4, 5),
    { action: 'restart', delayMs: 3200 },
  ],
  [
    'with a longest pause',
    'always',
    at(...Array.from({ length: 30 }, (_, i) => i)),
    { action: 'restart', delayMs: 15_000 },
  ],
] as const)('%s', (_, policy, deaths, expected) =>
  expect(afterDeath(policy, deaths)).toEqual(expected),
);

test.each([
  [0, 0],
  [1, 200],
  [2, 400],
  [4, 1600],
  [9, 15_000],
  [5000, 15_000],
])('after %i failures the pause is %i ms', (failures, pause) =>
  expect(growingPause(failures, { firstMs: 200, longestMs: 15_000 })).toBe(pause),
);

test.each([
  [0, 750],
  [0.5, 875],
  [1, 1000],
])('chance %f takes at most a quarter away', (chance, pause) =>
  expect(growingPause(1, { firstMs: 1000, longestMs: 1000, jitter: 0.25 }, () => chance)).toBe(
    pause,
  ),
);
