import { setTimeout as wait } from 'node:timers/promises';

import type { BackgroundWork } from './background-work.ts';
import { exponentialDelay } from './backoff.ts';

/**
 * `idle`: nothing was due. `done`: one item was dealt with. `unavailable`: nothing can be done for
 * now, so the worker pauses.
 */
export type Step = 'idle' | 'done' | 'unavailable';

export interface WorkerOptions {
  /** Deals with one item. @param signal aborted when the worker is to stop */
  step(signal: AbortSignal): Promise<Step>;
  /** Called when a step throws, for the log; the worker pauses and goes on. */
  onError(error: unknown): void;
  /** How long to sleep when nothing is due and the worker is not woken, in milliseconds. */
  idleMs: number;
  /** Longest time `stop` waits for a step that is under way, in milliseconds. */
  patienceMs: number;
}

export interface Worker extends BackgroundWork {
  /** Ends the worker's sleep: an item may be due. */
  wake(): void;
}

/**
 * Milliseconds to pause after so many unavailable steps in a row: 1 s, 2, 4, … at most a minute.
 */
export const pauseAfter = (failures: number): number =>
  exponentialDelay({ first: 1000, longest: 60_000 }, failures);

/** Waits, and ends early without an error when `signal` aborts. */
const quietly = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);

/**
 * A sleep of `ms` that `wake` ends; a wake-up while nothing sleeps is remembered for the next
 * sleep.
 */
function wakeable(ms: number, stopping: AbortSignal) {
  let waking = new AbortController();
  let woken = false;
  return {
    async sleep(): Promise<void> {
      waking = new AbortController();
      if (!woken) await quietly(ms, AbortSignal.any([waking.signal, stopping]));
      woken = false;
    },
    wake(): void {
      woken = true;
      waking.abort();
    },
  };
}

/** Waits for `work`, but no longer than `patienceMs`. */
export async function atMost(patienceMs: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, quietly(patienceMs, done.signal)]);
  done.abort();
}

/**
 * Works a queue off, one item after the other, from `start` to `stop`. An item that `stop` drops
 * stays in its queue.
 */
export function createWorker({ step, onError, idleMs, patienceMs }: WorkerOptions): Worker {
  const stopping = new AbortController();
  const idle = wakeable(idleMs, stopping.signal);
  let running: Promise<void> = Promise.resolve();

  const safeStep = async (): Promise<Step> => {
    try {
      return await step(stopping.signal);
    } catch (error) {
      onError(error);
      return 'unavailable';
    }
  };
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const outcome = await safeStep();
      failures = outcome === 'unavailable' ? failures + 1 : 0;
      if (outcome === 'unavailable') await quietly(pauseAfter(failures), stopping.signal);
      if (outcome === 'idle') await idle.sleep();
    }
  };
  return {
    start(): void {
      running = run();
    },
    wake: idle.wake,
    async stop(): Promise<void> {
      stopping.abort();
      await atMost(patienceMs, running);
    },
  };
}
