import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { backoff } from '@comptoir/catalogue/read';

import { forgetChild } from './stale-child.ts';
import { isRunning, launch, type LaunchOptions, untilReady, watchOver } from './strapi-launch.ts';

/** `waiting`: for the database or the lock; `booting`; `ready`; `stopped` between restarts; `off`: not managed here. */
export type StrapiState = {
  phase: 'waiting' | 'booting' | 'ready' | 'stopped' | 'off';
  restarts: number;
};
export type StrapiOptions = LaunchOptions & {
  /** Resolves with a release function once the database answers and nobody else loads Strapi; rejects when it does not answer. */
  acquire(signal: AbortSignal): Promise<() => Promise<void>>;
  firstDelay?: number;
};

type Kept = {
  options: StrapiOptions;
  stopping: AbortController;
  state: StrapiState;
  child: ChildProcess | null;
};

/** Keeps one Strapi running behind `socket`, for ever: started when `acquire` allows, restarted with growing pauses, stopped with the door. */
export function createStrapiProcess(options: StrapiOptions) {
  const kept: Kept = {
    options,
    stopping: new AbortController(),
    state: { phase: 'waiting', restarts: 0 },
    child: null,
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start(): void {
      running = keepRunning(kept);
    },
    state: (): StrapiState => ({ ...kept.state }),
    pid: (): number | undefined => kept.child?.pid,
    /** SIGTERM, then SIGKILL after `patienceMs`; resolves when the child is gone. */
    async stop(patienceMs = 8000): Promise<void> {
      kept.stopping.abort();
      kept.child?.kill('SIGTERM');
      // Whoever is the child by then: one may have been on the point of being launched.
      const killer = setTimeout(() => kept.child?.kill('SIGKILL'), patienceMs);
      await running;
      clearTimeout(killer);
    },
  };
}
export type StrapiProcess = ReturnType<typeof createStrapiProcess>;

async function keepRunning(kept: Kept): Promise<void> {
  const { options, state } = kept;
  const { signal } = kept.stopping;
  let attempt = 0;
  while (!signal.aborted) {
    state.phase = 'waiting';
    const began = Date.now();
    try {
      const ready = await life(kept);
      state.phase = 'stopped';
      state.restarts += 1;
      attempt = ready && Date.now() - began > 30_000 ? 1 : attempt + 1;
    } catch (error) {
      options.log('waiting', { reason: error instanceof Error ? error.message : String(error) });
      attempt = Math.min(attempt + 1, 3);
    }
    await backoff(attempt, { first: options.firstDelay ?? 500, most: 30_000, signal });
  }
}

/** One life of Strapi; answers whether it ever became ready. Others may load Strapi again as soon as it has booted. */
async function life(kept: Kept): Promise<boolean> {
  const { options } = kept;
  const release = await options.acquire(kept.stopping.signal);
  const booted = await boot(kept).finally(() => release().catch(() => undefined));
  if (booted === null) return false;
  if (booted.ready && kept.child) watchOver(kept.child, options);
  await booted.exited;
  options.log(kept.stopping.signal.aborted ? 'stopped' : 'exited', {
    code: kept.child?.exitCode,
    signal: kept.child?.signalCode,
  });
  // Before the child is forgotten: nobody may see a Strapi that is ready and is not there.
  kept.state.phase = 'stopped';
  kept.child = null;
  await forgetChild(options.pidFile);
  return booted.ready;
}

/** Launches Strapi and waits until it answers or ends; null when the door stopped before there was anything to launch. */
async function boot(kept: Kept): Promise<{ ready: boolean; exited: Promise<unknown> } | null> {
  const { options, state } = kept;
  const { signal } = kept.stopping;
  if (signal.aborted) return null;
  state.phase = 'booting';
  const started = await launch(options);
  kept.child = started;
  if (signal.aborted) started.kill('SIGTERM');
  const exited = isRunning(started) ? once(started, 'exit') : Promise.resolve();
  options.log('booting', { pid: started.pid });
  const ready = await untilReady(started, options, signal);
  if (ready) {
    state.phase = 'ready';
    options.log('ready', { pid: started.pid });
  }
  return { ready, exited };
}
