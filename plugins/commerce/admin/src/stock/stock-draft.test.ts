import { expect, test } from 'vitest';

import { draftOf, type StockForm } from './stock-draft.ts';
import { resultText, type StockLevel } from './stock-level.ts';

const level: StockLevel = {
  sku: 'ah-001-1',
  reference: 'ah-001',
  product: 'Tasse',
  label: null,
  onHand: 5,
  reserved: 2,
  lowThreshold: 3,
  toSend: 1,
  state: 'low',
};
const typed: StockForm = { mode: 'change', change: '', count: '', reason: null };

test.each<
  [
    what: string,
    change: Partial<StockForm>,
    after: number | null,
    reason: string,
    error: RegExp | null,
  ]
>([
  ['nothing yet', {}, null, '', null],
  ['an arrival', { change: '5' }, 10, 'Arrivage', null],
  ['pieces that leave, for a reason still to be told', { change: '-2' }, 3, '', null],
  ['pieces that leave, never as an arrival', { change: '-2', reason: 'Arrivage' }, 3, '', null],
  ['pieces that leave, for a reason', { change: ' -2 ', reason: 'Casse' }, 3, 'Casse', null],
  ['more than is free', { change: '-4' }, null, '', /réservés/],
  ['no number', { change: 'x' }, null, '', /entier/],
  ['a count, of which one piece is to be sent', { mode: 'count', count: '8' }, 7, '', null],
  ['a count that changes nothing', { mode: 'count', count: '6' }, 5, '', null],
  [
    'a count of less than orders wait for',
    { mode: 'count', count: '2' },
    null,
    '',
    /en attendent 3 \(1 à envoyer, 2 réservées\)/,
  ],
  ['a count below zero', { mode: 'count', count: '-1' }, null, '', /entier/],
])('%s', (_what, change, after, reason, error) => {
  const draft = draftOf(level, { ...typed, ...change });
  expect([draft.after, draft.reason]).toEqual([after, reason]);
  if (error === null) expect(draft.error).toBeNull();
  else expect(draft.error).toMatch(error);
});

test('the result is told before it is made', () =>
  expect(resultText(level, 7)).toBe('En stock\u00a0: 5 → 7, disponible\u00a0: 3 → 5'));
