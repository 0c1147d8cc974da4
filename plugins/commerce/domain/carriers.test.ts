import { expect, test } from 'vitest';

import { carrierIn, trackingUrl } from './carriers.ts';

test.each<[carrier: string, number: string, url: string | null]>([
  [
    'Colissimo',
    '6A 1234 5678 901',
    'https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901',
  ],
  ['DPD', 'a&b=c', 'https://trace.dpd.fr/fr/trace/a%26b%3Dc'],
  ['Colissimo', '', null],
  ['Mondial Relay', '12', null],
  ['Mon cousin', '12', null],
  ['toString', '12', null],
])('%s %s is followed at %s', (carrier, number, url) =>
  expect(trackingUrl({ carrier, number })).toBe(url),
);

test.each([
  ['Chronopost, express', 'Chronopost'],
  ['colissimo, to your door', 'Colissimo'],
  ['Retrait à l’atelier', null],
  ['Pickups', null],
  ['DHL/Express', 'DHL'],
  ['', null],
])('%j is sent with %s', (delivery, carrier) => expect(carrierIn(delivery)).toBe(carrier));
