import { expect, test } from 'vitest';
import type { CatalogueEntry, ProductBody } from '@comptoir/contracts';

import { fixtureEntries } from '../../../browser/fixture/fixture-entries.ts';
import { CatalogueReader } from '../../client/catalogue-reader.ts';
import { productLeft, stockText } from './product-stock.ts';

test.each([
  ['low', 3, 'Plus que 3 en stock', 'Only 3 left'],
  ['low', 1, 'Dernier exemplaire', 'Only one left'],
  ['low', null, 'Plus que quelques pièces', 'Only a few left'],
  ['in', null, 'En stock', 'In stock'],
  ['out', null, 'Épuisé', 'Sold out'],
] as const)('%s with %s left is said', (state, left, fr, en) =>
  expect([stockText(state, left, 'fr'), stockText(state, left, 'en')]).toEqual([fr, en]),
);

test('the number left is that of a product sold in one form; a set and a single piece do not add up', () => {
  const low = (entry: CatalogueEntry): CatalogueEntry =>
    entry.kind === 'availability' ? { ...entry, body: { state: 'low', left: 2 } } : entry;
  const entries = fixtureEntries().map(low);
  const catalogue = new CatalogueReader(
    {
      snapshot: { version: 'fixture.1', source: 'database', asOf: '2026-11-23T10:00:00Z', entries },
      formerSlugs: {},
      formerNames: {},
    },
    false,
  );
  const leftOf = (reference: string): number | null => {
    const [product] = catalogue
      .products('fr')
      .filter((body: ProductBody) => body.reference === reference);
    return product ? productLeft(product, catalogue) : NaN;
  };

  expect([leftOf('ah-004'), leftOf('ah-003')]).toEqual([2, null]);
});
