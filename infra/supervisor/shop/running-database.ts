import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { postgresAccount } from '../postgres/account.ts';
import { clusterPlace } from '../postgres/place.ts';

/**
 * The address of the Postgres that a running shop keeps on this data folder.
 * @throws Error when it is not up
 */
export function runningDatabase(dataDir: string): string {
  const { cluster } = clusterPlace(dataDir, postgresAccount());
  try {
    const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
    const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim();
    return `postgres://postgres:${password}@127.0.0.1:${port}/comptoir`;
  } catch (cause) {
    throw new Error(
      `The shop on ${dataDir} runs, but its database is not up yet: wait a moment, then run the command again.`,
      { cause },
    );
  }
}
