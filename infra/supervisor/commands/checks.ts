import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { type RunResult, runTool } from '../run-program.ts';

export interface Check {
  title: string;
  run: () => Promise<RunResult>;
}

/** One incremental run over every project that the root's tsconfig.json names; what it keeps is in .cache/types. */
const types: Check = {
  title: 'types',
  run: () => runTool('tsc', ['-b'], { quiet: true }),
};

/** Astro's checker reads the storefront's templates and its TypeScript alike. It finds its project from the folder it runs in. */
const templates: Check = {
  title: 'templates',
  run: () =>
    runTool('astro-check', ['--minimumFailingSeverity', 'hint'], {
      cwd: join(ROOT, 'storefront'),
      quiet: true,
    }),
};

const folders = ['cms', 'plugins', 'storefront', 'infra'].filter((folder) =>
  existsSync(join(ROOT, folder)),
);
const lint: Check = {
  title: 'lint',
  run: () =>
    runTool('eslint', ['--max-warnings=0', '--cache', '--cache-location', '.cache/eslint/', '.'], {
      quiet: true,
    }),
};
const rules: Check = {
  title: 'who may import whom',
  run: () =>
    runTool(
      'depcruise',
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders],
      { quiet: true },
    ),
};

/** The fast gate before the unit tests; the slow ones first, because they run side by side. */
export const checks: readonly Check[] = [types, lint, templates, rules];

/**
 * Runs the checks, `width` at a time, and prints what fails.
 * @returns how many failed
 */
export const runChecks = async (list: readonly Check[], width = 2): Promise<number> => {
  const left = [...list];
  let failed = 0;
  const worker = async (): Promise<void> => {
    for (let check = left.shift(); check; check = left.shift()) {
      const began = Date.now();
      const { code, output } = await check.run();
      if (code !== 0) failed += 1;
      process.stdout.write(
        `${code === 0 ? '✓' : '✗'} ${check.title} (${((Date.now() - began) / 1000).toFixed(1)} s)\n${code === 0 ? '' : `${output.trim()}\n`}`,
      );
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return failed;
};
