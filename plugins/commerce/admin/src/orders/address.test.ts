import { expect, test } from 'vitest';

import { cents } from '../../../domain/cents.ts';
import { addressLines, addressRequest, mustAskAddress } from './address.ts';

const address = {
  name: 'Marie Petit',
  line1: '3 rue des Lilas',
  line2: '',
  postalCode: '69003',
  city: 'Lyon',
  country: 'FR',
};

test('as it stands on a parcel', () =>
  expect(addressLines(address)).toEqual([
    'Marie Petit',
    '3 rue des Lilas',
    '69003 Lyon',
    'FRANCE',
  ]));

test('a second line has its place; a city without postcode no blank', () => {
  expect(addressLines({ ...address, line2: 'Bâtiment B', postalCode: '', country: 'IE' })).toEqual([
    'Marie Petit',
    '3 rue des Lilas',
    'Bâtiment B',
    'Lyon',
    'IRLANDE',
  ]);
});

test('only of an order of nothing nobody has asked it', () => {
  expect([
    mustAskAddress({ address: null, total: cents(0) }),
    mustAskAddress({ address: null, total: cents(1) }),
    mustAskAddress({ address, total: cents(0) }),
  ]).toEqual([true, false, false]);
});

test('is asked for by a mail in the language of its buyer', () => {
  const order = { email: 'ana@example.fr', number: 'AH-00000001' };
  expect(addressRequest({ ...order, locale: 'fr' })).toMatch(
    /^mailto:ana@example\.fr\?subject=Commande%20AH-00000001%20%3A%20votre%20adresse.*&body=Bonjour/,
  );
  expect(addressRequest({ ...order, locale: 'en' })).toMatch(
    /^mailto:ana@example\.fr\?subject=Order%20AH-00000001.*&body=Hello/,
  );
});
