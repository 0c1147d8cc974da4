import { expect, test } from 'vitest';

import { newRequestId, requestIdFrom } from './index.ts';

test('ids differ', () => {
  expect(new Set(Array.from({ length: 1000 }, newRequestId)).size).toBe(1000);
});

test.each([
  ['a-good_id-42', true],
  ['short', false],
  ['x'.repeat(65), false],
  ['line\nbreak-here', false],
  [['twice-given', 'twice-given'], false],
  [undefined, false],
])('%j is kept: %s', (header, kept) => {
  expect(requestIdFrom(header) === header).toBe(kept);
});
