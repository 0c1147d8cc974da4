import pg from 'pg';

/** Something that must run after each commit that changed the catalogue. */
export interface Follower {
  stop(): Promise<void>;
}

const RETRY_MS = 5_000;
/** Safety net for what a lost connection did not tell, and retry of what failed. */
const EVERY_MS = 60_000;

/**
 * Runs `job` now, after each `catalogue` notification (sent on commit), and once a minute; never twice at once, and once
 * more when something happened meanwhile. A lost connection is made again. Errors go to `onError` and are retried.
 */
export function followCatalogue(databaseUrl: string, job: () => Promise<void>, onError: (error: unknown) => void): Follower {
  let client: pg.Client | null = null;
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;
  let reconnect: NodeJS.Timeout | undefined;

  const run = (): void => {
    if (stopped) return;
    again = true;
    running ??= (async () => {
      while (again && !stopped) {
        again = false;
        await job().catch(onError);
      }
      running = null;
    })();
  };
  const lost = (error?: unknown): void => {
    if (error !== undefined) onError(error);
    client?.removeAllListeners('end');
    client = null;
    if (!stopped) reconnect = setTimeout(() => void connect(), RETRY_MS);
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: 'comptoir-pictures' });
    client = next;
    next.on('notification', run);
    next.once('end', () => lost());
    next.on('error', onError);
    await next.connect().then(() => next.query('listen catalogue'), lost).catch(lost);
    run();
  };
  void connect();
  const timer = setInterval(run, EVERY_MS);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(reconnect);
      client?.removeAllListeners('end');
      await client?.end().catch(onError);
      await running;
    },
  };
}
