import { expect, test } from 'vitest';

import { trackedFiles } from './tracked.ts';
import { projects, readProject, unreferredImports } from './typescript-projects.ts';

const all = projects();
const sources = trackedFiles().filter((file) => /(?<!\.d)\.tsx?$/.test(file));

test('every TypeScript file belongs to exactly one project, so that an editor and `tsc -b` agree on it', () => {
  const homes = new Map(sources.map((file) => [file, [] as string[]]));
  for (const { config, files } of all) {
    for (const file of files) homes.get(file)?.push(config);
  }
  const misplaced = [...homes].filter(([, configs]) => configs.length !== 1);

  expect(sources.length).toBeGreaterThan(700);
  expect(Object.fromEntries(misplaced)).toEqual({});
});

test('every project that another one refers to is checked by itself too', () => {
  const known = all.map(({ config }) => config);
  const unknown = all.flatMap(({ references }) => references).filter((it) => !known.includes(it));

  expect(unknown).toEqual([]);
});

test('a project refers to every project it imports from', () => {
  expect(unreferredImports(all)).toEqual([]);
});

test.each(['catalogue', 'commerce', 'mailer', 'stripe'])(
  'plugin %s: its own project holds all its product code',
  (name) => {
    const folder = `plugins/${name}/`;
    const { files } = readProject(`${folder}tsconfig.json`);
    const product = sources.filter(
      (file) =>
        file.startsWith(folder) &&
        !file.startsWith(`${folder}admin/`) &&
        !/\.(test|fixture)\.ts$|\/fixture\//.test(file),
    );

    expect([...files].sort()).toEqual(product);
  },
);

test('a plugin is built from plugins, environment and telemetry: the image has nothing else to refer to', () => {
  // Vite reads the references of the nearest tsconfig.json and stops at one that is missing.
  const product = all.filter(({ config }) => /^plugins\/.*(?<!tests)\.json$/.test(config));
  const foreign = product
    .filter(({ config }) => !config.includes('/admin/'))
    .flatMap(({ config, references }) => references.map((to) => `${config} → ${to}`))
    .filter((line) => !/→ (plugins\/[a-z]+|infra\/(env|telemetry))\/tsconfig\.json$/.test(line));

  expect(product.length).toBeGreaterThan(6);
  expect(foreign).toEqual([]);
});
