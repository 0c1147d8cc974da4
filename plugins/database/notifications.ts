import pg from 'pg';

const RECONNECT_MS = 5000;
const CONNECT_TIMEOUT_MS = 5000;

export interface Subscription {
  /** The channel of `pg_notify`; an identifier of ours, never anyone's input. */
  channel: string;
  /** What `pg_stat_activity` shows as the connection's application. */
  name: string;
}

/**
 * Calls `onNotification` for each notification of a channel, on a connection of its own that is
 * opened again when it is lost. It is also called once after each connection: what was written
 * while none was open would otherwise go unnoticed.
 * @returns how to unsubscribe
 */
export function subscribe(
  databaseUrl: string,
  { channel, name }: Subscription,
  onNotification: () => void,
): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let unsubscribed = false;

  const reconnectLater = (): void => {
    client = null;
    if (!unsubscribed) timer ??= setTimeout(connect, RECONNECT_MS);
  };
  function connect(): void {
    timer = undefined;
    const opened = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: name,
    });
    client = opened;
    opened
      .on('error', () => undefined)
      .on('end', reconnectLater)
      .on('notification', onNotification);
    opened
      .connect()
      .then(() => opened.query(`listen ${channel}`))
      .then(onNotification, () => void opened.end().catch(reconnectLater));
  }

  connect();
  return async () => {
    unsubscribed = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
