import { expect, test } from 'vitest';

import { cents } from '../../commerce/domain/cents.ts';
import type { Difference, Side, TheirPayment } from '../domain/ledger-differences.ts';
import { compareLedgers, type ComparePorts } from './compare-ledgers.ts';

const none = { within: () => Promise.resolve([]), byId: () => Promise.resolve([]) };
const payment: TheirPayment = {
  id: 'pi_1',
  amount: cents(1400),
  currency: 'eur',
  order: 'AH-00000001',
};
const period = { from: new Date('2026-11-24T00:00:00Z'), to: new Date('2026-11-25T00:00:00Z') };

/** A payment that only Stripe knows, and a book of differences in memory. */
function shop(report: (difference: Difference) => Promise<void>) {
  const kept: Difference[] = [];
  const payments: Side<TheirPayment> = {
    within: () => Promise.resolve([payment]),
    byId: () => Promise.resolve([payment]),
  };
  const ports: ComparePorts = {
    stripe: { payments, refunds: none },
    ledger: { payments: none, refunds: none },
    heal: () => Promise.resolve(),
    onNewDifference: report,
    book: {
      open: () => Promise.resolve([...kept]),
      isNews: ({ object }) => Promise.resolve(kept.every((one) => one.object !== object)),
      report: (difference) => {
        kept.push(difference);
        return Promise.resolve();
      },
      resolve: () => Promise.resolve(),
    },
  };
  return compareLedgers(ports);
}

test('a difference is told once', async () => {
  const told: string[] = [];
  const compare = shop(({ object }) => {
    told.push(object);
    return Promise.resolve();
  });
  expect([await compare(period), await compare(period)]).toMatchObject([
    { found: 1, open: 1 },
    { found: 0, open: 1 },
  ]);
  expect(told).toEqual(['pi_1']);
});

test('a difference whose telling failed is told the next time', async () => {
  let tries = 0;
  const compare = shop(() => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('Postgres is away')) : Promise.resolve();
  });
  await expect(compare(period)).rejects.toThrow('away');
  expect(await compare(period)).toMatchObject({ found: 1, open: 1 });
});
