import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Totals { passed: number; failed: number; skipped: number }

const vitestReport = z.object({ success: z.boolean(), numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int(), numTodoTests: z.int().default(0), numFailedTestSuites: z.int().default(0) });
const playwrightReport = z.object({ errors: z.array(z.unknown()).default([]), stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }) });

const nothing: Totals = { passed: 0, failed: 0, skipped: 0 };
export const add = (a: Totals, b: Totals): Totals => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });
export const sum = (all: readonly Totals[]): Totals => all.reduce(add, nothing);

/** Numbers of Vitest's JSON report. A run that is not a success without a failed test (a file that cannot be loaded) counts as one failure. */
export const ofVitest = (report: unknown): Totals => {
  const { success, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: success ? numFailedTests : Math.max(1, numFailedTests), skipped: numPendingTests + numTodoTests };
};

/** Numbers of Playwright's JSON report. A flaky test is a failed one: it must be right the first time. */
export const ofPlaywright = (report: unknown): Totals => {
  const { errors, stats } = playwrightReport.parse(report);
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: errors.length > 0 ? Math.max(1, failed) : failed, skipped: stats.skipped };
};

/** Reads a report with one of the above; a runner that left none has failed. `code` is its exit code. */
export const fromReport = (file: string, read: (report: unknown) => Totals, code: number): Totals => {
  let totals: Totals;
  try { totals = read(JSON.parse(readFileSync(file, 'utf8'))); } catch { return { ...nothing, failed: 1 }; }
  return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
};

/** The last line of `npm test`. */
export const lastLine = ({ passed, failed, skipped }: Totals): string => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** A skip is a failure where `CI=true`: nothing may go untested there without being seen. */
export const exitCode = ({ failed, skipped }: Totals, ci: boolean): number => (failed > 0 || (ci && skipped > 0) ? 1 : 0);
