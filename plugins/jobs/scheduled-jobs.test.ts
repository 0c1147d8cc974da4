import { expect, test } from 'vitest';
import type { Database } from '@comptoir/database';

import { type Job, jobsWork, turns } from './scheduled-jobs.ts';
import { createWorker } from './worker.ts';

/**
 * A pool of connections: a caller that finds none free waits for one. `most` is how many were ever
 * out at once.
 */
function poolOf(size: number) {
  const waiting: (() => void)[] = [];
  const pool = { out: 0, most: 0 };
  const take = async (): Promise<void> => {
    if (pool.out === size)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    else pool.out += 1;
    pool.most = Math.max(pool.most, pool.out);
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else pool.out -= 1;
  };
  const rows = async () => ({ rows: [{ free: true }] });
  const during = async <T>(work: () => Promise<T>): Promise<T> => {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
  const database: Database = {
    raw: () => during(rows),
    transaction: (work) => during(() => work({ raw: rows })),
  };
  return { database, pool };
}

test('all jobs and workers due at once, each holding a connection while it needs another, get along with few', async () => {
  const { database, pool } = poolOf(5);
  const second = async (): Promise<unknown> => database.raw('select 1', []);
  const ran = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
  const jobs = ran.map(({ resolve }, n): Job => ({
    name: `job-${n}`,
    everyMs: 60_000,
    run: async () => {
      await second();
      resolve();
    },
  }));
  const worked = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
  const workers = worked.map(({ resolve }) =>
    createWorker({
      step: async () => {
        await database.transaction(second);
        resolve();
        return 'idle';
      },
      onError: (error) => {
        throw error;
      },
      idleMs: 60_000,
      patienceMs: 0,
    }),
  );
  const work = jobsWork(jobs, {
    database,
    onError: (_, error) => {
      throw error;
    },
    patienceMs: 0,
  });
  work.start();
  for (const worker of workers) worker.start();
  await Promise.all([...ran, ...worked].map(({ promise }) => promise));
  await Promise.all([work.stop(), ...workers.map((worker) => worker.stop())]);
  expect([pool.out, pool.most]).toEqual([0, 5]);
});

test('a job that fails says so, and the next has its turn all the same; once stopped none begins', async () => {
  const { database } = poolOf(2);
  const log: string[] = [];
  const held = Promise.withResolvers<void>();
  const long = (name: string) => ({ name, reached: Promise.withResolvers<void>() });
  const longs = [long('long'), long('longer')];
  const jobs: Job[] = [
    { name: 'fails', everyMs: 60_000, run: () => Promise.reject(new Error('no')) },
    ...longs.map(({ name, reached }): Job => ({
      name,
      everyMs: 60_000,
      run: async () => {
        log.push(name);
        reached.resolve();
        await held.promise;
      },
    })),
    {
      name: 'late',
      everyMs: 60_000,
      run: async () => {
        log.push('late');
      },
    },
  ];
  const work = jobsWork(jobs, {
    database,
    onError: (name) => log.push(`failed ${name}`),
    patienceMs: 5000,
    inTurn: turns(2),
  });
  work.start();
  await Promise.all(longs.map(({ reached }) => reached.promise));
  const stopped = work.stop();
  held.resolve();
  await stopped;
  expect(log).toEqual(expect.arrayContaining(['failed fails', 'long', 'longer']));
  expect(log).not.toContain('late');
});
