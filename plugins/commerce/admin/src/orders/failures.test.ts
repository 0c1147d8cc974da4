import { expect, test } from 'vitest';

import type { Failures } from '../../../domain/staff-order-api.ts';
import { failuresTitle, howMany } from './failures.ts';

const at = '2026-11-25T12:00:00Z';
const event = { id: 'evt_1', type: 'x', error: null, at, order: null };
const mail = { key: 'k', kind: 'x', to: 'a@b.fr', error: null, at };
const difference = {
  kind: 'paid_without_order',
  object: 'pi_1',
  title: 'x',
  detail: 'x',
  order: null,
  at,
};
const failures = (events: number, mails: number, differences: number, stock: number): Failures => ({
  events: Array.from({ length: events }, () => event),
  mails: Array.from({ length: mails }, () => mail),
  differences: Array.from({ length: differences }, () => difference),
  stock: Array.from({ length: stock }, () => ({ sku: 'ah-001-1', at })),
});

test.each<[number, number, number, number, string]>([
  [0, 0, 0, 0, ''],
  [1, 0, 0, 0, '1 message de Stripe n’a pas abouti'],
  [2, 0, 0, 0, '2 messages de Stripe n’ont pas abouti'],
  [1, 1, 0, 0, '1 e-mail et 1 message de Stripe n’ont pas abouti'],
  [0, 0, 1, 0, '1 écart avec le compte Stripe'],
  [0, 1, 2, 0, '1 e-mail n’a pas abouti, 2 écarts avec le compte Stripe'],
  [0, 0, 0, 1, '1 stock à vérifier'],
  [
    1,
    0,
    1,
    2,
    '1 message de Stripe n’a pas abouti, 1 écart avec le compte Stripe, 2 stocks à vérifier',
  ],
])(
  '%d events, %d mails, %d differences, %d stocks: %s',
  (events, mails, differences, stock, said) => {
    expect(failuresTitle(failures(events, mails, differences, stock))).toBe(
      said.replaceAll(/(?<=\d) /g, '\u00a0'),
    );
    expect(howMany(failures(events, mails, differences, stock))).toBe(
      events + mails + differences + stock,
    );
  },
);
