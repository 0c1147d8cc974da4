import { expect, test } from 'vitest';

import { columnsFor } from './grid-columns.ts';

test.each([
  [0, 4],
  [1, 4],
  [3, 4],
  [4, 4],
  [5, 3],
  [8, 4],
  [9, 3],
  [13, 5],
  [17, 3],
  [25, 5],
  [61, 4],
])('%i pieces stand in %i columns', (count, columns) => {
  expect(columnsFor(count)).toBe(columns);
});
