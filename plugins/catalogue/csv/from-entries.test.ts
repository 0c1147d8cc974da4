import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import {
  catalogueCsvPieces,
  productsOfEntries,
  readCatalogueCsv,
  writeCatalogueCsv,
} from './index.ts';
import { seedEntries } from './seed-entries.ts';

const seed = fileURLToPath(new URL('../../../infra/seed', import.meta.url));
const shipped = readCatalogueCsv(readFileSync(`${seed}/produits.csv`, 'utf8'));
const entries = seedEntries(seed);

test('is the shipped file but for stock and the names of pictures', () => {
  if (!shipped.ok) throw new Error('the shipped file is refused');
  const known = shipped.products.map((product) => ({
    ...product,
    pictures: product.pictures.map(({ alt }) => ({ file: '', alt })),
    variants: product.variants.map((variant) => ({ ...variant, stock: null })),
  }));
  expect(writeCatalogueCsv(productsOfEntries(entries.toReversed()))).toBe(writeCatalogueCsv(known));
});

test('a language that is not published is blank, and nothing is made up for it', () => {
  const [product] = productsOfEntries(
    entries.filter(({ key, locale }) => key === 'ah-004' && locale === 'fr'),
  );

  expect(product).toMatchObject({
    name: { fr: 'Vase Canyon', en: '' },
    care: { en: '' },
    variants: [{ stock: null, label: { en: '' } }],
  });
  expect(product?.pictures[0]).toMatchObject({ file: '', alt: { en: '' } });
  expect(writeCatalogueCsv(product ? [product] : [])).not.toContain('dimensions_en');
  expect(productsOfEntries(entries.filter(({ kind }) => kind !== 'product'))).toEqual([]);
});

test('a big catalogue is written in pieces that make one file', () => {
  const [first] = productsOfEntries(entries);
  if (!first) throw new Error('no product');
  const many = Array.from({ length: 120 }, (_, n) => ({ ...first, reference: `p-${n}` }));
  const pieces = [...catalogueCsvPieces(many)];

  expect(pieces).toHaveLength(4);
  expect(pieces.join('').trimEnd().split('\n')).toHaveLength(1 + 120 * first.variants.length);
});
