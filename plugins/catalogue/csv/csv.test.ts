import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cents } from '@comptoir/contracts';

import { VAT_RATES } from '../domain/vat-rates.ts';
import { formatPrice, formatVatRate, parseCount, parsePrice, parseVatRate } from './amounts.ts';
import {
  type CsvProduct,
  englishDimensions,
  readCatalogueCsv,
  writeCatalogueCsv,
} from './index.ts';

const SEED = readFileSync(new URL('../../../infra/seed/produits.csv', import.meta.url), 'utf-8');

function productsOf(text: string): CsvProduct[] {
  const read = readCatalogueCsv(text);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.products;
}

describe('the shipped catalogue', () => {
  test('is eight products', () => {
    const products = productsOf(SEED);

    expect(products.map((product) => product.reference)).toEqual([
      'ah-001',
      'ah-002',
      'ah-003',
      'ah-004',
      'ah-005',
      'ah-006',
      'ah-007',
      'ah-008',
    ]);
    expect(products[0]?.variants[1]).toEqual({
      sku: 'ah-001-4',
      label: { fr: 'Lot de quatre', en: 'Set of four' },
      price: 10_400,
      vatRate: 2000,
      stock: 9,
      weight: 1420,
    });
    expect(products[0]?.dimensions).toEqual({
      fr: 'Ø 8,6 × H 9,2 cm, 32 cl',
      en: 'Ø 8.6 × H 9.2 cm, 32 cl',
    });
    expect(products[3]?.pictures[1]).toEqual({
      file: 'ah-004-detail.png',
      alt: { fr: 'Vase Canyon, vue de plus près', en: 'Canyon vase, a closer view' },
    });
  });

  test('is written byte for byte as it was read', () => {
    expect(writeCatalogueCsv(productsOf(SEED))).toBe(SEED);
  });
});

describe('the same catalogue in other clothes', () => {
  const withCommas = (text: string): string =>
    text
      .replace(
        /"((?:[^"]|"")*)"|([^;\n]+)/g,
        (_, quoted: string | undefined, bare: string | undefined) =>
          `"${quoted ?? (bare ?? '').replace(/"/g, '""')}"`,
      )
      .replace(/"(;)/g, '",')
      .replace(/;(?=[;"])/g, ',');

  test.each([
    ['a byte order mark', `\uFEFF${SEED}`],
    ['Windows line ends', SEED.replaceAll('\n', '\r\n')],
    ['old Mac line ends', SEED.replaceAll('\n', '\r')],
    ['no last line end', SEED.trimEnd()],
    ['empty lines', SEED.replaceAll('\n', '\n\n')],
    ['lines of separators only', `${SEED};;;;;\n;;;\n`],
    ['decimal points', SEED.replace(/;(\d+),(\d\d);/g, ';$1.$2;')],
    ['commas between cells', withCommas(SEED)],
    ['capitals in the header', SEED.replace('nom_fr', 'Nom_FR')],
    ['spaces around numbers', SEED.replaceAll(';28,00;20;', '; 28,00 ; 20 ;')],
    ['empty cells too many', SEED.replaceAll('\n', ';;\n').replace(';;\n', '\n')],
  ])('%s', (_, text) => {
    expect(productsOf(text)).toEqual(productsOf(SEED));
  });
});

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const key = fc.tuple(word, word).map(([one, other]) => `${one}-${other}`);
const line = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replace(/[\u0000-\u001f\u007f]/g, '').trim());
const someLine = line.filter((text) => text !== '');
const prose = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', ';', ',', '"', '\n', "'", '=', '€', '\u202F', '🏺', '#'),
  maxLength: 60,
});
const both = (texts: fc.Arbitrary<string>) => fc.record({ fr: texts, en: texts });
const picture = fc.record({ file: key.map((name) => `${name}.png`), alt: both(someLine) });
const variant = fc.record({
  sku: key,
  label: both(someLine),
  price: fc.integer({ min: 1, max: 99_999_999 }).map(cents),
  vatRate: fc.constantFrom(...VAT_RATES.map(({ basisPoints }) => basisPoints)),
  stock: fc.nat({ max: 100_000 }),
  weight: fc.nat({ max: 100_000 }),
});
const product: fc.Arbitrary<CsvProduct> = fc.record({
  reference: key,
  name: both(someLine),
  slug: both(key),
  category: fc.option(key),
  tagline: both(line),
  description: both(prose),
  care: both(prose),
  dimensions: fc
    .tuple(line, fc.option(someLine))
    .map(([fr, en]) => ({ fr, en: en ?? englishDimensions(fr) })),
  pictures: fc.array(picture, { minLength: 1, maxLength: 5 }),
  variants: fc.array(variant, { minLength: 1, maxLength: 4 }),
});
/** Numbered afterwards: what must be unique is. */
const catalogue = fc.array(product, { maxLength: 6 }).map((products) =>
  products.map((each, nth): CsvProduct => ({
    ...each,
    reference: `${each.reference}-${nth}`,
    slug: { fr: `${each.slug.fr}-${nth}`, en: `${each.slug.en}-${nth}` },
    variants: each.variants.map((one, index) => ({ ...one, sku: `${one.sku}-${nth}-${index}` })),
  })),
);

describe('any catalogue', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(catalogue, (products) => {
        expect(productsOf(writeCatalogueCsv(products))).toEqual(products);
      }),
      { numRuns: 300 },
    );
  });

  test('is written the same after it was read', () => {
    fc.assert(
      fc.property(catalogue, (products) => {
        const text = writeCatalogueCsv(products);
        expect(writeCatalogueCsv(productsOf(text))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test('a damaged file is an answer, never an exception', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: SEED.length }),
        fc.nat({ max: 40 }),
        fc.string({ unit: 'binary', maxLength: 5 }),
        (at, drop, put) => {
          const read = readCatalogueCsv(SEED.slice(0, at) + put + SEED.slice(at + drop));
          if (!read.ok)
            for (const error of read.errors)
              expect(error).toEqual({
                line: expect.any(Number),
                column: expect.any(String),
                message: expect.stringMatching(/./),
              });
        },
      ),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['28,00', 2800],
  ['28', 2800],
  ['28.5', 2850],
  ['0,01', 1],
  ['9999999,99', 999_999_999],
  ['1,10', 110],
  ['0', null],
  ['0,00', null],
  ['-1', null],
  ['28,001', null],
  ['1 234,00', null],
  ['1.234,00', null],
  ['28 €', null],
  ['1e3', null],
  ['', null],
  ['٣', null],
])('price %j is %j cents', (text, expected) => {
  expect(parsePrice(text)).toBe(expected);
});

test.each([
  ['20', 2000],
  ['5,5', 550],
  ['5.5', 550],
  ['2,1', 210],
  ['0', 0],
  ['100', 10_000],
  ['100,01', null],
  ['20 %', null],
  ['', null],
])('VAT %j is %j basis points', (text, expected) => {
  expect(parseVatRate(text)).toBe(expected);
});

test('amounts are written as they are read', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999_999 }),
      (amount) => parsePrice(formatPrice(cents(amount))) === amount,
    ),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      (rate) => parseVatRate(formatVatRate(rate)) === rate,
    ),
  );

  expect([
    formatPrice(cents(5)),
    formatPrice(cents(2800)),
    formatVatRate(550),
    formatVatRate(2000),
    formatVatRate(5),
  ]).toEqual(['0,05', '28,00', '5,5', '20', '0,05']);
  expect([
    parseCount('0'),
    parseCount('12'),
    parseCount('-1'),
    parseCount('1,5'),
    parseCount('1e9'),
  ]).toEqual([0, 12, null, null, null]);
});
