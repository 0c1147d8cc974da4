import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';

import { exitCode, fromReport, lastLines, ofPlaywright, ofVitest, sum } from './totals.ts';

const vitest = (over: object): object => ({
  success: true,
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  ...over,
});
const playwright = (over: object, errors: unknown[] = []): object => ({
  errors,
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 2, ...over },
});

test.each([
  ['a good run', vitest({}), { passed: 5, failed: 0, skipped: 1 }],
  ['failures', vitest({ success: false, numFailedTests: 2 }), { passed: 5, failed: 2, skipped: 1 }],
  ['a file that does not load', vitest({ success: false }), { passed: 5, failed: 1, skipped: 1 }],
])('vitest: %s', (_, report, expected) => expect(ofVitest(report)).toMatchObject(expected));

test.each([
  ['a good run', playwright({}), { passed: 3, failed: 0, skipped: 2 }],
  ['a flaky test is a failure', playwright({ flaky: 1 }), { passed: 3, failed: 1, skipped: 2 }],
  [
    'an error outside the tests',
    playwright({}, ['setup failed']),
    { passed: 3, failed: 1, skipped: 2 },
  ],
])('playwright: %s', (_, report, expected) => expect(ofPlaywright(report)).toMatchObject(expected));

test('vitest: what failed is named, a file that did not load too', () => {
  const file = (
    name: string,
    status: string,
    results: [string, string][],
    message = '',
  ): object => ({
    name: join(ROOT, name),
    status,
    message,
    assertionResults: results.map(([fullName, result]) => ({ fullName, status: result })),
  });
  const testResults = [
    file('a.test.ts', 'failed', [
      ['sums', 'passed'],
      ['splits to the cent', 'failed'],
    ]),
    file('b.test.ts', 'failed', [], 'Cannot find x\n  at y'),
    file('c.test.ts', 'passed', [['is', 'passed']]),
  ];
  expect(ofVitest(vitest({ success: false, numFailedTests: 1, testResults })).names).toEqual([
    'a.test.ts › splits to the cent',
    'b.test.ts: Cannot find x',
  ]);
});
test('playwright: what failed is named, however deep', () => {
  const spec = (title: string, ok: boolean): object => ({
    title,
    ok,
    file: 'cart.browser.ts',
    line: 9,
  });
  const suites = [
    { specs: [spec('is seen', true)], suites: [{ specs: [spec('is paid', false)] }] },
  ];
  expect(ofPlaywright({ ...playwright({ unexpected: 1 }), suites }).names).toEqual([
    'cart.browser.ts:9 › is paid',
  ]);
});

test('a runner that left no report has failed', () =>
  expect(fromReport('/nowhere/report.json', ofVitest, 0).failed).toBe(1));
test('names come before the sum', () =>
  expect(lastLines({ passed: 1, failed: 1, skipped: 0, names: ['a › b'] })).toBe(
    '✗ a › b\n1 passed, 1 failed, 0 skipped',
  ));
test('the last line sums all runners', () =>
  expect(lastLines(sum([ofVitest(vitest({})), ofPlaywright(playwright({}))]))).toBe(
    '8 passed, 0 failed, 3 skipped',
  ));
test.each([
  [0, 0, true, 0],
  [0, 1, false, 0],
  [0, 1, true, 1],
  [1, 0, false, 1],
])('%i failed, %i skipped, CI %s: exit %i', (failed, skipped, ci, code) =>
  expect(exitCode({ failed, skipped }, ci)).toBe(code),
);
