import { expect, test } from 'vitest';

import { MEASURES, readOptions } from './options.ts';

test('without arguments everything is measured, without and with 100,000 orders, on a Postgres that waits for its disk', () => {
  expect(readOptions([])).toEqual({
    seconds: 12,
    few: 100,
    history: 100_000,
    measures: MEASURES,
    volatile: false,
    profile: null,
  });
});
test('a short look at some of it', () => {
  expect(
    readOptions([
      '--seconds',
      '2',
      '--history=0',
      '--few',
      '5',
      '--only',
      'orders, quotes',
      '--volatile',
      '--profile',
      'out',
    ]),
  ).toEqual({
    seconds: 2,
    few: 5,
    history: 0,
    measures: ['quotes', 'orders'],
    volatile: true,
    profile: 'out',
  });
});
test.each([
  [['--seconds', '0'], '--seconds is "0": give a whole number of at least 1'],
  [['--history', 'many'], '--history is "many"'],
  [
    ['--only', 'orders,refunds'],
    '--only names "refunds": known are webhooks, quotes, orders, settling',
  ],
  [['--fast'], '--fast'],
])('%j is refused, with the remedy', (args, message) =>
  expect(() => readOptions(args)).toThrow(message),
);
