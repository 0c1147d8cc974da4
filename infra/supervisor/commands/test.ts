import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { buildStale } from '../builds/build.ts';
import { runTool } from '../run-program.ts';
import { say } from '../say.ts';
import { checks, runChecks } from './checks.ts';
import { ensureChromium } from './chromium.ts';
import {
  exitCode,
  fromReport,
  lastLines,
  nothing,
  ofPlaywright,
  ofVitest,
  sum,
  type Totals,
} from './totals.ts';

const reports = join(ROOT, '.cache/reports');
const failedOnce: Totals = { ...nothing, failed: 1 };

const vitest = async (project: 'unit' | 'integration'): Promise<Totals> => {
  const file = join(reports, `${project}.json`);
  say(`\n— ${project} tests`);
  const { code } = await runTool('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  return fromReport(file, ofVitest, code);
};

const browser = async (): Promise<Totals> => {
  say('\n— browser tests');
  if (!(await ensureChromium())) return failedOnce;
  const file = join(reports, 'browser.json');
  const { code } = await runTool('playwright', ['test'], {
    env: { ...process.env, COMPTOIR_REPORT: file },
  });
  return fromReport(file, ofPlaywright, code);
};

const built = async (): Promise<Totals> => {
  try {
    await buildStale();
    return nothing;
  } catch (error) {
    say(`✗ ${error instanceof Error ? error.message : String(error)}`);
    return failedOnce;
  }
};

/** `npm test`: types, lint, dependency rules, then all tests. Its last line sums every runner; a failed check or build counts as one failure. */
export const test = async (): Promise<number> => {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const all: Totals[] = [];
  say('\n— types, lint, dependency rules');
  all.push({ ...nothing, failed: await runChecks(checks) });
  all.push(await vitest('unit'), await built(), await vitest('integration'), await browser());
  const totals = sum(all);
  const ci = process.env['CI'] === 'true';
  if (ci && totals.skipped > 0) say('✗ CI=true: a skipped test is a failure.');
  say(`\n${lastLines(totals)}`);
  return exitCode(totals, ci);
};
