import { expect, test } from 'vitest';

import { priceLine, stockGlance, stockLine } from './product-glance.ts';

test.each([
  [[], 'Sans prix'],
  [[null], 'Sans prix'],
  [[2800], '28,00\u00a0€'],
  [[2800, 2800], '28,00\u00a0€'],
  [[2800, null], '28,00\u00a0€'],
  [[2800, 1200, 3150], 'de 12,00\u00a0€ à 31,50\u00a0€'],
])('%j reads %j', (prices, line) => {
  expect(priceLine(prices)).toBe(line);
});

const level = (sku: string, onHand: number, reserved = 0) => ({
  sku,
  onHand,
  reserved,
  lowThreshold: 3,
});

test.each([
  ['no level yet', [], 'Non suivi'],
  ['plenty', [level('a', 12, 2)], '10'],
  ['one of two is low', [level('a', 12), level('b', 2)], '14 · 1 à surveiller'],
  ['one of two is out', [level('a', 12), level('b', 1, 1)], '12 · 1 à surveiller'],
  ['all out', [level('a', 2, 2), level('b', 0)], 'Épuisé'],
])('stock with %s', (_, levels, line) => expect(stockLine(stockGlance(levels))).toBe(line));
