import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { ROOT } from './compose-file.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { workspaces } = z
  .object({ workspaces: z.array(z.string()) })
  .parse(JSON.parse(read('package.json')));

// Without one of them npm ci refuses the lock file, which only a build of the image would show.
test.each(['cms/Dockerfile', 'storefront/Dockerfile', 'infra/stripe-simulator/Dockerfile'])(
  '%s has the package.json of every workspace',
  (file) => {
    const dockerfile = read(file);
    const absent = workspaces.filter(
      (name) => !dockerfile.includes(`COPY ${name}/package.json ${name}/\n`),
    );

    expect(absent).toEqual([]);
  },
);

/** The libraries of ours that a program loads, by their folder's name. */
const LOADED = /@comptoir\/(env|telemetry|process)'/g;

test.each([
  ['cms/Dockerfile', 'cms/door/main.ts'],
  ['storefront/Dockerfile', 'storefront/server.ts'],
])('%s has the libraries that %s loads', (file, program) => {
  const libraries = [...read(program).matchAll(LOADED)].map(([, name = '']) => name);
  const stages = read(file).split(/^FROM /m);

  expect(libraries.length).toBeGreaterThan(1);
  for (const name of libraries)
    expect(stages.at(-1)).toContain(`COPY infra/${name} infra/${name}\n`);
});
