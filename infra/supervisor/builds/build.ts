import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

import { runNode, runTool } from '../run-program.ts';
import { step } from '../say.ts';
import { contentHash } from './content-hash.ts';
import { type Target, targets } from './targets.ts';

const file = join(ROOT, '.cache/builds.json');
const stampsSchema = z.record(z.string(), z.string());

const stamps = (): Record<string, string> => {
  try {
    return stampsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
};

const remember = (name: string, hash: string | null): void => {
  const { [name]: _, ...others } = stamps();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(hash ? { ...others, [name]: hash } : others, null, 2));
};

/** The targets whose result is missing or was made from other sources. */
export const staleTargets = (): Target[] => {
  const known = stamps();
  return targets.filter(
    ({ name, inputs, output }) =>
      !existsSync(join(ROOT, output)) || known[name] !== contentHash(ROOT, inputs),
  );
};

const lastLines = (text: string): string => text.trim().split('\n').slice(-30).join('\n');

const build = async (target: Target): Promise<void> => {
  const hash = contentHash(ROOT, target.inputs);
  // Forgotten first: a build that is cut short must not pass for a good one.
  remember(target.name, null);
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    ASTRO_TELEMETRY_DISABLED: '1',
    STRAPI_TELEMETRY_DISABLED: 'true',
  };
  const first = await runTool(target.tool, target.args, {
    cwd: join(ROOT, target.cwd),
    env,
    quiet: true,
  });
  const second =
    first.code === 0 && target.then
      ? await runNode([join(ROOT, target.then)], { env, quiet: true })
      : first;
  if (second.code !== 0) throw new Error(`${target.title} failed:\n${lastLines(second.output)}`);
  if (!existsSync(join(ROOT, target.output)))
    throw new Error(`${target.title} made no ${target.output}:\n${lastLines(second.output)}`);
  remember(target.name, hash);
};

/** Builds what is stale, in order, saying so. @throws Error with the tool's last lines */
export const buildStale = async (only: (target: Target) => boolean = () => true): Promise<void> => {
  for (const target of staleTargets().filter(only)) await step(target.title, () => build(target));
};

/** Forgets every build, so that the next start makes all anew. */
export const forgetBuilds = (): void => rmSync(file, { force: true });
