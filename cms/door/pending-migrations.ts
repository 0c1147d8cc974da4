import pg from 'pg';
import { EXPECTED } from '@comptoir/catalogue/schema';

import { askForHealth } from './health-query.ts';

/**
 * What `npm run migrate` still has to create, by name.
 * @throws when the database does not answer within a second.
 */
export const pendingMigrations = (databaseUrl: string): Promise<string[]> =>
  askForHealth(databaseUrl, async (client) => {
    const pending: string[] = [];
    for (const [name, query] of EXPECTED) {
      // A check that needs a missing table fails: what it looks for is pending too.
      const found = await client.query(query).then(
        (result) => result.rowCount ?? 0,
        (error: unknown) => (error instanceof pg.DatabaseError ? 0 : Promise.reject(error)),
      );
      if (found === 0) pending.push(name);
    }
    return pending;
  });
