import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { STATUS_FACTS, statusesThat, type StatusFacts } from './order-status.ts';
import { ORDER_STATUSES } from './orders.ts';

test('statuses of which a fact holds', () => {
  expect(statusesThat('toSend')).toEqual(['paid', 'preparing']);
  expect(statusesThat('released')).toEqual(['expired', 'cancelled']);
  expect(statusesThat('hasHadMoney')).toEqual([
    'paid',
    'preparing',
    'shipped',
    'needs_review',
    'refunded',
  ]);
});

test.each<[keyof StatusFacts, keyof StatusFacts]>([
  ['toSend', 'sold'],
  ['toSend', 'awaitsStaff'],
  ['sold', 'hasHadMoney'],
  ['sold', 'refundable'],
  ['refundable', 'hasHadMoney'],
  ['pageMayBeOpen', 'cancellable'],
])('what is %s is %s', (narrow, wide) =>
  expect(statusesThat(wide)).toEqual(expect.arrayContaining(statusesThat(narrow))),
);

test.each(ORDER_STATUSES)('%s was not released and paid for', (status) => {
  const { released, hasHadMoney } = STATUS_FACTS[status];
  expect(released && hasHadMoney).toBe(false);
});

describe('no other file lists statuses', () => {
  const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  /**
   * Where such a list is a fact of its own: this table, the table of transitions, and constraints,
   * which a migration has written.
   */
  const HOMES =
    /^plugins\/contracts\/|^plugins\/commerce\/domain\/order-model\.ts$|\/(schema|migrations)\/|\.test\.ts$|\.browser\.ts$|\/browser\//;
  const STATUS = `['"\`](?:${ORDER_STATUSES.join('|')})['"\`]`;
  const LIST = new RegExp(`${STATUS}\\s*,\\s*${STATUS}`);

  const BUILT = /(^|\/)(node_modules|dist|build|\.[a-z]+)$/;
  const sources = globSync('{plugins,storefront,cms}/**/*.{ts,tsx,astro}', {
    cwd: ROOT,
    exclude: (path) => BUILT.test(path),
  }).filter((file) => !HOMES.test(file));

  test.each([
    `['paid', 'preparing'].includes(status)`,
    `where status in ('expired', 'cancelled')`,
    `[\n  'paid',\n  'shipped',\n]`,
  ])('a list is recognised: %j', (text) => expect(text).toMatch(LIST));

  test('in the plugins and the storefront', () => {
    const listing = sources.filter((file) => LIST.test(readFileSync(join(ROOT, file), 'utf8')));

    expect(sources).toContain('plugins/commerce/domain/order.ts');
    expect(listing).toEqual([]);
  });
});
