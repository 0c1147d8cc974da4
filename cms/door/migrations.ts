import pg from 'pg';
import { z } from 'zod';

/** Tables that selling needs; `npm run migrate` creates them. */
const NEEDED = ['catalogue_entries', 'catalogue_version', 'catalogue_skus', 'catalogue_markers', 'stock_levels', 'stock_movements'];
const rowsSchema = z.array(z.object({ name: z.string() }));

/** What `npm run migrate` still has to create. @throws when the database does not answer within a second. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 1000, query_timeout: 1000, application_name: 'comptoir-door-health' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('select name from unnest($1::text[]) as name where to_regclass(name) is null', [NEEDED]);
    return rowsSchema.parse(rows).map((row) => row.name);
  } finally {
    client.end().catch(() => undefined);
  }
}
