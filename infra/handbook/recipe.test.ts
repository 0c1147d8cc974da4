import { expect, test } from 'vitest';

import { applyEdit, readRecipe, type Step } from './recipe.ts';

const page = `# A setting

It is shown on each page.

In \`a/b.ts\`, below \`const shape\`, after \`one: 1,\`, add:

\`\`\`ts
  two: 2,
\`\`\`

New file \`a/c.test.ts\`:

\`\`\`ts
test('c');
\`\`\`

Check: \`npm test -- a/c.test.ts\`
`;

type Edit = Extract<Step, { kind: 'edit' }>;
const edit = (part: Partial<Edit>): Edit => ({
  kind: 'edit',
  path: 'a/b.ts',
  scope: null,
  place: 'after',
  line: 'one: 1,',
  code: '  two: 2,\n',
  ...part,
});

test('a recipe is steps and checks', () => {
  const recipe = readRecipe('add-a-setting.md', page);

  expect(recipe.steps).toEqual([
    edit({ scope: 'const shape' }),
    { kind: 'create', path: 'a/c.test.ts', code: "test('c');\n" },
  ]);
  expect(recipe.checks).toEqual(['a/c.test.ts']);
});

test('a block of code without its sentence is refused by name', () => {
  const vague = page.replace('New file `a/c.test.ts`:', 'Then write a test:');

  expect(() => readRecipe('add-a-setting.md', vague)).toThrow(
    'add-a-setting.md: no step can be read from "Then write a test:".',
  );
});

test('a recipe that nothing checks is refused', () => {
  expect(() => readRecipe('add-a-setting.md', page.replace('Check:', 'Look:'))).toThrow('Check:');
});

const file = ['const other = {', '  one: 1,', '};', 'const shape = {', '  one: 1,', '};'].join(
  '\n',
);

test.each<[string, Partial<Edit>, string[]]>([
  ['after', {}, ['const shape = {', '  one: 1,', '  two: 2,', '};']],
  ['before', { place: 'before' }, ['const shape = {', '  two: 2,', '  one: 1,', '};']],
  ['instead of', { place: 'instead of' }, ['const shape = {', '  two: 2,', '};']],
])('%s a line, below another', (_, part, expected) => {
  const changed = applyEdit(file, edit({ scope: 'const shape', ...part }));

  expect(changed.split('\n').slice(0, 3)).toEqual(file.split('\n').slice(0, 3));
  expect(changed.split('\n').slice(3)).toEqual(expected);
});

test.each<[Partial<Edit>, string]>([
  [{}, 'a/b.ts has "one: 1," more than once: say below which line.'],
  [{ line: 'three: 3,' }, 'a/b.ts has no line "three: 3,".'],
  [{ scope: 'const none' }, 'a/b.ts has no line with "const none".'],
])('a place that is not there is refused: %#', (part, message) => {
  expect(() => applyEdit(file, edit(part))).toThrow(message);
});
