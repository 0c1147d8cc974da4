import { expect, test } from 'vitest';

import { chooseTests, kindOf, notFound, type TestFile } from './choose-tests.ts';

const files: TestFile[] = [
  { path: 'plugins/commerce/domain/order.test.ts', text: `test('an order is paid once', …)` },
  { path: 'plugins/commerce/domain/order-life.test.ts', text: `test('any life ends', …)` },
  { path: 'plugins/commerce/usecases/order.int.test.ts', text: `test('an order is kept', …)` },
  { path: 'plugins/commerce/admin/src/Table.test.tsx', text: `test('sorts', …)` },
  { path: 'storefront/browser/cart.browser.ts', text: `test('the cart (2 pieces) fits', …)` },
];
const chosen = (name: string): string[] =>
  chooseTests(files, name).flatMap(({ kind, files: paths, title }) =>
    paths.map((path) => `${kind} ${path}${title === undefined ? '' : ` -t ${title}`}`),
  );

test.each([
  ['a.test.ts', 'unit'],
  ['a.test.tsx', 'unit'],
  ['a.int.test.ts', 'integration'],
  ['a.browser.ts', 'browser'],
  ['a.bench.ts', undefined],
  ['test.ts', undefined],
])('%s is run as %s', (path, kind) => expect(kindOf(path)).toBe(kind));

test.each([
  ['plugins/commerce/domain/order.test.ts', 'a whole path'],
  ['./plugins/commerce/domain/order.test.ts', 'a path as a shell completes it'],
])('%s: %s names this file alone', (name) =>
  expect(chosen(name)).toEqual(['unit plugins/commerce/domain/order.test.ts']),
);

test('a part of a path names every file that holds it, each for its own runner', () =>
  expect(chosen('/order')).toEqual([
    'unit plugins/commerce/domain/order.test.ts',
    'unit plugins/commerce/domain/order-life.test.ts',
    'integration plugins/commerce/usecases/order.int.test.ts',
  ]));
test('a browser test is found by its path', () =>
  expect(chosen('cart.browser')).toEqual(['browser storefront/browser/cart.browser.ts']));
test('words that no path holds are a title, looked for where the text has them', () =>
  expect(chosen('an order is')).toEqual([
    'unit plugins/commerce/domain/order.test.ts -t an order is',
    'integration plugins/commerce/usecases/order.int.test.ts -t an order is',
  ]));
test('a title may hold signs of a pattern', () =>
  expect(chosen('the cart (2 pieces)')).toEqual([
    'browser storefront/browser/cart.browser.ts -t the cart (2 pieces)',
  ]));

test('an unknown name chooses nothing, and the message says what was searched', () => {
  expect(chooseTests(files, 'ordre')).toEqual([]);
  expect(notFound(files, 'ordre')).toContain('"ordre"');
  expect(notFound(files, 'ordre')).toContain('(3 unit, 1 integration, 1 browser)');
});
