/** Where the code of a step goes. */
type Place = 'after' | 'before' | 'instead of';

/** One step of a recipe that changes a file. */
export type Step =
  | { kind: 'create'; path: string; code: string }
  | { kind: 'edit'; path: string; scope: string | null; place: Place; line: string; code: string };

/** A recipe of the handbook, as a program can walk it. */
export interface Recipe {
  name: string;
  steps: readonly Step[];
  /** The unit tests that tell whether it was done: arguments of `npm test --`. */
  checks: readonly string[];
}

const FENCE = /^```\w*\n([^]*?)^```$/m;
const CREATE = /^New file `([^`]+)`:$/;
const EDIT =
  /^In `([^`]+)`,(?: below `([^`]+)`,)? (after|before|instead of) `([^`]+)`, (?:add|write):$/;
const CHECK = /^Check: `npm test -- ([^`]+)`/gm;

/**
 * Reads a recipe. A step is one sentence that ends in a colon, and the block of code below it:
 * "In `path`, after `a line`, add:", "In `path`, below `a line`, before `a line`, add:",
 * "In `path`, instead of `a line`, write:" or "New file `path`:".
 * @throws Error that names the recipe and the sentence, when a block of code has no such sentence
 * above it
 */
export function readRecipe(name: string, text: string): Recipe {
  const steps: Step[] = [];
  let rest = text;
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    const sentence = rest.slice(0, fence.index).trimEnd().split('\n').at(-1) ?? '';
    steps.push(readStep(name, sentence, fence[1] ?? ''));
    rest = rest.slice(fence.index + fence[0].length);
  }
  const checks = [...text.matchAll(CHECK)].map(([, argument = '']) => argument);
  if (steps.length === 0 || checks.length === 0)
    throw new Error(`${name} needs a step with code, and a line "Check: \`npm test -- NAME\`".`);
  return { name, steps, checks };
}

function readStep(name: string, sentence: string, code: string): Step {
  const created = CREATE.exec(sentence);
  if (created?.[1]) return { kind: 'create', path: created[1], code };
  const [, path, scope = null, place, line] = EDIT.exec(sentence) ?? [];
  if (!path || !isPlace(place) || !line)
    throw new Error(`${name}: no step can be read from "${sentence}".`);
  return { kind: 'edit', path, scope, place, line, code };
}

function isPlace(word: string | undefined): word is Place {
  return word === 'after' || word === 'before' || word === 'instead of';
}

/**
 * The file after an edit.
 * @throws Error that names path and line, when the line is not there, or is there twice without a
 * scope
 */
export function applyEdit(text: string, step: Extract<Step, { kind: 'edit' }>): string {
  const lines = text.split('\n');
  const at = findLine(lines, step);
  const code = step.code.replace(/\n$/, '').split('\n');
  const start = step.place === 'after' ? at + 1 : at;
  lines.splice(start, step.place === 'instead of' ? 1 : 0, ...code);
  return lines.join('\n');
}

function findLine(
  lines: readonly string[],
  { path, scope, line }: Extract<Step, { kind: 'edit' }>,
): number {
  const from = scope === null ? 0 : lines.findIndex((one) => one.includes(scope));
  if (from < 0) throw new Error(`${path} has no line with "${scope}".`);
  const found = lines.flatMap((one, index) =>
    index >= from && one.trim() === line ? [index] : [],
  );
  const [first, second] = found;
  if (first === undefined) throw new Error(`${path} has no line "${line}".`);
  if (second !== undefined && scope === null)
    throw new Error(`${path} has "${line}" more than once: say below which line.`);
  return first;
}
