import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { ROOT } from './compose-file.ts';

const tracked = execFileSync('git', ['ls-files'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 16 << 20,
})
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(ROOT, path)));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const names = z.record(z.string(), z.string()).default({});
const packageSchema = z.object({
  scripts: names,
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});
const packages = tracked
  .filter((path) => /(?:^|\/)package\.json$/.test(path))
  .map((path) => packageSchema.parse(JSON.parse(read(path))));

test('each direct dependency has its line', () => {
  const direct = packages
    .flatMap((one) =>
      Object.keys({
        ...one.dependencies,
        ...one.devDependencies,
        ...one.optionalDependencies,
        ...one.peerDependencies,
      }),
    )
    .filter((name) => !name.startsWith('@comptoir/'));
  const table = read('infra/decisions/dependencies.md');
  expect([...new Set(direct)].filter((name) => !table.includes(`| \`${name}\` |`))).toEqual([]);
});

test('decisions are numbered without gaps', () => {
  const numbers = tracked
    .flatMap((path) => /^infra\/decisions\/(\d{4})-/.exec(path)?.[1] ?? [])
    .map(Number);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

test('nothing in the product reads the folder beside the repository', () => {
  const outside = new RegExp(['\\.\\.', 'shared', ''].join('/'));
  const code = tracked.filter(
    (path) =>
      /\.(?:ts|tsx|mjs|cjs|js|astro|json|sh|yml|yaml)$|Dockerfile$|^\.ci\//.test(path) &&
      path !== 'package-lock.json',
  );
  expect(code.filter((path) => outside.test(read(path)))).toEqual([]);
});
