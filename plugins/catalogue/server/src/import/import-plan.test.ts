import { expect, test } from 'vitest';
import { cents } from '@comptoir/contracts';

import type { CsvProduct } from '../../../csv/csv-product.ts';
import { planErrors, planImport, type PlanInput } from './import-plan.ts';
import type { StoredProduct } from './stored-products.ts';

const mug: CsvProduct = {
  reference: 'ah-001',
  name: { fr: 'Tasse', en: 'Mug' },
  slug: { fr: 'tasse', en: 'mug' },
  category: 'table',
  dimensions: { fr: '', en: '' },
  tagline: { fr: '', en: '' },
  description: { fr: '', en: '' },
  care: { fr: '', en: '' },
  pictures: [{ file: 'mug.png', alt: { fr: 'Une tasse', en: 'A mug' } }],
  variants: [
    {
      sku: 'ah-001',
      label: { fr: '', en: '' },
      price: cents(2800),
      vatRate: 2000,
      stock: 5,
      weight: 340,
    },
  ],
};
const version = (product: CsvProduct, position = 1) => ({ product, media: [7], position });
const stored = (product: CsvProduct, published = true): StoredProduct => ({
  documentId: 'doc',
  reference: product.reference,
  draft: version(product),
  published: published ? version(product) : null,
});
const input = (change: Partial<PlanInput> = {}): PlanInput => ({
  products: [mug],
  stored: [stored(mug)],
  pictures: new Map([['mug.png', { kind: 'library', id: 7 }]]),
  onHand: new Map([['ah-001', 5]]),
  stock: false,
  onlyNew: false,
  ...change,
});

test('the same file changes nothing', () => {
  expect(planImport(input())).toEqual({ products: [], stock: [], unchanged: 1 });
});

test('a new product comes last and brings its stock', () => {
  const other = {
    ...mug,
    reference: 'ah-009',
    variants: mug.variants.map((variant) => ({ ...variant, sku: 'ah-009', stock: 3 })),
  };
  const plan = planImport(input({ products: [other] }));

  expect(plan.products).toEqual([
    { product: other, documentId: null, position: 2, changes: ['new'] },
  ]);
  expect(plan.stock).toEqual([{ sku: 'ah-009', delta: 3, from: null }]);
});

test.each<[string, CsvProduct, string]>([
  [
    'a price',
    { ...mug, variants: mug.variants.map((variant) => ({ ...variant, price: cents(2900) })) },
    'variant 1',
  ],
  ['a text', { ...mug, name: { fr: 'Tasse', en: 'Cup' } }, 'nom_en: "Mug" → "Cup"'],
  ['a category', { ...mug, category: null }, 'categorie: "table" → ""'],
  [
    'an alternative text',
    { ...mug, pictures: [{ file: 'mug.png', alt: { fr: 'Une tasse', en: 'One mug' } }] },
    'image 1',
  ],
])('%s that differs is told', (_, product, told) => {
  const [step] = planImport(input({ products: [product] })).products;
  expect(step).toMatchObject({ documentId: 'doc', position: 1 });
  expect(step?.changes).toEqual([expect.stringContaining(told)]);
});

test('a picture with other content under the same name is told', () => {
  expect(
    planImport(input({ pictures: new Map([['mug.png', { kind: 'upload', path: '/x/mug.png' }]]) }))
      .products[0]?.changes,
  ).toEqual(['pictures: new content']);
});

test('a draft that was never published is published', () => {
  expect(planImport(input({ stored: [stored(mug, false)] })).products[0]?.changes).toEqual([
    'published',
  ]);
});

test('stock of known SKUs follows the file only when asked', () => {
  expect(planImport(input({ onHand: new Map([['ah-001', 9]]) })).stock).toEqual([]);
  expect(planImport(input({ onHand: new Map([['ah-001', 9]]), stock: true })).stock).toEqual([
    { sku: 'ah-001', delta: -4, from: 9 },
  ]);
});

test('a seed leaves what the shop has alone', () => {
  expect(
    planImport(
      input({
        products: [{ ...mug, name: { fr: 'Autre', en: 'Other' } }],
        onlyNew: true,
        stock: true,
        onHand: new Map(),
      }),
    ),
  ).toEqual({ products: [], stock: [], unchanged: 1 });
});

test('what the shop refuses is told with its line', () => {
  const lines = { references: new Map([['ah-009', 2]]), skus: new Map([['ah-001', 3]]) };
  const stranger = { ...mug, reference: 'ah-009' };
  const errors = planErrors(
    input({ products: [stranger], pictures: new Map([['mug.png', { kind: 'missing' }]]) }),
    lines,
    ['maison'],
  );

  expect(errors.map(({ line, column }) => [line, column])).toEqual([
    [2, 'categorie'],
    [2, 'image'],
    [3, 'sku'],
    [2, 'slug_fr'],
    [2, 'slug_en'],
  ]);
  expect(errors.map(({ message }) => message).join(' ')).toContain('known: maison');
});
