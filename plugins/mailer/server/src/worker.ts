import { setTimeout as wait } from 'node:timers/promises';

import { pauseAfter } from '../../domain/delivery.ts';
import type { Step } from '../../usecases/send-next.ts';

export interface WorkerOptions {
  step(signal: AbortSignal): Promise<Step>;
  failed(error: unknown): void;
  /** How long to sleep when nothing is due and nobody rings, in milliseconds. */
  idleMs: number;
  /** Longest time `stop` waits for a step that is under way, in milliseconds. */
  patienceMs: number;
}

const quietly = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);

/** Sleeps until it is rung or `ms` have passed; a ring while nobody sleeps is remembered. */
function sleeper(ms: number, stopping: AbortSignal) {
  let asleep = new AbortController();
  let rung = false;
  return {
    async sleep(): Promise<void> {
      asleep = new AbortController();
      if (!rung) await quietly(ms, AbortSignal.any([asleep.signal, stopping]));
      rung = false;
    },
    ring(): void {
      rung = true;
      asleep.abort();
    },
  };
}

/** Works a queue off, one thing after the other, until it is stopped. `ring` wakes it when it sleeps. */
export function createWorker({ step, failed, idleMs, patienceMs }: WorkerOptions) {
  const stopping = new AbortController();
  const bed = sleeper(idleMs, stopping.signal);
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const outcome = await step(stopping.signal).catch(
        (error: unknown): Step => (failed(error), 'unavailable'),
      );
      failures = outcome === 'unavailable' ? failures + 1 : 0;
      if (outcome === 'unavailable') await quietly(pauseAfter(failures), stopping.signal);
      if (outcome === 'idle') await bed.sleep();
    }
  };
  return {
    start(): void {
      running = run();
    },
    ring: bed.ring,
    /** Takes nothing further; gives what is under way `patienceMs`, then drops it (it stays in its queue). */
    async stop(): Promise<void> {
      stopping.abort();
      const late = new AbortController();
      await Promise.race([running, quietly(patienceMs, late.signal)]);
      late.abort();
    },
  };
}
