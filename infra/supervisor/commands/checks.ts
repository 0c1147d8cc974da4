import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { type RunResult, runTool } from '../run-program.ts';
import { lintCache } from './lint-cache.ts';

export interface Check {
  title: string;
  run: () => Promise<RunResult>;
}

// A build server starts with nothing kept, and keeps nothing.
const mayCache = process.env['CI'] !== 'true';

/**
 * One incremental run over every project that the root's tsconfig.json names; what it keeps is in
 * .cache/types.
 */
const types: Check = {
  title: 'types',
  run: () => runTool('tsc', ['-b'], { quiet: true }),
};

/** Runs after the types: what ESLint may keep depends on the declarations that they leave. */
const lint: Check = {
  title: 'lint',
  run: () =>
    runTool('eslint', ['--max-warnings=0', ...(mayCache ? lintCache() : []), '.'], { quiet: true }),
};

/**
 * Astro's checker reads the storefront's templates and its TypeScript alike. It finds its project
 * from the folder it runs in.
 */
const templates: Check = {
  title: 'templates',
  run: () =>
    runTool('astro-check', ['--minimumFailingSeverity', 'hint'], {
      cwd: join(ROOT, 'storefront'),
      quiet: true,
    }),
};

const prettierCache = ['--cache', '--cache-strategy=content', '--cache-location=.cache/prettier'];
const formatting: Check = {
  title: 'formatting',
  run: () =>
    runTool('prettier', ['--check', '--log-level=warn', ...(mayCache ? prettierCache : []), '.'], {
      quiet: true,
    }),
};

const folders = ['cms', 'plugins', 'storefront', 'infra'].filter((folder) =>
  existsSync(join(ROOT, folder)),
);
const rules: Check = {
  title: 'who may import whom',
  run: () =>
    runTool(
      'depcruise',
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders],
      { quiet: true },
    ),
};

/**
 * All test files in one process: a third of the time that a process for each takes. `npm test`
 * gives each file its own, so a test that passes only because of what another left behind does not
 * get through.
 */
const unitTests: Check = {
  title: 'unit tests',
  run: () =>
    runTool('vitest', ['run', '--project', 'unit', '--no-isolate', '--maxWorkers=1'], {
      quiet: true,
    }),
};

/** Checks that run one after the other. */
export type Lane = readonly Check[];
const first: Lane = [types, lint];

/** What `npm test` runs before its tests. */
export const checks: readonly Lane[] = [first, [templates, formatting, rules]];

/** The fast gate. Two lanes of about the same length, for a machine of two cores. */
export const verifyChecks: readonly Lane[] = [first, [unitTests, templates, formatting, rules]];

const run = async ({ title, run: check }: Check): Promise<boolean> => {
  const began = Date.now();
  const { code, output } = await check();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output.trim()}\n`);
  return code === 0;
};

/**
 * Runs the lanes side by side, and prints what fails. A check that fails does not stop its lane.
 * @returns how many checks failed
 */
export const runChecks = async (lanes: readonly Lane[]): Promise<number> => {
  const failedIn = async (lane: Lane): Promise<number> => {
    let failed = 0;
    for (const check of lane) if (!(await run(check))) failed += 1;
    return failed;
  };
  const failed = await Promise.all(lanes.map(failedIn));
  return failed.reduce((sum, count) => sum + count, 0);
};
