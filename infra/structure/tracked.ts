import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

const git = (...args: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 16 << 20,
  })
    .split('\0')
    .filter((path) => path !== '');

/**
 * Paths of the files that git tracks or would track, from the checkout; a file removed but not yet
 * committed is left out.
 */
export const trackedFiles = (): string[] =>
  [...new Set(git('--cached', '--others', '--exclude-standard'))]
    .filter((path) => existsSync(join(ROOT, path)))
    .sort();
