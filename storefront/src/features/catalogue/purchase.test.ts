import { expect, test } from 'vitest';
import type { SettingsBody, ShippingRate, Variant } from '@comptoir/contracts';
import { cents, euros } from '@comptoir/contracts';

import { fixtureEntries } from '../../../browser/fixture/fixture-entries.ts';
import { deliverySentence } from './purchase.ts';

const rate = (
  country: string,
  amount: number,
  maxWeight: number | null,
  freeFrom: number | null = null,
): ShippingRate => ({
  country,
  method: 'standard',
  name: '',
  price: euros(cents(amount)),
  maxWeight,
  freeFrom: freeFrom === null ? null : euros(cents(freeFrom)),
  minDays: 2,
  maxDays: 3,
});
const weighing = (...grams: number[]): Variant[] =>
  grams.map((weight, index) => ({
    sku: `ah-${index}`,
    label: '',
    price: euros(cents(2800)),
    vatRate: 2000,
    weight,
  }));
const settings = (shipping: ShippingRate[]): SettingsBody => {
  const entry = fixtureEntries().find(({ kind }) => kind === 'settings');
  if (entry?.kind !== 'settings') throw new Error('the fixture has no settings');
  return { ...entry.body, shipping };
};
const light = rate('FR', 490, 1000, 8000);
const heavy = rate('FR', 990, 5000, 8000);

test.each<[string, ShippingRate[], Variant[], string]>([
  [
    'the only rate',
    [rate('BE', 790, null), rate('FR', 490, null)],
    weighing(300),
    'Delivery in France €4.90.',
  ],
  [
    'the rate for its weight, whatever the order',
    [light, heavy],
    weighing(3000),
    'Delivery in France €9.90, free from €80.00.',
  ],
  [
    'the closest limit',
    [rate('FR', 1500, null), heavy, light],
    weighing(1000),
    'Delivery in France €4.90, free from €80.00.',
  ],
  [
    'no limit when nothing else fits',
    [light, rate('FR', 1500, null)],
    weighing(9000),
    'Delivery in France €15.00.',
  ],
  [
    'variants of several weights',
    [heavy, light],
    weighing(300, 3000),
    'Delivery in France from €4.90, free from €80.00.',
  ],
  [
    'variants that are free from other totals',
    [light, rate('FR', 990, null)],
    weighing(300, 3000),
    'Delivery in France from €4.90.',
  ],
  [
    'a variant that no rate takes',
    [light],
    weighing(300, 3000),
    'Delivery in France from €4.90, free from €80.00.',
  ],
  ['too heavy for every rate', [light, heavy], weighing(6000), 'delivery not included.'],
  ['no rate for France', [rate('BE', 790, null)], weighing(300), 'delivery not included.'],
])('%s', (_, shipping, variants, sentence) =>
  expect(deliverySentence(settings(shipping), variants, 'en')).toMatch(
    new RegExp(`^VAT included[,.] ${sentence}$`),
  ),
);

test('unknown settings promise nothing', () =>
  expect(deliverySentence(null, weighing(300), 'fr')).toBe('TVA comprise, hors livraison.'));
