import { describe, expect, test } from 'vitest';

import {
  type EuroRefusal,
  euroRefusalText,
  formatEuro,
  formatEuroInput,
  MAX_PRICE_CENTS,
  parseEuro,
  priceRefusal,
  typedPrice,
  unreadablePrice,
} from './euro.ts';

describe('parseEuro', () => {
  test.each<[string, number | null]>([
    ['28', 2800],
    ['28,00', 2800],
    ['28.5', 2850],
    ['29,90', 2990],
    ['0,07', 7],
    ['28,', 2800],
    ['0', 0],
    ['1 234,50 €', 123450],
    ['1\u202f234,50\u00a0€', 123450],
    ['1\u00a0234', 123400],
    ['1234,5EUR', 123450],
    ['  19,99  ', 1999],
    ['', null],
    ['   ', null],
    ['€', null],
    ['10000000', MAX_PRICE_CENTS],
    // These are the sums floats get wrong.
    ['4,35', 435],
    ['1,15', 115],
    ['8,2', 820],
    ['1.005'.slice(0, 4), 100],
  ])('reads %j as %j cents', (text, cents) => {
    expect(parseEuro(text)).toEqual({ ok: true, cents });
  });

  test.each<[string, EuroRefusal]>([
    ['28,005', 'too-many-decimals'],
    ['28.999', 'too-many-decimals'],
    ['1.234', 'too-many-decimals'],
    ['-3', 'negative'],
    ['−3,50', 'negative'],
    ['vingt', 'not-a-number'],
    ['12,5,0', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['12 34', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    [',50', 'not-a-number'],
    ['1,234.50', 'not-a-number'],
    ['10000000,01', 'too-large'],
    ['9'.repeat(40), 'too-large'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseEuro(text)).toEqual({ ok: false, reason });
  });

  test('says why in French', () => {
    expect(euroRefusalText('too-many-decimals')).toContain('Deux décimales');
  });
});

describe('formatting', () => {
  test.each([
    [0, '0,00'],
    [7, '0,07'],
    [2800, '28,00'],
    [2850, '28,50'],
    [123450, '1\u202f234,50'],
    [100000000, '1\u202f000\u202f000,00'],
    [-250, '-2,50'],
  ])('shows %i cents as %j', (amount, text) => {
    expect(formatEuroInput(amount)).toBe(text);
    expect(formatEuro(amount)).toBe(`${text}\u00a0€`);
  });

  test('what is shown can be read back', () => {
    for (const amount of [0, 1, 99, 100, 2990, 123456, 99999999])
      expect(parseEuro(formatEuro(amount))).toEqual({ ok: true, cents: amount });
  });
});

describe('a form value', () => {
  test.each([null, undefined, 0, 2800, MAX_PRICE_CENTS])('%j is fine', (value) =>
    expect(priceRefusal(value)).toBeNull(),
  );

  test.each<[unknown, RegExp]>([
    ['28.000', /Deux décimales/],
    [unreadablePrice('28.000'), /Deux décimales/],
    ['0x64', /Écrivez un prix/],
    ['+12', /Écrivez/],
    ['1e3', /Écrivez/],
    ['2800', /Écrivez/],
    [28.5, /Écrivez/],
    [Number.NaN, /Écrivez/],
    [true, /Écrivez/],
    [MAX_PRICE_CENTS + 1, /10 000 000/],
    [unreadablePrice('-3'), /négatif/],
  ])('%j is refused', (value, words) => expect(priceRefusal(value)).toMatch(words));

  test('what was typed comes back', () =>
    expect(typedPrice(unreadablePrice('28.000'))).toBe('28.000'));

  test('nothing casts it to a number', () => expect(Number(unreadablePrice('28.000'))).toBeNaN());
});
