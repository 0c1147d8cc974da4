import { expect, test } from 'vitest';

import { formatVatRate, VAT_RATES } from './vat-rates.ts';

test.each([
  [2000, '20\u00a0%'],
  [550, '5,5\u00a0%'],
  [210, '2,1\u00a0%'],
  [0, '0\u00a0%'],
  [875, '8,75\u00a0%'],
])('shows %i basis points as %j', (rate, text) => {
  expect(formatVatRate(rate)).toBe(text);
});

test('rates are distinct integers', () => {
  const rates = VAT_RATES.map((rate) => rate.basisPoints);
  expect(new Set(rates).size).toBe(rates.length);
  expect(rates.every(Number.isSafeInteger)).toBe(true);
});
