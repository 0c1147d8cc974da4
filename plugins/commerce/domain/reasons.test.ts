import { expect, test } from 'vitest';

import { ledgerWord } from './reasons.ts';

test.each([
  ['import', 'Import du catalogue'],
  ['seed', 'Mise en place de la boutique'],
  ['Arrivage', 'Arrivage'],
  ['constructor', 'constructor'],
])('%s reads %s', (stored, shown) => {
  expect(ledgerWord(stored)).toBe(shown);
});
