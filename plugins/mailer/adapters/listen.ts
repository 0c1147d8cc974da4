import pg from 'pg';
import { CHANNEL } from './outbox-table.ts';

const RETRY_MS = 5000;

/** Calls `ring` for each committed mail, on a connection of its own that comes back by itself. @returns how to stop */
export function listenForMail(databaseUrl: string, ring: () => void): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const again = (): void => {
    client = null;
    if (!stopped) timer ??= setTimeout(connect, RETRY_MS);
  };
  function connect(): void {
    timer = undefined;
    const opened = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000, application_name: 'comptoir-mailer' });
    client = opened;
    opened.on('error', () => undefined).on('end', again).on('notification', ring);
    // What was written while nobody listened is told by this ring.
    opened.connect().then(() => opened.query(`listen ${CHANNEL}`)).then(ring, () => void opened.end().catch(again));
  }
  connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
