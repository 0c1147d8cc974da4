import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

/** One room's code imports another's. `imports`: how many import statements do. */
export interface Arrow {
  from: string;
  to: string;
  imports: number;
}

/** One line of the law of imports, as `.dependency-cruiser.cjs` states it. */
export interface ImportRule {
  name: string;
  comment: string;
}

const FOLDERS = ['cms', 'plugins', 'storefront', 'infra'];
/** What the running shop does not load; its arrows would hide those of the product. */
const TEST_CODE = /\.(test|int\.test|browser|fixture|bench)\.|\/(fixture|browser|bench|staff)\//;

const configSchema = z.object({
  forbidden: z.array(z.object({ name: z.string(), comment: z.string() })),
  options: z.record(z.string(), z.unknown()),
});
const config = configSchema.parse(
  createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')),
);

/** The rules of who may import whom, in the order of the linter's configuration. */
export const importRules: readonly ImportRule[] = config.forbidden.map(({ name, comment }) => ({
  name,
  comment,
}));

/**
 * Every import statement of the product's code, as pairs of paths from the checkout.
 * @returns one pair per import, tests and benches left out
 */
export async function readImports(): Promise<readonly (readonly [string, string])[]> {
  const { output } = await cruise(FOLDERS, {
    ...(config.options satisfies ICruiseOptions),
    baseDir: ROOT,
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered a text');
  return pairsOf(output);
}

function pairsOf({ modules }: ICruiseResult): [string, string][] {
  return modules
    .filter(({ source }) => !TEST_CODE.test(source))
    .flatMap(({ source, dependencies }) =>
      dependencies.map(({ resolved }): [string, string] => [source, resolved]),
    );
}

/**
 * Adds imports up to arrows between rooms.
 * @param roomOf the room a path belongs to; null leaves the import out
 * @returns the arrows between different rooms, sorted by name
 */
export function arrowsBetween(
  imports: readonly (readonly [string, string])[],
  roomOf: (path: string) => string | null,
): Arrow[] {
  const counts = new Map<string, Arrow>();
  for (const [source, target] of imports) {
    const from = roomOf(source);
    const to = roomOf(target);
    if (from === null || to === null || from === to) continue;
    const key = `${from} ${to}`;
    const known = counts.get(key) ?? { from, to, imports: 0 };
    counts.set(key, { ...known, imports: known.imports + 1 });
  }
  const byName = (a: Arrow, b: Arrow): number =>
    a.from.localeCompare(b.from, 'en') || a.to.localeCompare(b.to, 'en');
  return [...counts.values()].sort(byName);
}
