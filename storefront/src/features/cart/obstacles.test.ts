import { expect, test } from 'vitest';
import type { Locale, Quote } from '@comptoir/contracts';
import { quoteRequestSchema } from '@comptoir/contracts';

import { FixtureCheckout } from '../../../browser/fixture/fixture-checkout.ts';
import { fixtureEntries } from '../../../browser/fixture/fixture-entries.ts';
import { obstacleTexts } from './obstacles.ts';

const checkout = new FixtureCheckout(fixtureEntries);
checkout.stock.set('ah-001-4', 99);
const quoteOf = (...pieces: number[]): Quote =>
  checkout.quote(
    quoteRequestSchema.parse({
      cart: {
        lines: pieces.map((quantity, n) => ({
          sku: ['ah-001-1', 'ah-001-4', 'ah-gone'][n],
          quantity,
        })),
      },
    }),
  );
const plain = (texts: string[]): string[] => texts.map((text) => text.replace(/\s/g, ' '));

test.each<[string, number[], Locale, string[]]>([
  ['as many as an order may have', [99, 21], 'fr', []],
  [
    'one more',
    [99, 22],
    'fr',
    [
      'Une commande peut compter 120 pièces au plus, et ce panier en a 121. Retirez-en, et commandez en deux fois.',
    ],
  ],
  [
    'one more, in English',
    [99, 22],
    'en',
    [
      'An order can have at most 120 pieces, and this cart has 121. Take some out, and order in two parts.',
    ],
  ],
  ['pieces that are gone', [99, 21, 99], 'fr', []],
])('pieces of a cart: %s', (_, pieces, locale, said) =>
  expect(plain(obstacleTexts(quoteOf(...pieces), locale))).toEqual(said),
);

test.each<[Locale, string]>([
  ['fr', 'Un paiement par carte demande au moins 0,50 €. Ajoutez une pièce pour commander.'],
  ['en', 'A payment by card needs at least €0.50. Add a piece to order.'],
])('a total that no card can pay, in %s', (locale, said) =>
  expect(plain(obstacleTexts({ ...quoteOf(1), reasons: ['below-minimum'] }, locale))).toEqual([
    said,
  ]),
);
