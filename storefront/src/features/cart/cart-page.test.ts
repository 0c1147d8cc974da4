import { beforeEach, expect, test } from 'vitest';
import type { Quote } from '@comptoir/contracts';
import { cents, euros, quoteRequestSchema } from '@comptoir/contracts';

import { FixtureCheckout } from '../../../browser/fixture/fixture-checkout.ts';
import { fixtureEntries } from '../../../browser/fixture/fixture-entries.ts';
import { CatalogueReader } from '../../client/catalogue-reader.ts';
import type { CatalogueState } from '../../client/catalogue-state.ts';
import { applyDelta } from '../../client/catalogue-state.ts';
import type { Basket } from './basket-cookies.ts';
import { readBasket } from './basket-cookies.ts';
import { linesOf, mayOrder, missingForFree } from './cart-page.ts';
import { codeProblem } from './code-problem.ts';

const entries = fixtureEntries();
const known: CatalogueState = {
  snapshot: { version: 'fixture.1', source: 'database', asOf: '2026-11-23T10:00:00Z', entries },
  formerSlugs: {},
  formerNames: {},
};
const catalogue = new CatalogueReader(known, false);
let checkout: FixtureCheckout;
beforeEach(() => {
  checkout = new FixtureCheckout(fixtureEntries);
});
const basketOf = (panier: string, commande = ''): Basket =>
  readBasket(
    new Map([
      ['panier', panier],
      ['commande', commande],
    ]),
  );
const quoteOf = ({ cart }: Basket, more: object = {}): Quote =>
  checkout.quote(quoteRequestSchema.parse({ cart, ...more }));

test('prices and states are the quote’s, names and pictures the catalogue’s', () => {
  checkout.stock.set('ah-002-1', 1);
  const basket = basketOf('ah-001-1*2.ah-002-1*3.ah-gone*1');
  const lines = linesOf(
    basket,
    quoteOf(basket, { promotionCode: 'MERCI10', locale: 'en' }),
    catalogue,
    'en',
  );

  expect(
    lines.map(({ name, state, available, total }) => [
      name,
      state,
      available,
      total?.amount ?? null,
    ]),
  ).toEqual([
    ['Shore mug', 'ok', 2, 5600],
    ['Clay bowl', 'short', 1, 10800],
    ['A piece that is no longer on sale', 'gone', 0, null],
  ]);
  expect(lines.map(({ slug, picture }) => [slug, picture !== null])).toEqual([
    ['shore-mug', true],
    ['clay-bowl', true],
    [null, false],
  ]);
});

test('without a quote the catalogue speaks alone', () => {
  expect(
    linesOf(basketOf('ah-001-1*2.ah-gone*1'), null, catalogue, 'fr').map(
      ({ name, state, total }) => [name, state, total?.amount ?? null],
    ),
  ).toEqual([
    ['Tasse Rivage', 'ok', 5600],
    ['Une pièce qui n’est plus en vente', 'gone', null],
  ]);
});

test('a piece that left the catalogue keeps the name it had', () => {
  const changed = entries
    .filter(({ kind }) => kind === 'product')
    .flatMap((entry) =>
      entry.kind === 'product' && entry.key === 'ah-001'
        ? [{ ...entry, body: { ...entry.body, variants: entry.body.variants.slice(1) } }]
        : [],
    );
  const withdrawn = [{ kind: 'product', key: 'ah-002', locale: 'fr' }] as const;
  const { state } = applyDelta(known, {
    version: 'fixture.2',
    source: 'database',
    asOf: known.snapshot.asOf,
    changed,
    withdrawn: [...withdrawn],
  });
  const shown = linesOf(
    basketOf('ah-001-1*1.ah-001-4*1.ah-002-1*1'),
    null,
    new CatalogueReader(state, false),
    'fr',
  );

  expect(
    shown.map(({ name, label, state: condition, slug }) => [name, label, condition, slug]),
  ).toEqual([
    ['Tasse Rivage', 'À l’unité', 'gone', null],
    ['Tasse Rivage', 'Lot de quatre', 'ok', 'tasse-rivage'],
    ['Bol Argile', 'À l’unité', 'gone', null],
  ]);
});

test('names of the quote get their French typography', () => {
  const basket = basketOf('ah-001-1*1');
  const quote = quoteOf(basket);

  expect(
    linesOf(
      basket,
      { ...quote, lines: quote.lines.map((line) => ({ ...line, label: "À l'unité" })) },
      catalogue,
      'fr',
    ).map(({ label }) => label),
  ).toEqual(['À l’unité']);
});

test.each<[string, Partial<Quote>, string | null]>([
  ['nothing is wrong', {}, null],
  [
    'the shop does not know it',
    { promotionProblem: 'unknown' },
    'Nous ne connaissons pas ce code. Vérifiez-le, ou retirez-le.',
  ],
  [
    'the cart is too small',
    { promotionProblem: 'minimum', promotionMinimum: euros(cents(5000)) },
    'Ce code vaut à partir de 50,00 € de pièces : il manque 22,00 €.',
  ],
  [
    'the cart is too small, by an amount that was not told',
    { promotionProblem: 'minimum' },
    'Ce code demande un panier plus grand.',
  ],
])('a code when %s', (_, more, said) =>
  expect(
    codeProblem({ ...quoteOf(basketOf('ah-001-1*1')), ...more }, 'fr')?.replace(/\s/g, ' ') ?? null,
  ).toBe(said),
);

test.each<[string, string, string, number, boolean]>([
  ['as the quote says', 'ah-001-1*1', '', 9, true],
  ['not when pieces are short', 'ah-001-1*2', '', 1, false],
  ['when one’s own unpaid order may hold them', 'ah-001-1*2', 'AH-7K3M9QXT~token', 1, true],
  ['never with a piece that is gone', 'ah-001-1*2.ah-gone*1', 'AH-7K3M9QXT~token', 1, false],
])('ordering is offered %s', (_, panier, commande, left, expected) => {
  checkout.stock.set('ah-001-1', left);
  const basket = basketOf(panier, commande);
  expect(mayOrder(quoteOf(basket), basket)).toBe(expected);
});
test('nothing is offered without a quote, nor by a closed checkout', () => {
  const basket = basketOf('ah-001-1*1', 'AH-7K3M9QXT~token');
  checkout.mode = 'closed';
  expect([mayOrder(null, basket), mayOrder(quoteOf(basket), basket)]).toEqual([false, false]);
});

test.each<[string, object, string, number | null]>([
  ['what is missing', {}, 'ah-001-1*1', 5200],
  ['a promotion counts against it', { promotionCode: 'MERCI10' }, 'ah-001-1*1', 5480],
  ['nothing once it is free', {}, 'ah-001-1*3', null],
  ['nothing where we do not deliver', { country: 'JP' }, 'ah-001-1*1', null],
])('free delivery: %s', (_, more, panier, missing) =>
  expect(missingForFree(quoteOf(basketOf(panier), more))).toEqual(
    missing === null ? null : euros(cents(missing)),
  ),
);
test('nothing is missing above the threshold, whatever delivery costs', () => {
  const quote = quoteOf(basketOf('ah-001-1*3'));
  expect(
    missingForFree({ ...quote, shipping: quote.shipping && { ...quote.shipping, free: false } }),
  ).toBeNull();
});
