import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { buildStale } from '../builds/build.ts';
import { runTool } from '../run-program.ts';
import { say } from '../say.ts';
import { ensureChromium } from './chromium.ts';
import { fromReport, nothing, ofPlaywright, ofVitest, type Totals } from './totals.ts';

const reports = join(ROOT, '.cache/reports');
const failedOnce: Totals = { ...nothing, failed: 1 };

/** Which tests of a kind: all of them when empty. */
export interface Selection {
  files?: readonly string[];
  title?: string;
}

/** Removes the reports of the run before. */
export const clearReports = (): void => {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
};

// Both runners read a title as a pattern.
const asPattern = (title: string): string => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Runs tests of a Vitest project. */
export const runVitest = async (
  project: 'unit' | 'integration',
  { files = [], title }: Selection = {},
): Promise<Totals> => {
  const file = join(reports, `${project}.json`);
  say(`\n— ${project} tests`);
  const { code } = await runTool('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...(title === undefined ? [] : ['-t', asPattern(title)]),
    ...files,
  ]);
  return fromReport(file, ofVitest, code);
};

/** Runs browser tests, in a Chromium that is found or installed first. */
export const runBrowser = async ({ files = [], title }: Selection = {}): Promise<Totals> => {
  say('\n— browser tests');
  if (!(await ensureChromium())) return failedOnce;
  const file = join(reports, 'browser.json');
  const { code } = await runTool(
    'playwright',
    [
      'test',
      ...(title === undefined ? [] : ['--pass-with-no-tests', '-g', asPattern(title)]),
      ...files.map((path) => `${asPattern(path)}$`),
    ],
    { env: { ...process.env, COMPTOIR_REPORT: file } },
  );
  return fromReport(file, ofPlaywright, code);
};

/** Builds what is stale; a build that fails counts as one failure. */
export const runBuilds = async (): Promise<Totals> => {
  try {
    await buildStale();
    return nothing;
  } catch (error) {
    say(`✗ ${error instanceof Error ? error.message : String(error)}`);
    return failedOnce;
  }
};
