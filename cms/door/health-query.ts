import pg from 'pg';

const PATIENCE_MS = 1000;
const UNDEFINED_TABLE = '42P01';

/**
 * One short connection for what `/health` asks the database; not the follower's, which may be busy.
 * @throws when the database does not answer within a second
 */
export async function askForHealth<T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    application_name: 'comptoir-door-health',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.end().catch(() => undefined);
  }
}

/**
 * The first row of a query; null without one, and before its tables are made.
 * @throws when the database does not answer within a second
 */
export async function healthRow<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  query: string,
): Promise<Row | null> {
  try {
    return await askForHealth(
      databaseUrl,
      async (client) => (await client.query<Row>(query)).rows[0] ?? null,
    );
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return null;
    throw error;
  }
}
