import { expect, test } from 'vitest';

import { withFrenchSpaces } from './french-spaces.ts';

test.each([
  ['Le SKU « a-1 » est pris : changez-le.', 'Le SKU «\u00a0a-1\u00a0» est pris\u00a0: changez-le.'],
  ['Vraiment ? Oui ; bien !', 'Vraiment\u202f? Oui\u202f; bien\u202f!'],
  ['12:30, déjà\u00a0: rien', '12:30, déjà\u00a0: rien'],
])('%j', (typed, shown) => expect(withFrenchSpaces(typed)).toBe(shown));
