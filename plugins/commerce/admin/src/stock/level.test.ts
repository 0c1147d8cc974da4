import { expect, test } from 'vitest';
import { available, matches, refusal, type StockLevel } from './level.ts';

const level: StockLevel = { sku: 'ah-001-bleu', reference: 'ah-001', product: 'Théière', label: 'Bleu', onHand: 5, reserved: 2, lowThreshold: 3, state: 'low' };

test.each([[null, /entier/], [1.5, /entier/], [0, /Zéro/], [-4, /réservés/], [-3, null], [10, null]])('a change of %j', (delta, said) => {
  const text = refusal(level, delta);
  if (said === null) expect(text).toBeNull();
  else expect(text).toMatch(said);
});

test('never below zero', () => expect(refusal({ onHand: 1, reserved: 0 }, -2)).toMatch(/sous zéro/));
test('what is reserved cannot be sold', () => expect(available(level)).toBe(3));
test.each([['theiere', true], ['AH-001', true], [' bleu ', true], ['vase', false], ['', true]])('search %j', (search, found) => {
  expect(matches(level, search)).toBe(found);
});
