import { expect, test } from 'vitest';

import { cents } from '../../../domain/cents.ts';
import { acceptanceOf, consequenceOf } from './consequence.ts';

test.each<[paid: number, refunded: number, refundable: number, disputed: number, said: RegExp]>([
  [0, 0, 0, 0, /^Rien n’a été encaissé/],
  [2800, 0, 2800, 0, /^28,00.€ sont rendus au client\. Ses pièces/],
  [2800, 2800, 0, 0, /^L’argent a déjà été rendu/],
  [2800, 0, 0, 2800, /^Rien n’est rendu pour l’instant ; 28,00.€ contestés par sa banque/],
  [2800, 0, 800, 2000, /^8,00.€ sont rendus au client ; 20,00.€ contestés/],
])(
  '%d paid, %d given back, %d left, %d contested',
  (paid, refunded, refundable, disputed, said) => {
    expect(
      consequenceOf({
        paid: cents(paid),
        refunded: cents(refunded),
        refundable: cents(refundable),
        disputed: cents(disputed),
      }),
    ).toMatch(said);
  },
);

const fits = { refundable: cents(1400), total: cents(1400) };

test('accepting names what the shop would keep of a second payment', () =>
  expect(
    acceptanceOf({ paidAt: '2026-11-25T12:00:00Z', refundable: cents(2800), total: cents(1400) }),
  ).toContain('14,00'));

test('accepting says whether pieces are taken', () =>
  expect([
    acceptanceOf({ paidAt: null, ...fits }),
    acceptanceOf({ paidAt: '2026-11-25T12:00:00Z', ...fits }),
  ]).toEqual([
    expect.stringMatching(/prises dans le stock/),
    expect.stringMatching(/reprend là où/),
  ]));
