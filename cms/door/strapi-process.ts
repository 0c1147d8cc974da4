import type { ChildProcess } from 'node:child_process';
import {
  createKeeper,
  type Decision,
  type End,
  endChild,
  forgetChild,
  growingPause,
  type Running,
} from '@comptoir/process';

import { launch, type LaunchOptions, untilReady, watchOver } from './strapi-launch.ts';

/**
 * `waiting`: for the database or the lock; `booting`; `ready`; `stopped` between restarts; `off`:
 * not managed here.
 */
export type StrapiState = {
  phase: 'waiting' | 'booting' | 'ready' | 'stopped' | 'off';
  restarts: number;
};
export type StrapiOptions = LaunchOptions & {
  /**
   * Resolves with a release function once the database answers and no other process loads Strapi;
   * rejects when it does not answer.
   */
  acquire(signal: AbortSignal): Promise<() => Promise<void>>;
  firstDelay?: number;
};

/** A launched Strapi. `ready`: it has answered at least once. */
type RunningStrapi = Running & { ready: boolean };

type Kept = {
  options: StrapiOptions;
  state: StrapiState;
  child: ChildProcess | null;
};

/**
 * Shorter than the door's own patience of 20 s, of which draining may have taken ten. Milliseconds.
 */
const STOP_PATIENCE_MS = 8000;
/**
 * A Strapi that was ready and lived longer than this was healthy: its restart is the first again.
 */
const HEALTHY_MS = 30_000;
/**
 * A database that is away may be back any moment: the pause before asking again does not grow
 * beyond this many failures.
 */
const MOST_FAILURES_WHILE_WAITING = 3;

/**
 * Keeps one Strapi running behind `socket`, for ever: started when `acquire` allows, restarted with
 * growing pauses, stopped with the door.
 */
export function createStrapiProcess(options: StrapiOptions) {
  const kept: Kept = { options, state: { phase: 'waiting', restarts: 0 }, child: null };
  const keeper = createKeeper<RunningStrapi>({
    retryFirstStart: true,
    start: (signal) => startStrapi(kept, signal),
    gone: (_, wasStopped) => afterGone(kept, wasStopped),
    ended: (end) => countEnd(kept, end),
    decide: pauseOf(options),
  });
  return {
    start(): void {
      void keeper.begin();
    },
    state: (): StrapiState => ({ ...kept.state }),
    pid: (): number | undefined => kept.child?.pid,
    /** SIGTERM, then SIGKILL after eight seconds; resolves when the child is gone. */
    stop: (): Promise<void> => keeper.stop(),
  };
}
export type StrapiProcess = ReturnType<typeof createStrapiProcess>;

/** How long to wait after each end: longer after each failure in a row, without ever giving up. */
function pauseOf({ firstDelay = 500 }: StrapiOptions): (end: End<RunningStrapi>) => Decision {
  let failures = 0;
  return (end) => {
    if (end.kind === 'not-started') failures = Math.min(failures + 1, MOST_FAILURES_WHILE_WAITING);
    else failures = end.running.ready && end.livedMs > HEALTHY_MS ? 1 : failures + 1;
    const pauses = { firstMs: firstDelay, longestMs: 30_000, jitter: 0.25 };
    return { action: 'restart', delayMs: growingPause(failures, pauses) };
  };
}

function countEnd({ options, state }: Kept, end: End<RunningStrapi>): void {
  if (end.kind === 'died') {
    state.restarts += 1;
    return;
  }
  const { error } = end;
  options.log('waiting', { reason: error instanceof Error ? error.message : String(error) });
}

async function afterGone(kept: Kept, wasStopped: boolean): Promise<void> {
  const { options, state, child } = kept;
  options.log(wasStopped ? 'stopped' : 'exited', {
    code: child?.exitCode,
    signal: child?.signalCode,
  });
  // Before the child is forgotten: no request may see a Strapi that is ready and not there.
  state.phase = 'stopped';
  kept.child = null;
  // A pid file that stays behind is harmless: the next door checks whose process it names.
  await forgetChild(options.pidFile).catch(() => undefined);
}

/**
 * Waits for the database and the lock, then boots Strapi. Other processes may load one again as
 * soon as it has booted.
 */
async function startStrapi(kept: Kept, stopping: AbortSignal): Promise<RunningStrapi> {
  const { options, state } = kept;
  state.phase = 'waiting';
  const release = await options.acquire(stopping);
  try {
    stopping.throwIfAborted();
    return await boot(kept, stopping);
  } finally {
    await release().catch(() => undefined);
  }
}

/** Launches Strapi and waits until it answers or ends. */
async function boot(kept: Kept, stopping: AbortSignal): Promise<RunningStrapi> {
  const { options, state } = kept;
  state.phase = 'booting';
  const started = await launch(options);
  kept.child = started;
  const stop = stopOnce(started);
  if (stopping.aborted) void stop();
  else stopping.addEventListener('abort', () => void stop(), { once: true });
  options.log('booting', { pid: started.pid });
  const ready = await untilReady(started, options, stopping);
  if (ready) {
    state.phase = 'ready';
    options.log('ready', { pid: started.pid });
    watchOver(started, options);
  }
  return { process: started, stop, ready };
}

/**
 * Ends the child once, however often it is asked: Strapi takes a second SIGTERM for an order to end
 * at once.
 */
function stopOnce(child: ChildProcess): () => Promise<void> {
  let ending: Promise<void> | null = null;
  return () => (ending ??= endChild(child, { patienceMs: STOP_PATIENCE_MS }));
}
