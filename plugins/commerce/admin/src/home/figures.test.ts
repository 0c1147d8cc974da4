import { expect, test } from 'vitest';

import { ordersNote, testNote } from './figures.ts';

const plain = (text: string | null): string | undefined => text?.replace('\u00a0', ' ');

test.each([
  [0, undefined],
  [1, '1 commande d’essai, non comptée.'],
  [3, '3 commandes d’essai, non comptées.'],
])('%i test orders', (testOrders, said) => expect(plain(testNote({ testOrders }))).toBe(said));

test.each([
  [0, 'Aucune commande payée'],
  [1, '1 commande payée'],
  [4, '4 commandes payées'],
])('%i orders', (orders, said) => expect(plain(ordersNote({ orders }))).toBe(said));
