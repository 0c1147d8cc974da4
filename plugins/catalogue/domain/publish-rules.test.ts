import { describe, expect, test } from 'vitest';

import { type ProductDocument, productDocumentSchema } from './document-schemas.ts';
import {
  categoryProblems,
  identityProblem,
  NOTHING_TAKEN,
  pageProblems,
  productProblems,
  type TakenNames,
} from './publish-rules.ts';

const facts = { hash: 'a'.repeat(32), width: 800, height: 600, widths: [320, 640] };
const variant = {
  sku: 'ah-009-1',
  labelFr: '',
  labelEn: '',
  price: 2800,
  vatRate: 2000,
  weight: 300,
};
const picture = { facts, hasMedia: true, altFr: 'Une tasse', altEn: 'A mug' };
const complete: ProductDocument = productDocumentSchema.parse({
  reference: 'ah-009',
  position: 1,
  name: 'Tasse',
  slug: 'tasse',
  pictures: [picture],
  variants: [variant],
});
const both = (change: Partial<ProductDocument>) => ({
  fr: { ...complete, ...change },
  en: { ...complete, ...change },
});
const taken = (change: Partial<TakenNames>): TakenNames => ({ ...NOTHING_TAKEN, ...change });

test('a complete product is not refused', () => {
  expect(productProblems(both({}))).toEqual([]);
});

test.each<[what: string, change: Partial<ProductDocument>, path: string, message: RegExp]>([
  ['no variant', { variants: [] }, 'variants', /pas de prix/],
  ['no price', { variants: [{ ...variant, price: null }] }, 'variants.0.price', /prix .* manque/],
  ['price zero', { variants: [{ ...variant, price: 0 }] }, 'variants.0.price', /supérieur à zéro/],
  [
    'price below zero',
    { variants: [{ ...variant, price: -1 }] },
    'variants.0.price',
    /supérieur à zéro/,
  ],
  [
    'no VAT rate',
    { variants: [{ ...variant, vatRate: null }] },
    'variants.0.vatRate',
    /TVA .* manque/,
  ],
  [
    'VAT above 100 %',
    { variants: [{ ...variant, vatRate: 10_001 }] },
    'variants.0.vatRate',
    /entre 0 et 100/,
  ],
  ['no SKU', { variants: [{ ...variant, sku: '' }] }, 'variants.0.sku', /SKU .* manque/],
  [
    'malformed SKU',
    { variants: [{ ...variant, sku: 'AH 9' }] },
    'variants.0.sku',
    /« AH 9 » n’est pas valable/,
  ],
  ['a SKU twice', { variants: [variant, variant] }, 'variants.1.sku', /deux fois/],
  ['no picture', { pictures: [] }, 'pictures', /pas d’image/],
  [
    'a picture without file',
    { pictures: [picture, { ...picture, hasMedia: false }] },
    'pictures.1.media',
    /L’image 2 est vide/,
  ],
  [
    'a picture not processed',
    { pictures: [{ ...picture, facts: null }] },
    'pictures.0.media',
    /pas prête/,
  ],
  [
    'no French alternative',
    { pictures: [{ ...picture, altFr: '' }] },
    'pictures.0.altFr',
    /en français de l’image 1 manque/,
  ],
  [
    'no English alternative',
    { pictures: [{ ...picture, altEn: '' }] },
    'pictures.0.altEn',
    /en anglais de l’image 1 manque/,
  ],
  ['no reference', { reference: '' }, 'reference', /référence manque/],
  ['malformed reference', { reference: 'AH_9' }, 'reference', /n’est pas valable/],
  ['reserved reference', { reference: 'instantane' }, 'reference', /réservée/],
])('%s', (_what, change, path, message) => {
  const found = productProblems(both(change)).map((problem) => ({
    path: problem.path.join('.'),
    message: problem.message,
  }));
  expect(found).toEqual([{ path, message: expect.stringMatching(message) }]);
});

test.each<[what: string, holders: Partial<TakenNames>, path: string, message: RegExp]>([
  [
    'reference of another product',
    { reference: true },
    'reference',
    /déjà celle d’un autre produit/,
  ],
  [
    'SKU of another product',
    { skus: new Map([['ah-009-1', 'ah-001']]) },
    'variants.0.sku',
    /déjà celui du produit « ah-001 »/,
  ],
  [
    'French address taken',
    { slugs: { fr: 'ah-001' } },
    'slug',
    /en français est déjà prise par « ah-001 »/,
  ],
])('%s', (_what, holders, path, message) => {
  expect(
    productProblems(both({}), taken(holders)).map((problem) => [
      problem.path.join('.'),
      problem.message,
    ]),
  ).toEqual([[path, expect.stringMatching(message)]]);
});

describe('languages', () => {
  test.each([
    ['en', 'anglaise'],
    ['fr', 'française'],
  ] as const)('the missing %s version is named', (missing, name) => {
    const versions = { ...both({}), [missing]: undefined };
    expect(productProblems(versions).map(({ message }) => message)).toEqual([
      expect.stringContaining(`version ${name} manque`),
    ]);
    expect(
      pageProblems({
        [missing === 'fr' ? 'en' : 'fr']: {
          key: 'about',
          position: 1,
          slug: 'a',
          title: 'A',
          body: '',
          seo: null,
        },
      }).map(({ message }) => message),
    ).toEqual([expect.stringContaining(`version ${name} manque`)]);
  });

  test('a text missing in one language names it', () => {
    expect(
      productProblems({ ...both({}), en: { ...complete, name: '', slug: 'Mug!' } }).map(
        ({ message }) => message,
      ),
    ).toEqual([
      expect.stringMatching(/nom manque en anglais/),
      expect.stringMatching(/« Mug! » en anglais n’est pas valable/),
    ]);
  });
});

test.each([
  ['ah-001', 'ah-002', true],
  ['ah-001', '', true],
  ['ah-001', 'ah-001', false],
  ['ah-001', undefined, false],
  ['', 'ah-001', false],
] as const)('reference %o to %o: refused %o', (before, after, refused) => {
  expect(identityProblem('reference', before, after) !== null).toBe(refused);
});

describe('a category', () => {
  const others = [{ key: 'table', slugFr: 'table', slugEn: 'tableware' }];

  test.each<[string, object, string[]]>([
    ['of its own', { key: 'maison', slugFr: 'maison', slugEn: 'home' }, []],
    ['of which only the description is sent', {}, []],
    ['with words for a code', { key: 'Art de la table' }, ['key']],
    ['without a code', { key: '' }, ['key']],
    ['with a code that is taken', { key: 'table' }, ['key']],
    [
      'with addresses that are taken',
      { slugFr: 'table', slugEn: 'tableware' },
      ['slugFr', 'slugEn'],
    ],
    ['with an address that is taken in the other language only', { slugFr: 'tableware' }, []],
    ['with an address in capitals', { slugEn: 'Home' }, ['slugEn']],
    ['without an address', { slugFr: null }, ['slugFr']],
  ])('%s', (_, saved, fields) =>
    expect(categoryProblems(saved, others).map(({ path }) => path[0])).toEqual(fields),
  );
});
