import { expect, test } from 'vitest';

import {
  categoryDocumentSchema,
  type ProductDocument,
  productDocumentSchema,
  settingsDocumentSchema,
} from './document-schemas.ts';
import { projectCategory, projectProduct, projectSettings } from './projection.ts';

const facts = { hash: 'a'.repeat(32), width: 800, height: 600, widths: [320, 640] };
const product = (change: Record<string, unknown> = {}): ProductDocument =>
  productDocumentSchema.parse({
    reference: 'ah-009',
    position: 3,
    name: 'Tasse',
    slug: 'tasse',
    category: { key: 'table' },
    pictures: [{ facts, hasMedia: true, altFr: 'Une tasse', altEn: 'A mug' }],
    variants: [
      {
        sku: 'ah-009-1',
        labelFr: 'Seule',
        labelEn: 'Single',
        price: 2800,
        vatRate: 2000,
        weight: null,
      },
    ],
    ...change,
  });

test('a product in both languages', () => {
  const projection = projectProduct({ fr: product(), en: product({ name: 'Mug', slug: 'mug' }) });
  const shared = {
    reference: 'ah-009',
    position: 3,
    category: 'table',
    slugs: { fr: 'tasse', en: 'mug' },
  };
  expect(projection).toMatchObject({
    ok: true,
    entries: [
      {
        kind: 'product',
        key: 'ah-009',
        locale: 'fr',
        body: {
          ...shared,
          name: 'Tasse',
          slug: 'tasse',
          pictures: [{ ...facts, alt: 'Une tasse' }],
          variants: [{ label: 'Seule', price: { amount: 2800, currency: 'EUR' }, weight: 0 }],
        },
      },
      {
        locale: 'en',
        body: {
          ...shared,
          name: 'Mug',
          slug: 'mug',
          pictures: [{ alt: 'A mug' }],
          variants: [{ label: 'Single' }],
        },
      },
    ],
  });
});

test('shared fields come from the French version, so that prices never differ', () => {
  const dearer = product({
    variants: [{ sku: 'ah-009-1', price: 9900, vatRate: 2000, weight: 1 }],
  });
  expect(projectProduct({ fr: product(), en: dearer })).toMatchObject({
    entries: [{}, { body: { variants: [{ price: { amount: 2800 } }] } }],
  });
});

test.each([
  ['a missing language', { fr: product() }, /English version is missing/],
  ['a picture without renditions', { fr: product({ pictures: [] }), en: product() }, /pictures/],
  [
    'a missing price',
    {
      fr: product({ variants: [{ sku: 'ah-009-1', price: null, vatRate: 2000, weight: 1 }] }),
      en: product(),
    },
    /price/,
  ],
])('%s is never shown', (_what, versions, problem) => {
  expect(projectProduct(versions)).toEqual({
    ok: false,
    problems: expect.arrayContaining([expect.stringMatching(problem)]),
  });
});

test('a category without English address is never shown', () => {
  const category = {
    key: 'table',
    position: null,
    nameFr: 'Table',
    nameEn: 'Table',
    slugFr: 'table',
    slugEn: 'table',
  };
  expect(projectCategory(categoryDocumentSchema.parse(category))).toMatchObject({
    ok: true,
    entries: [{ body: { position: 0 } }, {}],
  });
  expect(projectCategory(categoryDocumentSchema.parse({ ...category, slugEn: '' })).ok).toBe(false);
});

test('settings, with shipping in cents', () => {
  const settings = settingsDocumentSchema.parse({
    name: 'Atelier',
    noticeFr: 'Bonjour',
    noticeEn: 'Hello',
    homeFacts: null,
    shipping: [
      {
        country: 'FR',
        nameFr: 'Colissimo, à domicile',
        nameEn: 'Colissimo, to your door',
        price: 490,
        freeFrom: null,
        maxWeight: null,
        minDays: 2,
        maxDays: 3,
      },
    ],
  });
  expect(projectSettings(settings)).toMatchObject({
    ok: true,
    entries: [
      {
        key: 'shop',
        locale: 'fr',
        body: {
          notice: 'Bonjour',
          open: true,
          shipping: [
            {
              method: 'colissimo-a-domicile',
              name: 'Colissimo, à domicile',
              price: { amount: 490 },
              freeFrom: null,
            },
          ],
        },
      },
      {
        locale: 'en',
        body: {
          notice: 'Hello',
          shipping: [{ method: 'colissimo-a-domicile', name: 'Colissimo, to your door' }],
        },
      },
    ],
  });
});
