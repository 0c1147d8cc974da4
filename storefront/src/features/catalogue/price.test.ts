import { expect, test } from 'vitest';
import type { Variant } from '@comptoir/contracts';
import { cents, euros } from '@comptoir/contracts';

import { formatMoney, hasSeveralPrices, lowestPrice } from './price.ts';

const variants = (...amounts: number[]): Variant[] =>
  amounts.map((amount, index) => ({
    sku: `ah-${index}`,
    label: '',
    price: euros(cents(amount)),
    vatRate: 2000,
    weight: 0,
  }));

test.each([
  [2800, 'fr', '28,00\u00a0€'],
  [2800, 'en', '€28.00'],
  [123456, 'fr', '1\u202f234,56\u00a0€'],
  [5, 'fr', '0,05\u00a0€'],
  [0, 'en', '€0.00'],
] as const)('%i cents in %s is %s', (amount, locale, text) =>
  expect(formatMoney(euros(cents(amount)), locale)).toBe(text),
);

test('the lowest price speaks for the product, "from" only when prices differ', () => {
  expect(lowestPrice(variants(10400, 2800)).amount).toBe(2800);
  expect(hasSeveralPrices(variants(2800, 10400))).toBe(true);
  expect(hasSeveralPrices(variants(2800, 2800))).toBe(false);
  expect(() => lowestPrice([])).toThrow('without variants');
});
