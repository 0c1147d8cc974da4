import { performance } from 'node:perf_hooks';
import pg from 'pg';

import type { Catalogue } from './catalogue.ts';
import { applyRows, emptyMemory, type Memory } from './memory.ts';
import type { SkippedRow } from './parse-rows.ts';
import { readChanges } from './read-changes.ts';
import { backoff } from './retry-delay.ts';
import { createWakeable } from './wakeable.ts';

interface FollowerEvents {
  /** The connection to the database is made, or lost (with the driver's reason). */
  attached(): void;
  detached(reason: string): void;
  skipped(rows: SkippedRow[]): void;
  /** New content is served; the place to schedule a dump. */
  changed(): void;
}
interface FollowerOptions {
  databaseUrl: string;
  catalogue: Catalogue;
  events: FollowerEvents;
  pollMs?: number;
  now?: () => number;
}
export type Follower = ReturnType<typeof createFollower>;

const CONNECT_TIMEOUT = 2000;
const QUERY_TIMEOUT = 10_000;
const UNSEEDED_POLL = 1000;

type Following = Required<FollowerOptions> & {
  stopping: AbortController;
  connected: boolean;
  /** What was last read from the database, whole; a dump or seed never counts. */
  followed: Memory | null;
};

/**
 * Keeps a catalogue equal to the database: listens for changes, reads what is newer, polls as a
 * safety net, and reconnects for ever. Never throws; what happens is reported through `events`.
 */
export function createFollower({
  databaseUrl,
  catalogue,
  events,
  pollMs = 5000,
  now = Date.now,
}: FollowerOptions) {
  const following: Following = {
    databaseUrl,
    catalogue,
    events,
    pollMs,
    now,
    stopping: new AbortController(),
    connected: false,
    followed: null,
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start(): void {
      running = followForever(following);
    },
    /** True while a connection to the database stands. */
    connected: (): boolean => following.connected,
    async stop(): Promise<void> {
      following.stopping.abort();
      await running;
    },
  };
}

async function followForever(following: Following): Promise<void> {
  const { catalogue, events } = following;
  const { signal } = following.stopping;
  let attempt = 0;
  while (!signal.aborted) {
    const started = performance.now();
    try {
      await session(following);
    } catch (error) {
      catalogue.detach();
      if (!signal.aborted)
        events.detached(error instanceof Error ? error.message || error.name : String(error));
    }
    attempt = performance.now() - started > 10_000 ? 0 : attempt + 1;
    await backoff(attempt, { first: 200, most: 3000, signal });
  }
}

/** Follows over one connection until it breaks; then rejects. */
async function session(following: Following): Promise<void> {
  const { signal } = following.stopping;
  const pause = createWakeable(signal);
  const { client, check } = createClient(following.databaseUrl, pause.wake);
  try {
    await client.connect();
    await client.query('listen catalogue');
    following.connected = true;
    following.events.attached();
    while (!signal.aborted) {
      const seen = await read(following, client);
      check();
      await pause.idle(seen ? following.pollMs : UNSEEDED_POLL);
      check();
    }
  } finally {
    following.connected = false;
    client.end().catch(() => undefined);
  }
}

/** A client that calls `wake` when it is notified or breaks; `check` throws what broke it first. */
function createClient(databaseUrl: string, wake: () => void): { client: pg.Client; check(): void } {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: QUERY_TIMEOUT,
    keepAlive: true,
    application_name: 'comptoir-door',
  });
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  client.on('error', fail);
  client.on('end', () => fail(new Error('the connection was closed')));
  client.on('notification', wake);
  return {
    client,
    check(): void {
      if (failure) throw failure;
    },
  };
}

/** Reads what is newer into the catalogue; false while the database carries no catalogue yet. */
async function read(following: Following, client: pg.Client): Promise<boolean> {
  const { catalogue, events, followed: before } = following;
  const changes = await readChanges(client, before);
  if (changes === null) return false;
  if (changes.skipped.length > 0) events.skipped(changes.skipped);
  const base = changes.whole || before === null ? emptyMemory(changes.epoch) : before;
  const next =
    base === before && changes.n === before.n ? before : applyRows(base, changes.rows, changes.n);
  const asOf = following.now();
  following.followed = next;
  const state = catalogue.current();
  if (next === before && state?.source === 'database') catalogue.confirm(asOf);
  else catalogue.replace(next, 'database', asOf);
  if (next !== before) events.changed();
  return true;
}
