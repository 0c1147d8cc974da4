import { expect, test } from 'vitest';

import { cents } from '../../commerce/domain/cents.ts';
import { type DisputeNow, entriesOf } from './dispute-entries.ts';

const at = new Date('2026-11-25T12:00:00Z');
const dispute: DisputeNow = {
  id: 'dp_1',
  paymentIntent: 'pi_1',
  amount: cents(500),
  currency: 'eur',
  status: 'needs_response',
  openedAt: at,
  readAt: at,
  funds: [],
};
const taken = { id: 'txn_1', amount: cents(-500), currency: 'eur', at };

test.each<[string, Partial<DisputeNow>, [string, number][]]>([
  ['an inquiry', { status: 'warning_needs_response' }, [['dp_1-inquiry', 500]]],
  [
    'open',
    { funds: [taken] },
    [
      ['dp_1', 500],
      ['txn_1', -500],
    ],
  ],
  [
    'lost',
    { status: 'lost', funds: [taken] },
    [
      ['dp_1', 500],
      ['txn_1', -500],
      ['dp_1-closed', 500],
    ],
  ],
  [
    'won',
    { status: 'won', funds: [taken, { ...taken, id: 'txn_2', amount: cents(500) }] },
    [
      ['dp_1', 500],
      ['txn_1', -500],
      ['txn_2', 500],
      ['dp_1-closed', 0],
    ],
  ],
  [
    'an inquiry that is over',
    { status: 'warning_closed' },
    [
      ['dp_1-inquiry', 500],
      ['dp_1-inquiry-closed', 0],
    ],
  ],
])('%s', (_, change, rows) =>
  expect(
    entriesOf({ ...dispute, ...change }).map(({ reference, amount }) => [reference, amount]),
  ).toEqual(rows),
);
