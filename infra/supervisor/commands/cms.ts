import { join, resolve } from 'node:path';
import { ROOT } from '@comptoir/env';
import { buildStale } from '../builds/build.ts';
import { claimDataFolder, runningShop } from '../data-folder.ts';
import { startPostgres, type Postgres } from '../postgres/server.ts';
import { runNode } from '../run.ts';
import { childEnv, readSettings, type Settings } from '../settings.ts';
import { runningDatabase } from '../shop/running-database.ts';
import { INTERRUPTED, stopInOrder, type Stopper } from '../shop/stop.ts';

/** The address of the database for one command: the one named by DATABASE_URL, that of the running shop, else one started for it. */
const database = async ({ env }: Settings, stopper: Stopper): Promise<string> => {
  if (env.databaseUrl) return env.databaseUrl;
  if (runningShop(env.dataDir)) return runningDatabase(env.dataDir);
  const release = claimDataFolder(env.dataDir);
  let postgres: Postgres | null = null;
  stopper.add(async () => { await postgres?.stop(); release(); });
  postgres = await startPostgres({ dataDir: env.dataDir });
  for (const notice of postgres.notices) process.stderr.write(`${notice}\n`);
  return postgres.url;
};

/** A command that lacks its file says so at once: no build, no database. */
const lacksFile = (name: string, args: readonly string[]): boolean => (name === 'import' || name === 'export') && args.every((arg) => arg.startsWith('--'));

/** File names are given relative to where the person is, not to where Strapi runs. */
const absolute = (arg: string): string => (arg.startsWith('-') ? arg : resolve(process.env['INIT_CWD'] ?? process.cwd(), arg));

/** `npm run seed|import|export|migrate|sweep|admin:password`: one `cms/run.ts` command, with the shop running or not. @returns its exit code */
export const cms = async (name: string, args: readonly string[]): Promise<number> => {
  const stopper = stopInOrder(INTERRUPTED);
  try {
    const settings = readSettings();
    if (lacksFile(name, args)) return (await runNode([join(ROOT, 'cms/run.ts'), name, ...args], { env: settings.raw })).code;
    // Commands load the server side only; the admin's pages may be stale.
    await buildStale((target) => target.name !== 'storefront');
    const url = await database(settings, stopper);
    const files = name === 'import' || name === 'export' ? args.map(absolute) : args;
    return (await runNode([join(ROOT, 'cms/run.ts'), name, ...files], { env: childEnv(settings, url) })).code;
  } finally { await stopper.all(); }
};
