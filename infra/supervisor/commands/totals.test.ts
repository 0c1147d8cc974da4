import { expect, test } from 'vitest';
import { exitCode, fromReport, lastLine, ofPlaywright, ofVitest, sum } from './totals.ts';

const vitest = (over: object): object => ({ success: true, numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, ...over });
const playwright = (over: object, errors: unknown[] = []): object => ({ errors, stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 2, ...over } });

test.each([
  ['a good run', vitest({}), { passed: 5, failed: 0, skipped: 1 }],
  ['failures', vitest({ success: false, numFailedTests: 2 }), { passed: 5, failed: 2, skipped: 1 }],
  ['a file that does not load', vitest({ success: false }), { passed: 5, failed: 1, skipped: 1 }],
])('vitest: %s', (_, report, expected) => expect(ofVitest(report)).toEqual(expected));

test.each([
  ['a good run', playwright({}), { passed: 3, failed: 0, skipped: 2 }],
  ['a flaky test is a failure', playwright({ flaky: 1 }), { passed: 3, failed: 1, skipped: 2 }],
  ['an error outside the tests', playwright({}, ['setup failed']), { passed: 3, failed: 1, skipped: 2 }],
])('playwright: %s', (_, report, expected) => expect(ofPlaywright(report)).toEqual(expected));

test('a runner that left no report has failed', () => expect(fromReport('/nowhere/report.json', ofVitest, 0).failed).toBe(1));
test('the last line sums all runners', () => expect(lastLine(sum([ofVitest(vitest({})), ofPlaywright(playwright({}))]))).toBe('8 passed, 0 failed, 3 skipped'));
test.each([[0, 0, true, 0], [0, 1, false, 0], [0, 1, true, 1], [1, 0, false, 1]])('%i failed, %i skipped, CI %s: exit %i', (failed, skipped, ci, code) =>
  expect(exitCode({ passed: 1, failed, skipped }, ci)).toBe(code));
