import { expect, test } from 'vitest';
import { addressLines } from './address.ts';

const address = { name: 'Marie Petit', line1: '3 rue des Lilas', line2: '', postalCode: '69003', city: 'Lyon', country: 'FR' };

test('as it stands on a parcel', () => expect(addressLines(address)).toEqual(['Marie Petit', '3 rue des Lilas', '69003 Lyon', 'FRANCE']));
test('a second line has its place; a city without postcode no blank', () => {
  expect(addressLines({ ...address, line2: 'Bâtiment B', postalCode: '', country: 'IE' })).toEqual(['Marie Petit', '3 rue des Lilas', 'Bâtiment B', 'Lyon', 'IRLANDE']);
});
