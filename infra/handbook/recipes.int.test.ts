import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { runProgram } from '../supervisor/run-program.ts';
import { copyRepository } from './scratch-copy.ts';
import { allRecipes, blamedSteps, type TouchedFile, walkRecipes } from './walk-recipes.ts';

/** No tool outlives the test; on an idle machine all of them together take about a minute. */
const PATIENCE_MS = 200_000;

/** One line a failure; and patient, because the type checker has the other processor meanwhile. */
const UNIT_TESTS = ['run', '--project', 'unit', '--reporter', 'dot', '--testTimeout', '60000'];

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'comptoir-recipes-')));
let touched: ReadonlyMap<string, TouchedFile>;
const recipes = allRecipes();

beforeAll(() => {
  copyRepository(copy);
  touched = walkRecipes(recipes, (path) =>
    existsSync(join(copy, path)) ? readFileSync(join(copy, path), 'utf8') : null,
  );
  for (const [path, { text }] of touched) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/**
 * Runs a tool in the copy.
 * @returns what it complains about, after the steps of recipes that touched the files it names;
 * empty when it is content
 */
async function complaints(tool: string, args: readonly string[], folder = '.'): Promise<string[]> {
  const { code, output } = await runProgram(join(copy, 'node_modules/.bin', tool), args, {
    cwd: join(copy, folder),
    quiet: true,
    timeoutMs: PATIENCE_MS,
  });
  return code === 0 ? [] : [...blamedSteps(output, touched), output];
}

/* All recipes are done in one copy, so they also do not collide. Each test has a processor's work. */
test.concurrent(
  'types and templates',
  async () => {
    expect(await complaints('tsc', ['-b'])).toEqual([]);
    expect(
      await complaints('astro-check', ['--minimumFailingSeverity', 'hint'], 'storefront'),
    ).toEqual([]);
  },
  4 * PATIENCE_MS,
);

test.concurrent(
  'format, lint and the tests that the recipes name',
  async () => {
    const code = [...touched.keys()].filter((path) => /\.(ts|tsx|astro)$/.test(path));
    const checks = recipes.flatMap((recipe) => recipe.checks);

    expect(await complaints('prettier', ['--check', ...touched.keys()])).toEqual([]);
    expect(await complaints('vitest', [...UNIT_TESTS, ...checks])).toEqual([]);
    expect(await complaints('eslint', ['--max-warnings=0', ...code])).toEqual([]);
  },
  4 * PATIENCE_MS,
);
