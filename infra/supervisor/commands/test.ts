import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { complain, say } from '../say.ts';
import { checks, runChecks } from './checks.ts';
import { type Batch, chooseTests, kindOf, notFound, type TestFile } from './choose-tests.ts';
import { clearReports, runBrowser, runBuilds, runVitest } from './test-runners.ts';
import { exitCode, lastLines, nothing, sum, type Totals } from './totals.ts';

const isCi = (): boolean => process.env['CI'] === 'true';

/**
 * Everything: types, lint, templates, formatting, dependency rules, then all tests. A failed check
 * or build counts as one failure.
 */
const testAll = async (): Promise<Totals> => {
  const all: Totals[] = [];
  say('\n— types, lint, templates, formatting, dependency rules');
  all.push({ ...nothing, failed: await runChecks(checks) });
  all.push(await runVitest('unit'), await runBuilds());
  all.push(await runVitest('integration'), await runBrowser());
  return sum(all);
};

const testFiles = (): TestFile[] =>
  globSync('{cms,infra,plugins,storefront}/**/*.{ts,tsx}', {
    cwd: ROOT,
    exclude: (path) => /(^|\/)(node_modules|dist|build|\.cache)$/.test(path),
  })
    .filter((path) => kindOf(path) !== undefined)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

const runBatch = ({ kind, ...selection }: Batch): Promise<Totals> =>
  kind === 'browser' ? runBrowser(selection) : runVitest(kind, selection);

/** Unit tests need no build; the others start the shop as it is built. */
const testNamed = async (name: string): Promise<Totals | null> => {
  const files = testFiles();
  const batches = chooseTests(files, name);
  const all: Totals[] = [];
  if (batches.some(({ kind }) => kind !== 'unit')) all.push(await runBuilds());
  for (const batch of batches) all.push(await runBatch(batch));
  const totals = sum(all);
  // A text may hold the words without any title that does.
  if (totals.passed + totals.failed > 0) return totals;
  complain(notFound(files, name));
  return null;
};

/**
 * `npm test` runs everything; its last line sums every runner. `npm test -- NAME` runs the tests of
 * one name and nothing else.
 * @returns the exit code: 0 when all is well
 */
export const test = async (args: readonly string[]): Promise<number> => {
  clearReports();
  const name = args.join(' ').trim();
  const totals = name === '' ? await testAll() : await testNamed(name);
  if (totals === null) return 1;
  // By title, the other tests of a file are left out on purpose.
  const ci = name === '' && isCi();
  if (ci && totals.skipped > 0) say('✗ CI=true: a skipped test is a failure.');
  say(`\n${lastLines(totals)}`);
  return exitCode(totals, ci);
};
