import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

const folder = '.cache/eslint';
/** What decides types without being a declaration that `tsc -b` writes. */
const alsoDecisive = [
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.lint.json',
  'cms/types/*.d.ts',
  'storefront/src/**/*.d.ts',
];

/** One hash over the contents of all files that the patterns match. */
export const hashOf = (root: string, patterns: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: root }).sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** Removes results that belong to other declarations. */
const forgetOthers = (kept: string): void => {
  mkdirSync(join(ROOT, folder), { recursive: true });
  for (const name of readdirSync(join(ROOT, folder)).filter((entry) => entry !== kept))
    rmSync(join(ROOT, folder, name), { recursive: true, force: true });
};

/**
 * ESLint's arguments to keep its results from run to run. ESLint looks at each file by itself, but
 * rules that ask for types depend on what a file imports: so results are kept for one state of all
 * declarations (`.cache/types`, which `tsc -b` has just written). A change inside a function leaves
 * them alone and lints one file; a change of a signature lints everything.
 */
export const lintCache = (): string[] => {
  const state = hashOf(ROOT, ['.cache/types/**/*.d.ts', ...alsoDecisive]);
  forgetOthers(state);
  return ['--cache', '--cache-strategy=content', `--cache-location=${folder}/${state}`];
};
