import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { backoff } from './backoff.ts';
import type { Catalogue } from './catalogue.ts';
import { applyRows, emptyMemory, type Memory } from './memory.ts';
import { readChanges } from './read-changes.ts';
import type { SkippedRow } from './rows.ts';

export type FollowerEvents = {
  /** The database follows live again, or is away (with what it said). */
  attached(): void;
  detached(reason: string): void;
  skipped(rows: SkippedRow[]): void;
  /** New content is served; the place to schedule a dump. */
  changed(): void;
};
export type FollowerOptions = { databaseUrl: string; catalogue: Catalogue; events: FollowerEvents; pollMs?: number; now?: () => number };
export type Follower = ReturnType<typeof createFollower>;

const CONNECT_TIMEOUT = 2000;
const QUERY_TIMEOUT = 10_000;
const UNSEEDED_POLL = 1000;

/**
 * Keeps a catalogue equal to the database: listens for changes, reads what is newer, polls as a safety net, and reconnects for ever.
 * Never throws; what happens is told through `events`.
 */
export function createFollower({ databaseUrl, catalogue, events, pollMs = 5000, now = Date.now }: FollowerOptions) {
  const stopping = new AbortController();
  let connected = false;
  let running: Promise<void> = Promise.resolve();
  /** What was last read from the database, whole; a dump or seed never counts. */
  let followed: Memory | null = null;

  const read = async (client: pg.Client): Promise<boolean> => {
    const changes = await readChanges(client, followed);
    if (changes === null) return false;
    if (changes.skipped.length > 0) events.skipped(changes.skipped);
    const before = followed;
    const base = changes.whole || before === null ? emptyMemory(changes.epoch) : before;
    const next = base === before && changes.n === before.n ? before : applyRows(base, changes.rows, changes.n);
    const asOf = now();
    followed = next;
    const state = catalogue.current();
    if (next === before && state?.source === 'database') catalogue.confirm(asOf);
    else catalogue.replace(next, 'database', asOf);
    if (next !== before) events.changed();
    return true;
  };

  /** One connection's life; ends (rejects) when it breaks. */
  const session = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT, query_timeout: QUERY_TIMEOUT,
      keepAlive: true, application_name: 'comptoir-door',
    });
    const turn = createBell(stopping.signal);
    let failure: Error | null = null;
    const fail = (error: Error): void => {
      failure ??= error;
      turn.ring();
    };
    client.on('error', fail);
    client.on('end', () => fail(new Error('the connection was closed')));
    client.on('notification', turn.ring);
    try {
      await client.connect();
      await client.query('listen catalogue');
      connected = true;
      events.attached();
      while (!stopping.signal.aborted) {
        const seen = await read(client);
        if (failure) throw failure;
        await turn.next(seen ? pollMs : UNSEEDED_POLL);
        if (failure) throw failure;
      }
    } finally {
      connected = false;
      client.end().catch(() => undefined);
    }
  };

  const run = async (): Promise<void> => {
    let attempt = 0;
    while (!stopping.signal.aborted) {
      const started = performance.now();
      try {
        await session();
      } catch (error) {
        catalogue.detach();
        if (!stopping.signal.aborted) events.detached(error instanceof Error ? error.message || error.name : String(error));
      }
      attempt = performance.now() - started > 10_000 ? 0 : attempt + 1;
      await backoff(attempt, { first: 200, most: 3000, signal: stopping.signal });
    }
  };
  return {
    start(): void {
      running = run();
    },
    /** True while a connection to the database stands. */
    connected: (): boolean => connected,
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}

/** Wakes one waiter; rings between waits are remembered, many rings are one. */
function createBell(signal: AbortSignal) {
  let rung = false;
  let wake: (() => void) | null = null;
  const ring = (): void => {
    rung = true;
    wake?.();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    next: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          rung = false;
          wake = null;
          resolve();
        };
        const timer = setTimeout(done, ms);
        wake = done;
        if (rung) done();
      }),
  };
}
