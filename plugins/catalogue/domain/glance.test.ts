import { expect, test } from 'vitest';
import { priceLine } from './glance.ts';

test.each([
  [[], 'Sans prix'], [[null], 'Sans prix'], [[2800], '28,00\u00a0€'], [[2800, 2800], '28,00\u00a0€'], [[2800, null], '28,00\u00a0€'],
  [[2800, 1200, 3150], 'de 12,00\u00a0€ à 31,50\u00a0€'],
])('%j reads %j', (prices, line) => {
  expect(priceLine(prices)).toBe(line);
});
