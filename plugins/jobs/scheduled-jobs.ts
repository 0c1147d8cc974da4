import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '@comptoir/database';

import { type BackgroundWork, type ListeningServer, startOnListening } from './background-work.ts';
import { atMost } from './worker.ts';

/** Something done over and over, by one process at a time. */
export interface Job {
  /** Unique among all plugins: processes agree by it which of them runs the job. */
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

const lockSchema = z.object({ free: z.boolean() });

/**
 * Jobs that one process runs at a time, those of all plugins together. Each holds a connection for
 * its lock while its work takes others: as many of them as the pool has connections would all wait
 * for one more, and none would ever give one back.
 */
const AT_ONCE = 2;
/**
 * How long a job that is under way may go on when the process ends. It is repeated anyway, so none
 * is lost. Milliseconds.
 */
const PATIENCE_MS = 4000;

type RunInTurn = (work: () => Promise<unknown>) => Promise<void>;

/** Runs at most `places` at a time; the longest wait goes first. */
export function turns(places: number): RunInTurn {
  const waiting: (() => void)[] = [];
  let free = places;
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async (work) => {
    await take();
    try {
      await work();
    } finally {
      give();
    }
  };
}

/** Runs a job unless another process is at it. @returns whether it ran */
export const runAlone = (
  database: Database,
  { name, run }: Pick<Job, 'name' | 'run'>,
): Promise<boolean> =>
  database.transaction(async (trx) => {
    const { rows } = await trx.raw('select pg_try_advisory_xact_lock(hashtext(?)) as free', [
      `comptoir:job:${name}`,
    ]);
    const [lock] = z.array(lockSchema).parse(rows);
    if (!lock?.free) return false;
    await run();
    return true;
  });

export interface JobOptions {
  database: Database;
  /** Called with the error of a run, for the log; the job runs again at its time. */
  onError(name: string, error: unknown): void;
  /** How long `stop` waits for jobs under way, in milliseconds. */
  patienceMs?: number;
  inTurn?: RunInTurn;
}

async function repeat(
  job: Job,
  { database, onError, inTurn }: Required<Pick<JobOptions, 'database' | 'onError' | 'inTurn'>>,
  stopping: AbortSignal,
): Promise<void> {
  const runOnce = async (): Promise<void> => {
    if (stopping.aborted) return;
    await runAlone(database, job).catch((error: unknown) => onError(job.name, error));
  };
  while (!stopping.aborted) {
    await inTurn(runOnce);
    await wait(job.everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

const inTurnOfProcess = turns(AT_ONCE);

/**
 * Jobs as work of the process: from `start` on each runs as soon as it gets its turn, and then at
 * its own pace.
 */
export function jobsWork(
  jobs: readonly Job[],
  { database, onError, patienceMs = PATIENCE_MS, inTurn = inTurnOfProcess }: JobOptions,
): BackgroundWork {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  return {
    start(): void {
      const options = { database, onError, inTurn };
      running = Promise.all(jobs.map((job) => repeat(job, options, stopping.signal)));
    },
    async stop(): Promise<void> {
      stopping.abort();
      await atMost(patienceMs, running);
    },
  };
}

/** What is needed of Strapi to run jobs in it. */
export interface JobHost {
  db: { connection: Database };
  server: { httpServer: ListeningServer };
  log: { warn(line: string): void };
}

/** Of this process, like the work itself. */
const scheduled = new Set<string>();

/**
 * Registers a plugin's scheduled jobs: they run from the moment Strapi listens until {@link
 * stopBackgroundWork}.
 * @throws Error when a job of that name is registered already: their locks would keep one of them
 * from ever running
 */
export function scheduleJobs(host: JobHost, jobs: readonly Job[]): void {
  for (const { name } of jobs) {
    if (scheduled.has(name)) throw new Error(`Two scheduled jobs are called "${name}".`);
    scheduled.add(name);
  }
  const work = jobsWork(jobs, {
    database: host.db.connection,
    onError: (name, error) => {
      const message = error instanceof Error ? error.message : String(error);
      host.log.warn(`the scheduled job "${name}" failed and runs again: ${message}`);
    },
  });
  const stop = async (): Promise<void> => {
    await work.stop();
    for (const { name } of jobs) scheduled.delete(name);
  };
  startOnListening(host.server.httpServer, { start: work.start, stop });
}
