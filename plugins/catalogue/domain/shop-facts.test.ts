import { expect, test } from 'vitest';
import { cents, euros, settingsBodySchema } from '@comptoir/contracts';

import { fillShopFacts } from './shop-facts.ts';

const settings = settingsBodySchema.parse({
  name: 'Atelier',
  legalName: '',
  address: { street: '1 rue', postalCode: '26220', city: 'Dieulefit', country: '' },
  siret: '123',
  vatNumber: 'FR1',
  email: 'a@b.example',
  phone: '+33',
  shipping: [
    {
      country: 'DE',
      method: 'standard',
      name: '',
      price: euros(cents(890)),
      freeFrom: null,
      maxWeight: 5000,
      minDays: 3,
      maxDays: 3,
    },
  ],
  deliveryTime: 'Vite.',
  notice: '',
  open: true,
  home: { title: '', text: '', picture: null, storyTitle: '', storyText: '' },
});

test.each([
  ['SIRET {{siret}}', 'SIRET 123'],
  ['{{ SIRET }}', '123'],
  ['{{raison sociale}}', 'Atelier'],
  ['{{adresse}}', '1 rue, 26220 Dieulefit'],
  ['[écrire](mailto:{{courriel}})', '[écrire](mailto:a@b.example)'],
  ['{{sirte}} {siret} {{}}', '{{sirte}} {siret} {{}}'],
  ['{{constructor}}', '{{constructor}}'],
])('%j becomes %j', (text, expected) => {
  expect(fillShopFacts(text, settings, 'fr')).toBe(expected);
});

test.each([
  ['fr', '| 1\u00A0jour ouvré |'],
  ['en', '| 1 working day |'],
] as const)('a single day is singular: %s', (locale, words) => {
  const tomorrow = {
    ...settings,
    shipping: settings.shipping.map((rate) => ({ ...rate, minDays: 1, maxDays: 1 })),
  };
  expect(fillShopFacts('{{tarifs de livraison}}', tomorrow, locale)).toContain(words);
});

test("rates become a table in the page's language", () => {
  expect(fillShopFacts('{{tarifs de livraison}}', settings, 'en')).toBe(
    '| Country | Rate | Free from | Time |\n| --- | --- | --- | --- |\n| Germany (up to 5 kg) | €8.90 | – | 3 working days |',
  );
});
