import { expect, test } from 'vitest';
import { previewSchema } from '@comptoir/contracts';

import { absolute, draftSchema, toPreview } from './preview-draft.ts';

const api = 'http://localhost:4000';

test('an empty draft is a valid preview', () => {
  const data = toPreview(draftSchema.parse({ name: null, seo: null }), 'fr', api, [
    'Il manque un nom.',
  ]);
  expect(previewSchema.parse({ data, expiresAt: '2026-11-23T12:00:00.000Z' }).data).toMatchObject({
    name: '',
    pictures: [],
    variants: [],
    category: null,
    missing: ['Il manque un nom.'],
  });
});

test('texts are those of the language, pictures the originals', () => {
  const draft = draftSchema.parse({
    name: 'Bol',
    category: { key: 'bols', nameFr: 'Bols', nameEn: 'Bowls' },
    pictures: [
      { media: { url: '/uploads/a.png', width: 10, height: 20 }, altFr: 'bleu', altEn: 'blue' },
      { media: null, altFr: 'sans' },
    ],
    variants: [{ sku: 's-1', labelFr: 'Grand', labelEn: 'Large', price: 2800, weight: 340 }],
  });
  const english = toPreview(draft, 'en', api, []);

  expect(english.category?.name).toBe('Bowls');
  expect(english.pictures).toEqual([
    { url: `${api}/uploads/a.png`, width: 10, height: 20, alt: 'blue' },
  ]);
  expect(english.variants).toEqual([
    { sku: 's-1', label: 'Large', price: 2800, vatRate: null, weight: 340 },
  ]);
  expect(toPreview(draft, 'fr', api, []).variants[0]?.label).toBe('Grand');
});

test.each([
  ['/a.png', `${api}/a.png`],
  ['http://minio/a.png?X-Amz=1', 'http://minio/a.png?X-Amz=1'],
])('%s is %s', (url, whole) => {
  expect(absolute(url, api)).toBe(whole);
});
