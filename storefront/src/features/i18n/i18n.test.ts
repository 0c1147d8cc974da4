import { expect, test } from 'vitest';
import { LOCALES } from '@comptoir/contracts';

import { en } from './en.ts';
import { fr } from './fr.ts';
import { localeOf, routes } from './page-routes.ts';
import { translator } from './texts.ts';

test.each([
  [routes.home('fr'), '/'],
  [routes.home('en'), '/en'],
  [routes.product('fr', 'tasse-rivage'), '/produits/tasse-rivage'],
  [routes.product('en', 'shore-mug'), '/en/products/shore-mug'],
  [routes.category('fr', 'table'), '/categories/table'],
  [routes.category('en', 'table'), '/en/categories/table'],
  [routes.page('en', 'workshop'), '/en/pages/workshop'],
  [routes.preview('a/b'), '/apercu/a%2Fb'],
])('address %s', (made, wanted) => expect(made).toBe(wanted));

test.each([
  ['/', 'fr'],
  ['/en', 'en'],
  ['/en/products', 'en'],
  ['/entretien', 'fr'],
  ['/produits/en', 'fr'],
])('%s is %s', (path, locale) => expect(localeOf(path)).toBe(locale));

test('both languages have the same texts with the same placeholders', () => {
  const holes = (text: string): string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
  expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
  for (const key of Object.keys(fr) as (keyof typeof fr)[])
    expect(holes(en[key]), key).toEqual(holes(fr[key]));
});

test('values are filled in, and French punctuation keeps its no-break space', () => {
  expect(translator('fr')('product.from', { price: '28,00 €' })).toBe('dès 28,00 €');
  expect(translator('fr')('product.choose')).toBe('Combien\u202f?');
  for (const locale of LOCALES)
    expect(translator(locale)('product.number', { number: 3 })).toContain('\u00a03');
});
