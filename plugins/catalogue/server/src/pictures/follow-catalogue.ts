import pg from 'pg';

/** Something that must run after each commit that changed the catalogue. */
export interface Follower {
  stop(): Promise<void>;
}

const RETRY_MS = 5_000;
/** Catches changes that a lost connection did not announce, and retries what failed. */
const EVERY_MS = 60_000;

/** Runs `job` never twice at once, and once more when it was asked for meanwhile. */
function coalesced(
  job: () => Promise<void>,
  onError: (error: unknown) => void,
): { run(): void; stop(): Promise<void> } {
  let again = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    while (again && !stopped) {
      again = false;
      await job().catch(onError);
    }
    running = null;
  };
  return {
    run() {
      if (stopped) return;
      again = true;
      running ??= drain();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/**
 * Calls `run` at each notification and whenever the connection was made; makes a lost connection
 * again.
 */
function listen(
  databaseUrl: string,
  run: () => void,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let client: pg.Client | null = null;
  let stopped = false;
  let reconnect: NodeJS.Timeout | undefined;
  const lost = (error?: unknown): void => {
    if (error !== undefined) onError(error);
    client?.removeAllListeners('end');
    client = null;
    if (!stopped) reconnect = setTimeout(() => void connect(), RETRY_MS);
  };
  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'comptoir-pictures',
    });
    client = next;
    next.on('notification', run);
    next.once('end', () => lost());
    next.on('error', onError);
    await next
      .connect()
      .then(() => next.query('listen catalogue'), lost)
      .catch(lost);
    run();
  };
  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(reconnect);
      client?.removeAllListeners('end');
      await client?.end().catch(onError);
    },
  };
}

/**
 * Runs `job` now, after each `catalogue` notification (sent on commit), and once a minute; never
 * twice at once, and once more when something happened meanwhile. A lost connection is made again.
 * Errors go to `onError` and are retried.
 */
export function followCatalogue(
  databaseUrl: string,
  job: () => Promise<void>,
  onError: (error: unknown) => void,
): Follower {
  const work = coalesced(job, onError);
  const line = listen(databaseUrl, work.run, onError);
  const timer = setInterval(work.run, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await line.stop();
      await work.stop();
    },
  };
}
