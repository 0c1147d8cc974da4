import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';

import type { Recipe, Step } from './recipe.ts';
import { allRecipes, blamedSteps, walkRecipes } from './walk-recipes.ts';

const recipe = (name: string, ...steps: Step[]): Recipe => ({ name, steps, checks: ['a.test.ts'] });
const add = (path: string, line: string, code: string): Step => ({
  kind: 'edit',
  path,
  scope: null,
  place: 'after',
  line,
  code,
});
const files: Record<string, string> = { 'a.ts': 'one\n' };
const read = (path: string): string | null => files[path] ?? null;

test('a recipe goes on where the one before it ended', () => {
  const touched = walkRecipes(
    [
      recipe('first.md', add('a.ts', 'one', 'two'), { kind: 'create', path: 'b.ts', code: 'x\n' }),
      recipe('second.md', add('a.ts', 'two', 'three')),
    ],
    read,
  );

  expect(Object.fromEntries(touched)).toEqual({
    'a.ts': { text: 'one\ntwo\nthree\n', steps: ['first.md, step 1', 'second.md, step 1'] },
    'b.ts': { text: 'x\n', steps: ['first.md, step 2'] },
  });
});

test.each<[string, Step, string]>([
  ['a line that is gone', add('a.ts', 'zero', 'x'), 'r.md, step 1: a.ts has no line "zero".'],
  ['a file that is gone', add('b.ts', 'one', 'x'), 'r.md, step 1: there is no file b.ts.'],
  [
    'a new file that exists',
    { kind: 'create', path: 'a.ts', code: 'x' },
    'r.md, step 1: a.ts exists already.',
  ],
])('%s is told with the recipe and the step', (_, step, message) => {
  expect(() => walkRecipes([recipe('r.md', step)], read)).toThrow(message);
});

test('an error of a tool is traced to the steps that touched its file', () => {
  const touched = walkRecipes([recipe('r.md', add('a.ts', 'one', 'two'))], read);

  expect(blamedSteps('src/a.ts(2,1): error TS2304', touched)).toEqual(['a.ts (r.md, step 1)']);
  expect(blamedSteps('c.ts(2,1): error TS2304', touched)).toEqual([]);
});

const readOurs = (path: string): string | null =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null;

test('each place that a recipe names is there', () => {
  expect(() => walkRecipes(allRecipes(), readOurs)).not.toThrow();
});

test.each(allRecipes())('$name touches at most 15 files', ({ steps }) => {
  expect(new Set(steps.map(({ path }) => path)).size).toBeLessThanOrEqual(15);
});
