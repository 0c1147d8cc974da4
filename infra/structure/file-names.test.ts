import { basename } from 'node:path';
import { expect, test } from 'vitest';

import { trackedFiles } from './tracked.ts';

/** Names that a tool looks for, or that say all there is to say: an entry, a page's address. */
const conventional = [
  /(^|\/)(index|main)\.(ts|tsx|astro)$/,
  /\.d\.ts$/,
  /^cms\/config\//,
  /^storefront\/src\/pages\//,
  /^storefront\/server\.ts$/,
];

/** Names that several paths end in, with those paths. */
const sharedNames = (paths: readonly string[]): Record<string, string[]> => {
  const sources = paths
    .filter((path) => /\.(ts|tsx|mjs|cjs|js|astro)$/.test(path))
    .filter((path) => !conventional.some((pattern) => pattern.test(path)));
  const byName = Map.groupBy(sources, (path) => basename(path));
  return Object.fromEntries([...byName].filter(([, homes]) => homes.length > 1));
};

test('two files of one name are found, names that a tool looks for are left alone', () =>
  expect(
    sharedNames([
      'plugins/a/shop.ts',
      'storefront/shop.ts',
      'plugins/a/index.ts',
      'plugins/b/index.ts',
      'cms/config/server.ts',
      'cms/door/server.ts',
      'storefront/server.ts',
    ]),
  ).toEqual({ 'shop.ts': ['plugins/a/shop.ts', 'storefront/shop.ts'] }));

test('no two source files share a name: a search for it leads to one file', () =>
  expect(sharedNames(trackedFiles())).toEqual({}));
