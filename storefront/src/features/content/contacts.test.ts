import { expect, test } from 'vitest';

import { contactsIn } from './contacts.ts';

test.each([
  [
    'Écrivez à bonjour@atelier-huit.example.',
    [['bonjour@atelier-huit.example', 'mailto:bonjour@atelier-huit.example']],
  ],
  ['Tél. 04 75 00 00 00, de 9 h à 12 h', [['04 75 00 00 00', 'tel:0475000000']]],
  [
    '+33\u00a04\u00a000\u00a000\u00a000\u00a000',
    [['+33\u00a04\u00a000\u00a000\u00a000\u00a000', 'tel:+33400000000']],
  ],
  [
    '01.23.45.67.89 ou a.b+c@d.fr',
    [
      ['01.23.45.67.89', 'tel:0123456789'],
      ['a.b+c@d.fr', 'mailto:a.b+c@d.fr'],
    ],
  ],
  ['SIRET 123 456 789 00012, TVA FR 12 345678901', []],
  ['RCS 912 04 75 00 00 00 et 04 75 00 00 00 12', []],
  ['un @ seul, 25 novembre 2026', []],
])('%j', (text, found) => {
  const pieces = contactsIn(text);
  expect(pieces.flatMap(({ text: piece, href }) => (href === null ? [] : [[piece, href]]))).toEqual(
    found,
  );
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
