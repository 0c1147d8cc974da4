import { expect, test } from 'vitest';

import { counted, countryName, inCurrency, shortDate, shortDay } from './french-format.ts';

const now = new Date('2026-11-25T12:00:00Z');

test.each([
  ['2026-11-25T13:05:00Z', 'Europe/Paris', '25 nov., 14:05'],
  ['2026-11-25T23:30:00Z', 'Europe/Paris', '26 nov., 00:30'],
  ['2025-02-01T08:00:00Z', 'Europe/Paris', '1 févr. 2025, 09:00'],
  ['2026-12-31T23:30:00Z', 'Europe/Paris', '1 janv. 2027, 00:30'],
])('%s in %s', (iso, zone, said) => expect(shortDate(iso, now, zone)).toBe(said));

test('a day', () => expect(shortDay('2026-11-25T23:30:00Z', 'Europe/Paris')).toBe('26 nov. 2026'));

test.each([
  ['FR', 'France'],
  ['BE', 'Belgique'],
  ['nowhere', 'nowhere'],
])('country %s', (code, name) => expect(countryName(code)).toBe(name));

test.each([
  [2800, 'eur', /^28,00\s€$/],
  [1234, 'usd', /^12,34\sUSD$/],
  [500, 'jpy', /^500\sJPY$/],
  [500, '??', /^5,00 \?\?$/],
])('%i %s', (amount, currency, said) => {
  expect(inCurrency(amount, currency)).toMatch(said);
});

test.each([
  [0, '0 pièce'],
  [1, '1 pièce'],
  [2, '2 pièces'],
])('%i counted', (count, said) =>
  expect(counted(count, 'pièce').replace('\u00a0', ' ')).toBe(said),
);

test('an irregular plural', () => expect(counted(2, 'colis', 'colis')).toBe('2\u00a0colis'));
