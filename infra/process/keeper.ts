import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

import { isRunning, untilGone } from './end-child.ts';
import type { Decision } from './restart-policy.ts';

/** Anything with a process: a Node child, Postgres, Strapi. */
export interface Running {
  process: ChildProcess;
  stop: () => Promise<void>;
  lastWords?: () => string;
}

/** How one life ended: the process is gone, or it did not even start. */
export type End<R extends Running> =
  | { kind: 'died'; running: R; livedMs: number }
  | { kind: 'not-started'; error: unknown; livedMs: number };

export interface KeepOptions<R extends Running> {
  /** @param stopping aborted when it must not start any more; what has begun is then ended */
  start: (stopping: AbortSignal) => Promise<R>;
  /** What to do after an end; asked once for each. */
  decide: (end: End<R>) => Decision;
  /**
   * true: a first start that fails is tried again like any other. false: it is the error of
   * `begin`.
   */
  retryFirstStart: boolean;
  /** It runs. @param again whether it had run before */
  started?: (running: R, again: boolean) => void;
  /** It is gone. @param wasStopped whether it was asked to end */
  gone?: (running: R, wasStopped: boolean) => void | Promise<void>;
  /** It ended without being asked to; told before the pause. */
  ended?: (end: End<R>, decision: Decision) => void;
}

export interface Keeper<R extends Running> {
  /**
   * Starts it; resolves when it runs for the first time, or was stopped before it did.
   * @throws what the first start threw, unless that is tried again
   */
  begin: () => Promise<void>;
  current: () => R | null;
  /** Ends it for good, also while it starts; resolves when it is gone. */
  stop: () => Promise<void>;
}

interface State<R extends Running> {
  options: KeepOptions<R>;
  stopping: AbortSignal;
  current: R | null;
  hasRun: boolean;
  /** Called when it runs. */
  up: () => void;
}

/** One life, from the start until the process is gone. */
async function live<R extends Running>(state: State<R>): Promise<End<R>> {
  const { options, stopping } = state;
  const began = Date.now();
  let running: R;
  try {
    running = await options.start(stopping);
  } catch (error) {
    return { kind: 'not-started', error, livedMs: Date.now() - began };
  }
  if (stopping.aborted) {
    // Stopped while it was starting: it must not stay behind.
    await running.stop();
  } else {
    state.current = running;
    options.started?.(running, state.hasRun);
    state.hasRun = true;
    state.up();
  }
  if (isRunning(running.process)) await untilGone(running.process);
  state.current = null;
  await options.gone?.(running, stopping.aborted);
  return { kind: 'died', running, livedMs: Date.now() - began };
}

/**
 * Life after life, until it is stopped or given up.
 * @throws what the first start threw, unless that is tried again
 */
async function keep<R extends Running>(state: State<R>): Promise<void> {
  const { options, stopping } = state;
  while (!stopping.aborted) {
    const end = await live(state);
    // Also when it was stopped meanwhile: the caller of `begin` must not take it for running.
    if (end.kind === 'not-started' && !state.hasRun && !options.retryFirstStart) throw end.error;
    if (stopping.aborted) return;
    const decision = options.decide(end);
    options.ended?.(end, decision);
    if (decision.action === 'give-up') return;
    await wait(decision.delayMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/**
 * Keeps one process running: started, watched, and started again as `decide` says, until it is
 * stopped or given up.
 */
export function createKeeper<R extends Running>(options: KeepOptions<R>): Keeper<R> {
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  const state: State<R> = {
    options,
    stopping: stopping.signal,
    current: null,
    hasRun: false,
    up: first.resolve,
  };
  let lives: Promise<void> = Promise.resolve();
  return {
    begin() {
      lives = keep(state);
      lives.then(first.resolve, first.reject);
      return first.promise;
    },
    current: () => state.current,
    async stop() {
      stopping.abort();
      await state.current?.stop();
      // A first start that failed is told by `begin`.
      await lives.catch(() => undefined);
    },
  };
}
