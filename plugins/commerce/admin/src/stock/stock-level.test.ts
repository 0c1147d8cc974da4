import { expect, test } from 'vitest';

import {
  available,
  changeText,
  isLow,
  matches,
  nameOf,
  parseThreshold,
  refusal,
  scarcestFirst,
  type StockLevel,
} from './stock-level.ts';

const level: StockLevel = {
  sku: 'ah-001-bleu',
  reference: 'ah-001',
  product: 'Théière',
  label: 'Bleu',
  onHand: 5,
  reserved: 2,
  lowThreshold: 3,
  toSend: 0,
  state: 'low',
};

test.each([
  [null, /entier/],
  [1.5, /entier/],
  [0, /Zéro/],
  [-4, /réservés/],
  [-3, null],
  [10, null],
])('a change of %j', (delta, said) => {
  const text = refusal(level, delta);
  if (said === null) expect(text).toBeNull();
  else expect(text).toMatch(said);
});

test('never below zero', () =>
  expect(refusal({ onHand: 1, reserved: 0 }, -2)).toMatch(/sous zéro/));

test('what is reserved cannot be sold', () => expect(available(level)).toBe(3));

test.each([
  ['theiere', true],
  ['AH-001', true],
  [' bleu ', true],
  ['vase', false],
  ['', true],
])('search %j', (search, found) => {
  expect(matches(level, search)).toBe(found);
});

test.each([
  ['in', false],
  ['low', true],
  ['out', true],
] as const)('%s needs an eye: %s', (state, low) => expect(isLow({ state })).toBe(low));

test('scarcest first, then by SKU', () => {
  const rows = [level, { ...level, sku: 'b', onHand: 2 }, { ...level, sku: 'a', onHand: 2 }];
  expect(rows.sort(scarcestFirst).map(({ sku }) => sku)).toEqual(['a', 'b', 'ah-001-bleu']);
});

test.each([
  ['3', 3],
  [' 0 ', 0],
  ['10000', 10_000],
  ['10001', null],
  ['-1', null],
  ['1,5', null],
  ['', null],
])('threshold %j', (text, pieces) => expect(parseThreshold(text)).toBe(pieces));

test.each([
  [5, 0, '+5'],
  [-2, 0, '−2'],
  [0, 2, '2\u00a0réservées'],
  [0, -1, '1\u00a0libérée'],
  [-1, -1, '−1'],
])('%i on the shelf, %i reserved', (delta, reservedDelta, text) =>
  expect(changeText({ delta, reservedDelta })).toBe(text),
);

test('names', () =>
  expect([nameOf(level), nameOf({ ...level, product: null, label: null })]).toEqual([
    'Théière — Bleu',
    'ah-001-bleu',
  ]));
