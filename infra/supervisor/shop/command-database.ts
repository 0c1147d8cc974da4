import { claimDataFolder, runningShop } from '../data-folder.ts';
import { type Postgres, startPostgres } from '../postgres/postgres-server.ts';
import type { Settings } from '../supervisor-settings.ts';
import { runningDatabase } from './running-database.ts';
import type { Stopper } from './stop.ts';

/**
 * The address of the database for one command: the one named by DATABASE_URL, that of the running
 * shop, else one started for it.
 */
export async function commandDatabase({ env }: Settings, stopper: Stopper): Promise<string> {
  if (env.databaseUrl) return env.databaseUrl;
  if (runningShop(env.dataDir)) return runningDatabase(env.dataDir);
  const release = claimDataFolder(env.dataDir);
  let postgres: Postgres | null = null;
  stopper.add(async () => {
    await postgres?.stop();
    release();
  });
  postgres = await startPostgres({ dataDir: env.dataDir });
  for (const notice of postgres.notices) process.stderr.write(`${notice}\n`);
  return postgres.url;
}
