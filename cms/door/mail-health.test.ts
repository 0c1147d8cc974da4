import { expect, test } from 'vitest';

import { mailCheck } from './mail-health.ts';

test.each([
  ['smtp', { waiting: 0, age: 0, dead: 0 }, 'ok'],
  ['smtp', { waiting: 2, age: 599.9, dead: 1 }, 'ok'],
  ['smtp', { waiting: 2, age: 601, dead: 0 }, 'degraded'],
  ['inbox', { waiting: 1, age: 700, dead: 0 }, 'degraded'],
  ['none', { waiting: 0, age: 0, dead: 0 }, 'down'],
  ['smtp', null, 'off'],
] as const)('%s with %j is %s', (route, state, status) =>
  expect(mailCheck(route, state).status).toBe(status),
);
