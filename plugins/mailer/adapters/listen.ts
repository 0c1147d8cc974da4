import pg from 'pg';

const RETRY_MS = 5000;

/** Calls `ring` for each notification of a channel, on a connection of its own (which `name` shows) that comes back by itself. @returns how to stop */
export function listenFor(
  databaseUrl: string,
  { channel, name }: { channel: string; name: string },
  ring: () => void,
): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (): void => {
    client = null;
    if (!stopped) timer ??= setTimeout(connect, RETRY_MS);
  };
  function connect(): void {
    timer = undefined;
    const opened = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5000,
      application_name: name,
    });
    client = opened;
    opened
      .on('error', () => undefined)
      .on('end', again)
      .on('notification', ring);
    // What was written while nobody listened is told by this ring.
    opened
      .connect()
      .then(() => opened.query(`listen ${channel}`))
      .then(ring, () => void opened.end().catch(again));
  }
  connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
