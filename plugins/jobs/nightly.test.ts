import { expect, test } from 'vitest';

import { nightlyDue } from './nightly.ts';

test.each([
  ['never before', null, '2026-11-25T12:00:00Z', true],
  ['the night after', '2026-11-25T03:00:00Z', '2026-11-26T01:10:00Z', true],
  ['the same night', '2026-11-25T01:10:00Z', '2026-11-25T04:50:00Z', false],
  ['by day', '2026-11-25T01:10:00Z', '2026-11-25T23:00:00Z', false],
  ['a night was missed', '2026-11-24T01:10:00Z', '2026-11-25T13:10:00Z', true],
] as const)('due: %s', (_, last, now, due) =>
  expect(nightlyDue(last && new Date(last), new Date(now))).toBe(due),
);
