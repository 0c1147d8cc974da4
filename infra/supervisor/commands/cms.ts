import { join, resolve } from 'node:path';
import { ROOT } from '@comptoir/env';
import { buildStale } from '../builds/build.ts';
import { claimDataFolder, runningShop } from '../data-folder.ts';
import { startPostgres } from '../postgres/server.ts';
import { runNode } from '../run.ts';
import { childEnv, readSettings, type Settings } from '../settings.ts';
import { runningDatabase } from '../shop/running-database.ts';

/** The database for one command: the one named by DATABASE_URL, that of the running shop, else one started for it. */
const database = async ({ env }: Settings): Promise<{ url: string; stop: () => Promise<void> }> => {
  if (env.databaseUrl) return { url: env.databaseUrl, stop: async () => undefined };
  if (runningShop(env.dataDir)) return { url: runningDatabase(env.dataDir), stop: async () => undefined };
  const release = claimDataFolder(env.dataDir);
  const postgres = await startPostgres({ dataDir: env.dataDir }).catch((error: unknown) => { release(); throw error; });
  for (const notice of postgres.notices) process.stderr.write(`${notice}\n`);
  return { url: postgres.url, stop: async () => { await postgres.stop(); release(); } };
};

/** File names are given relative to where the person is, not to where Strapi runs. */
const absolute = (arg: string): string => (arg.startsWith('-') ? arg : resolve(process.env['INIT_CWD'] ?? process.cwd(), arg));

/** `npm run seed|import|export|migrate|sweep|admin:password`: one `cms/run.ts` command, with the shop running or not. @returns its exit code */
export const cms = async (name: string, args: readonly string[]): Promise<number> => {
  const settings = readSettings();
  // Commands load the server side only; the admin's pages may be stale.
  await buildStale((target) => target.name !== 'storefront');
  const { url, stop } = await database(settings);
  const files = name === 'import' || name === 'export' ? args.map(absolute) : args;
  try {
    return (await runNode([join(ROOT, 'cms/run.ts'), name, ...files], { env: childEnv(settings, url) })).code;
  } finally { await stop(); }
};
