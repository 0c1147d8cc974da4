import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

/** `names`: what failed, one line each; a failure without a test of its own has none. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  names: readonly string[];
}

const vitestFile = z.object({
  name: z.string(),
  status: z.string(),
  message: z.string().default(''),
  assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
});
const vitestReport = z.object({
  testResults: z.array(vitestFile).default([]),
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
  numFailedTestSuites: z.int().default(0),
});
interface Suite {
  specs?: { title: string; ok: boolean; file: string; line: number }[] | undefined;
  suites?: Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.object({
  specs: z
    .array(z.object({ title: z.string(), ok: z.boolean(), file: z.string(), line: z.int() }))
    .optional(),
  get suites() {
    return z.array(suite).optional();
  },
});
const playwrightReport = z.object({
  suites: z.array(suite).default([]),
  errors: z.array(z.unknown()).default([]),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

export const nothing: Totals = { passed: 0, failed: 0, skipped: 0, names: [] };
export const add = (a: Totals, b: Totals): Totals => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  names: [...a.names, ...b.names],
});
export const sum = (all: readonly Totals[]): Totals => all.reduce(add, nothing);

/** A file that failed without a failed test could not be loaded, or its set-up failed. */
const failedIn = ({
  name,
  status,
  message,
  assertionResults,
}: z.infer<typeof vitestFile>): string[] => {
  const file = relative(ROOT, name);
  const tests = assertionResults
    .filter((result) => result.status === 'failed')
    .map(({ fullName }) => `${file} › ${fullName}`);
  return tests.length > 0 || status !== 'failed'
    ? tests
    : [`${file}: ${message.split('\n')[0] ?? ''}`];
};

const failedOf = ({ specs = [], suites = [] }: Suite): string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `${file}:${line} › ${title}`),
  ...suites.flatMap(failedOf),
];

/**
 * Numbers of Vitest's JSON report. A run that is not a success without a failed test (a file that
 * cannot be loaded) counts as one failure.
 */
export const ofVitest = (report: unknown): Totals => {
  const { testResults, success, numPassedTests, numFailedTests, numPendingTests, numTodoTests } =
    vitestReport.parse(report);
  return {
    passed: numPassedTests,
    failed: success ? numFailedTests : Math.max(1, numFailedTests),
    skipped: numPendingTests + numTodoTests,
    names: testResults.flatMap(failedIn),
  };
};

/**
 * Numbers of Playwright's JSON report. A flaky test is a failed one: it must be right the first
 * time.
 */
export const ofPlaywright = (report: unknown): Totals => {
  const { suites, errors, stats } = playwrightReport.parse(report);
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: errors.length > 0 ? Math.max(1, failed) : failed,
    skipped: stats.skipped,
    names: suites.flatMap(failedOf),
  };
};

/**
 * Reads a report with one of the above; a runner that left none has failed. `code` is its exit
 * code.
 */
export const fromReport = (
  file: string,
  read: (report: unknown) => Totals,
  code: number,
): Totals => {
  let totals: Totals;
  try {
    totals = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { ...nothing, failed: 1 };
  }
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
};

/** The end of `npm test`: what failed, where a log that was cut still has it, then the sum. */
export const lastLines = ({ passed, failed, skipped, names }: Totals): string =>
  [
    ...names.map((name) => `✗ ${name}`),
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');

/** A skip is a failure where `CI=true`: nothing may go untested there without being seen. */
export const exitCode = (
  { failed, skipped }: Pick<Totals, 'failed' | 'skipped'>,
  ci: boolean,
): number => (failed > 0 || (ci && skipped > 0) ? 1 : 0);
