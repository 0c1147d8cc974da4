import { EXPECTED } from '@comptoir/catalogue/schema';
import pg from 'pg';

/** What `npm run migrate` still has to create, by name. @throws when the database does not answer within a second. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1000, query_timeout: 1000, application_name: 'comptoir-door-health' });
  client.on('error', () => undefined);
  const pending: string[] = [];
  try {
    await client.connect();
    for (const [name, query] of EXPECTED) {
      // A check that needs a missing table fails: what it looks for is pending too.
      const found = await client.query(query).then((result) => result.rowCount ?? 0, (error: unknown) => (error instanceof pg.DatabaseError ? 0 : Promise.reject(error)));
      if (found === 0) pending.push(name);
    }
    return pending;
  } finally {
    client.end().catch(() => undefined);
  }
}
