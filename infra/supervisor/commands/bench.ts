import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { buildStale } from '../builds/build.ts';
import { runNode } from '../run-program.ts';

const SUFFIX = '.bench.ts';
const skipped = ['node_modules', 'dist', 'build', '.cache', '.strapi'];

/** Every benchmark by its name: `door` for cms/door/bench/door.bench.ts. */
export const benches = (): Map<string, string> =>
  new Map(
    globSync(`{cms,plugins,storefront,infra}/**/*${SUFFIX}`, {
      cwd: ROOT,
      exclude: (path) => skipped.includes(basename(path)),
    })
      .sort()
      .map((path) => [basename(path, SUFFIX), join(ROOT, path)]),
  );

/** The files of one benchmark, or of all without a name. @throws Error naming the ones there are */
export function chosen(all: ReadonlyMap<string, string>, name: string | undefined): string[] {
  if (name === undefined) return [...all.values()];
  const file = all.get(name);
  if (file === undefined)
    throw new Error(`No benchmark "${name}". Known: ${[...all.keys()].join(', ')}.`);
  return [file];
}

/**
 * `npm run bench [-- name [arguments]]`: one benchmark with its arguments; without a name, all of
 * them.
 * @returns the worst exit code
 */
export async function bench([name, ...args]: readonly string[]): Promise<number> {
  const files = chosen(benches(), name);
  await buildStale();
  let worst = 0;
  for (const file of files) worst = Math.max(worst, (await runNode([file, ...args])).code);
  return worst;
}
