import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { applyEdit, readRecipe, type Recipe, type Step } from './recipe.ts';

export const RECIPES = 'infra/handbook/recipes';

/**
 * A file that recipes touch: what it is after them, and the steps that made it so, such as
 * `add-a-page.md, step 3`.
 */
export interface TouchedFile {
  text: string;
  steps: readonly string[];
}

/** Every recipe of the handbook, by name. */
export function allRecipes(): Recipe[] {
  return readdirSync(join(ROOT, RECIPES))
    .filter((file) => file.startsWith('add-'))
    .sort()
    .map((file) => readRecipe(file, readFileSync(join(ROOT, RECIPES, file), 'utf8')));
}

/**
 * Does what recipes say, one after the other, in memory.
 * @param read the text of a file before the first recipe, or null when there is no such file
 * @returns the touched files by path
 * @throws Error that names the recipe and the step that cannot be done
 */
export function walkRecipes(
  recipes: readonly Recipe[],
  read: (path: string) => string | null,
): ReadonlyMap<string, TouchedFile> {
  const touched = new Map<string, TouchedFile>();
  for (const { name, steps } of recipes) {
    for (const [index, step] of steps.entries()) {
      const title = `${name}, step ${index + 1}`;
      const before = touched.get(step.path);
      const text = afterStep(title, step, before?.text ?? read(step.path));
      touched.set(step.path, { text, steps: [...(before?.steps ?? []), title] });
    }
  }
  return touched;
}

function afterStep(title: string, step: Step, before: string | null): string {
  if (step.kind === 'create') {
    if (before !== null) throw new Error(`${title}: ${step.path} exists already.`);
    return step.code;
  }
  if (before === null) throw new Error(`${title}: there is no file ${step.path}.`);
  try {
    return applyEdit(before, step);
  } catch (error) {
    throw new Error(`${title}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * The steps that a tool complains about: those of the touched files whose paths its output names.
 */
export function blamedSteps(output: string, touched: ReadonlyMap<string, TouchedFile>): string[] {
  return [...touched].flatMap(([path, { steps }]) =>
    output.includes(path) ? [`${path} (${steps.join('; ')})`] : [],
  );
}
