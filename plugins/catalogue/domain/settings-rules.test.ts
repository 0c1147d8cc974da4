import { expect, test } from 'vitest';

import { savedSettingsSchema, settingsProblems } from './settings-rules.ts';

const rate = { country: 'FR', price: 490, freeFrom: 8000, maxWeight: null, minDays: 2, maxDays: 3 };
const fields = (saved: object): string[] =>
  settingsProblems(savedSettingsSchema.parse(saved)).map(({ path }) => path.join('.'));

test.each<[string, object, string[]]>([
  ['nothing sent', {}, []],
  ['a real SIRET, with spaces', { siret: '732 829 320 00074' }, []],
  ['a SIRET of La Poste', { siret: '35600000000049' }, []],
  ['a wrong key', { siret: '732 829 320 00075' }, ['siret']],
  ['a SIREN instead', { siret: '732829320' }, ['siret']],
  ['a French VAT number', { vatNumber: 'FR 40 303 265 045' }, []],
  ['one of Belgium', { vatNumber: 'BE0123456789' }, []],
  ['a French one too short', { vatNumber: 'FR 40 303 265' }, ['vatNumber']],
  ['an address', { email: 'bonjour@atelier-huit.example' }, []],
  ['an address with a hidden copy', { email: 'a@b.fr?cc=x@y.fr' }, ['email']],
  ['an address without a domain', { email: 'bonjour@atelier' }, ['email']],
  ['words for a telephone', { phone: 'appelez-nous' }, ['phone']],
  ['a rate', { shipping: [rate] }, []],
  ['two weights of one country', { shipping: [{ ...rate, maxWeight: 1000 }, rate] }, []],
  ['a country twice', { shipping: [rate, { ...rate, price: 100 }] }, ['shipping.1.country']],
  ...['ZZ', 'XX', 'EU', 'fr', ''].map((country): [string, object, string[]] => [
    `${country} for a country`,
    { shipping: [{ ...rate, country }] },
    ['shipping.0.country'],
  ]),
  [
    'two ways of sending to one country',
    {
      shipping: [
        { ...rate, nameFr: 'Colissimo', nameEn: 'Colissimo' },
        { ...rate, nameFr: 'Express', nameEn: 'Express' },
      ],
    },
    [],
  ],
  [
    'one way of sending twice, typed differently',
    {
      shipping: [
        { ...rate, nameFr: 'Colissimo', nameEn: 'Colissimo' },
        { ...rate, nameFr: 'colissimo !', nameEn: 'Colissimo' },
      ],
    },
    ['shipping.1.country'],
  ],
  [
    'a way of sending named in one language',
    {
      shipping: [
        { ...rate, nameFr: 'Express', nameEn: ' ' },
        { ...rate, nameFr: '', nameEn: 'Express' },
      ],
    },
    ['shipping.0.nameEn', 'shipping.1.nameFr'],
  ],
  ['days the wrong way round', { shipping: [{ ...rate, minDays: 5 }] }, ['shipping.0.maxDays']],
  [
    'negative amounts',
    { shipping: [{ ...rate, price: -1, freeFrom: -1, maxWeight: 0 }] },
    ['shipping.0.price', 'shipping.0.freeFrom', 'shipping.0.maxWeight'],
  ],
])('%s', (_, saved, expected) => expect(fields(saved)).toEqual(expected));
