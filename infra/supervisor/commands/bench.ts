import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';
import { buildStale } from '../builds/build.ts';
import { runNode } from '../run.ts';

/** `npm run bench [name]`: the benchmarks in cms/door/bench; without a name, all of them. */
export const bench = async (args: readonly string[]): Promise<number> => {
  await buildStale();
  const folder = join(ROOT, 'cms/door/bench');
  const all = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
  const wanted = all.filter((file) => !args[0] || file.startsWith(args[0]));
  if (wanted.length === 0) throw new Error(`No benchmark "${args[0] ?? ''}". Known: ${all.join(', ')}.`);
  let worst = 0;
  for (const file of wanted) worst = Math.max(worst, (await runNode([join(folder, file), ...args.slice(1)])).code);
  return worst;
};
