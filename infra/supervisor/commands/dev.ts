import { unwatchFile, utimes, watchFile } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';
import { type Child, isRunning, startChild } from '@comptoir/process';

import { buildStale } from '../builds/build.ts';
import { plugins } from '../builds/targets.ts';
import { claimDataFolder } from '../data-folder.ts';
import { columns, say, step } from '../say.ts';
import { portProblems } from '../shop/port-problems.ts';
import { keepDoor, keepStorefront } from '../shop/processes.ts';
import { keepSimulator, usesSimulator } from '../shop/simulated-stripe.ts';
import { stopInOrder } from '../shop/stop.ts';
import { readSettings, type Settings } from '../supervisor-settings.ts';
import { database, terminalOf } from './start.ts';

const tool = (name: string): string => join(ROOT, 'node_modules', name);
const marked =
  (name: string) =>
  (text: string): void => {
    for (const line of text.trimEnd().split('\n')) process.stdout.write(`[${name}] ${line}\n`);
  };

/** Rebuilds a plugin at each change; `strapi develop` does not look into sibling folders. */
const watchPlugin = ({ env, raw }: Settings, name: string): Child =>
  startChild({
    name,
    args: [tool('@strapi/sdk-plugin/bin/strapi-plugin.js'), 'watch'],
    cwd: join(ROOT, 'plugins', name),
    env: { ...raw, NODE_ENV: 'development' },
    logFile: join(env.dataDir, 'logs', `${name}.log`),
    onOutput: marked(name),
  });

const STRAPI_WATCHES = join(ROOT, 'cms/src/index.ts');

/**
 * Strapi restarts when a file of its own folder changes: a plugin that was built anew touches one.
 * @returns how to end it
 */
function reloadWith(name: string): () => Promise<void> {
  const built = join(ROOT, 'plugins', name, 'dist/server/index.js');
  // By polling, because a build may replace the whole folder, which silently ends a watch on it.
  watchFile(built, { interval: 500 }, ({ mtimeMs }, before) => {
    if (mtimeMs > before.mtimeMs) utimes(STRAPI_WATCHES, new Date(), new Date(), () => undefined);
  });
  return async () => unwatchFile(built);
}

/** `npm run dev`: the shop with hot reload in cms, plugins and storefront, until Ctrl-C. */
export async function dev(): Promise<void> {
  const settings = readSettings({ ...process.env, NODE_ENV: 'development' });
  const stopper = stopInOrder(0);
  const terminal = terminalOf(stopper);
  try {
    stopper.add(claimDataFolder(settings.env.dataDir));
    const problems = await portProblems(settings.env);
    if (problems.length > 0) throw new Error(problems.join('\n  '));
    const build = (): Promise<void> => buildStale(({ name }) => plugins.includes(name));
    const env: NodeJS.ProcessEnv = {
      ...(await database(settings, stopper, build)),
      DOOR_MODE: 'develop',
      ASTRO_TELEMETRY_DISABLED: '1',
    };
    for (const name of plugins) {
      const watcher = watchPlugin(settings, name);
      stopper.add(async () => {
        if (isRunning(watcher.process)) await watcher.stop(3000);
      });
    }
    const astro = [
      tool('astro/bin/astro.mjs'),
      'dev',
      '--port',
      String(settings.env.storefrontPort),
      '--host',
      settings.env.storefrontHost,
    ];
    if (usesSimulator(settings.env))
      stopper.add((await keepSimulator(settings.env, settings, terminal)).stop);
    await step('Starting the API and the storefront', async () => {
      await keepDoor(settings, env, terminal, marked('api'));
      await keepStorefront(settings, env, terminal, astro, marked('storefront'));
    });
    // Only now, because the watchers' first builds are no change.
    for (const name of plugins) stopper.add(reloadWith(name));
    say(
      `\nReady; a saved file shows by itself. Ctrl-C stops it.\n\n${columns([
        [settings.env.publicSiteUrl, 'the shop'],
        [`${settings.env.publicApiUrl}/admin`, 'the admin'],
      ])}\n`,
    );
  } catch (error) {
    stopper.whenAsked(1, error instanceof Error ? error.message : String(error));
  }
}
