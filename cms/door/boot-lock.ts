import pg from 'pg';

/** Key of the advisory lock under which Strapi is loaded, by the door's child or by a command (`cms/run.ts` has the same key); two loads at once would race on the schema. */
export const BOOT_LOCK = "hashtext('comptoir:strapi-boot')";

/**
 * Waits until the database answers and nobody else loads Strapi; answers how to let go.
 * @throws when the database cannot be reached.
 */
export async function acquireBootLock(databaseUrl: string, signal: AbortSignal): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2000, application_name: 'comptoir-door-boot' });
  client.on('error', () => undefined);
  const abort = (): void => void client.end().catch(() => undefined);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock(${BOOT_LOCK})`);
  } catch (error) {
    abort();
    throw error;
  }
  return async () => {
    signal.removeEventListener('abort', abort);
    await client.end();
  };
}
