import pg from 'pg';

/**
 * Key of the advisory lock under which Strapi is loaded, by the door's child or by a command
 * (cms/commands); two loads at once would race on the schema.
 */
export const BOOT_LOCK = "hashtext('comptoir:strapi-boot')";

async function takeLock(client: pg.Client): Promise<void> {
  await client.connect();
  await client.query(`select pg_advisory_lock(${BOOT_LOCK})`);
}

/** Rejects when asked to stop; never resolves. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new Error('stopped while waiting for the database'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Waits until the database answers and no other process loads Strapi.
 * @returns a function that gives the lock back.
 * @throws when the database cannot be reached or `signal` is aborted.
 */
export async function acquireBootLock(
  databaseUrl: string,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 2000,
    application_name: 'comptoir-door-boot',
  });
  client.on('error', () => undefined);
  const end = (): Promise<void> => client.end().catch(() => undefined);
  try {
    // The abort is raced against the connection: a client that is ended while it connects reports
    // nothing, and the door would wait for ever.
    await Promise.race([takeLock(client), aborted(signal)]);
  } catch (error) {
    void end();
    throw error;
  }
  // Not awaited: a frozen database never answers the goodbye.
  return async () => void end();
}
