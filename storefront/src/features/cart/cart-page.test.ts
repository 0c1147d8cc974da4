import { cents, euros, quoteRequestSchema } from '@comptoir/contracts';
import type { Quote } from '@comptoir/contracts';
import { beforeEach, expect, test } from 'vitest';
import { fixtureEntries } from '../../../browser/fixture/entries.ts';
import { FixtureTill } from '../../../browser/fixture/till.ts';
import { CatalogueReader } from '../../client/catalogue-reader.ts';
import { linesOf, mayOrder, missingForFree } from './cart-page.ts';
import { readBasket } from './cookies.ts';
import type { Basket } from './cookies.ts';

const catalogue = new CatalogueReader({ snapshot: { version: 'fixture.1', source: 'database', asOf: '2026-11-23T10:00:00Z', entries: fixtureEntries() }, formerSlugs: {} }, false);
let till: FixtureTill;
beforeEach(() => { till = new FixtureTill(fixtureEntries); });
const basketOf = (panier: string, commande = ''): Basket => readBasket(new Map([['panier', panier], ['commande', commande]]));
const quoteOf = ({ cart }: Basket, more: object = {}): Quote => till.quote(quoteRequestSchema.parse({ cart, ...more }));

test('prices and states are the quote’s, names and pictures the catalogue’s', () => {
  till.stock.set('ah-002-1', 1);
  const basket = basketOf('ah-001-1*2.ah-002-1*3.ah-gone*1');
  const lines = linesOf(basket, quoteOf(basket, { promotionCode: 'MERCI10', locale: 'en' }), catalogue, 'en');
  expect(lines.map(({ name, state, available, total }) => [name, state, available, total?.amount ?? null])).toEqual([['Shore mug', 'ok', 2, 5600], ['Clay bowl', 'short', 1, 10800], ['ah-gone', 'gone', 0, null]]);
  expect(lines.map(({ slug, picture }) => [slug, picture !== null])).toEqual([['shore-mug', true], ['clay-bowl', true], [null, false]]);
});

test('without a quote the catalogue speaks alone', () => {
  expect(linesOf(basketOf('ah-001-1*2.ah-gone*1'), null, catalogue, 'fr').map(({ name, state, total }) => [name, state, total?.amount ?? null])).toEqual([['Tasse Rivage', 'ok', 5600], ['ah-gone', 'gone', null]]);
});

test.each<[string, string, string, number, boolean]>([
  ['as the quote says', 'ah-001-1*1', '', 9, true], ['not when pieces are short', 'ah-001-1*2', '', 1, false],
  ['when one’s own unpaid order may hold them', 'ah-001-1*2', 'AH-7K3M9QXT~token', 1, true], ['never with a piece that is gone', 'ah-001-1*2.ah-gone*1', 'AH-7K3M9QXT~token', 1, false],
])('ordering is offered %s', (_, panier, commande, left, expected) => {
  till.stock.set('ah-001-1', left);
  const basket = basketOf(panier, commande);
  expect(mayOrder(quoteOf(basket), basket)).toBe(expected);
});
test('nothing is offered without a quote, nor by a closed till', () => {
  const basket = basketOf('ah-001-1*1', 'AH-7K3M9QXT~token');
  till.mode = 'closed';
  expect([mayOrder(null, basket), mayOrder(quoteOf(basket), basket)]).toEqual([false, false]);
});

test.each<[string, object, string, number | null]>([
  ['what is missing', {}, 'ah-001-1*1', 5200], ['a promotion counts against it', { promotionCode: 'MERCI10' }, 'ah-001-1*1', 5480], ['nothing once it is free', {}, 'ah-001-1*3', null], ['nothing where we do not deliver', { country: 'JP' }, 'ah-001-1*1', null],
])('free delivery: %s', (_, more, panier, missing) => expect(missingForFree(quoteOf(basketOf(panier), more))).toEqual(missing === null ? null : euros(cents(missing))));
test('nothing is missing above the threshold, whatever delivery costs', () => {
  const quote = quoteOf(basketOf('ah-001-1*3'));
  expect(missingForFree({ ...quote, shipping: quote.shipping && { ...quote.shipping, free: false } })).toBeNull();
});
