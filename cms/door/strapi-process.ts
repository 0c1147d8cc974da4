import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { backoff } from '@comptoir/catalogue/read';
import { forgetChild, rememberChild, stopStale } from './stale-child.ts';

/** `waiting`: for the database or the lock; `booting`; `ready`; `stopped` between restarts; `off`: not managed here. */
export type StrapiState = { phase: 'waiting' | 'booting' | 'ready' | 'stopped' | 'off'; restarts: number };
export type StrapiOptions = {
  script: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  socket: string;
  pidFile: string;
  /** Resolves with a release function once the database answers and nobody else loads Strapi; rejects when it does not answer. */
  acquire(signal: AbortSignal): Promise<() => Promise<void>>;
  log(event: 'booting' | 'ready' | 'exited' | 'stale' | 'waiting', details: Record<string, unknown>): void;
  firstDelay?: number;
  bootTimeoutMs?: number;
};

/** One HTTP question over the private socket: true when Strapi answers at all without a server error. */
export function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const question = request({ socketPath: socket, path: '/_health', timeout: 2000 }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    question.on('timeout', () => question.destroy());
    question.on('error', () => resolve(false));
    question.end();
  });
}

/** Keeps one Strapi running behind `socket`, for ever: started when `acquire` allows, restarted with growing pauses, stopped with the door. */
export function createStrapiProcess(options: StrapiOptions) {
  const stopping = new AbortController();
  const state: StrapiState = { phase: 'waiting', restarts: 0 };
  let child: ChildProcess | null = null;
  let running: Promise<void> = Promise.resolve();

  const untilReady = async (started: ChildProcess): Promise<boolean> => {
    const deadline = Date.now() + (options.bootTimeoutMs ?? 180_000);
    while (started.exitCode === null && started.signalCode === null && !stopping.signal.aborted) {
      if (await answers(options.socket)) return true;
      if (Date.now() > deadline) {
        started.kill('SIGKILL');
        return false;
      }
      await wait(100);
    }
    return false;
  };

  const launch = async (): Promise<ChildProcess> => {
    await mkdir(dirname(options.socket), { recursive: true, mode: 0o700 });
    if (await stopStale(options.pidFile, options.script)) options.log('stale', { pidFile: options.pidFile });
    await rm(options.socket, { force: true });
    const started = fork(options.script, options.args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    started.on('error', () => undefined);
    await rememberChild(options.pidFile, started.pid);
    return started;
  };

  /** One life of Strapi; answers whether it ever became ready. */
  const life = async (): Promise<boolean> => {
    const release = await options.acquire(stopping.signal);
    let ready = false;
    let exited: Promise<unknown> = Promise.resolve();
    try {
      if (stopping.signal.aborted) return false;
      state.phase = 'booting';
      const started = await launch();
      child = started;
      if (stopping.signal.aborted) started.kill('SIGTERM');
      exited = started.exitCode === null && started.signalCode === null ? once(started, 'exit') : Promise.resolve();
      options.log('booting', { pid: started.pid });
      ready = await untilReady(started);
      if (ready) {
        state.phase = 'ready';
        options.log('ready', { pid: started.pid });
      }
    } finally {
      await release().catch(() => undefined);
    }
    await exited;
    options.log('exited', { code: child?.exitCode, signal: child?.signalCode });
    child = null;
    await forgetChild(options.pidFile);
    return ready;
  };

  const run = async (): Promise<void> => {
    let attempt = 0;
    while (!stopping.signal.aborted) {
      state.phase = 'waiting';
      const began = Date.now();
      try {
        const ready = await life();
        state.phase = 'stopped';
        state.restarts += 1;
        attempt = ready && Date.now() - began > 30_000 ? 1 : attempt + 1;
      } catch (error) {
        options.log('waiting', { reason: error instanceof Error ? error.message : String(error) });
        attempt = Math.min(attempt + 1, 3);
      }
      await backoff(attempt, { first: options.firstDelay ?? 500, most: 30_000, signal: stopping.signal });
    }
  };

  return {
    start(): void {
      running = run();
    },
    state: (): StrapiState => ({ ...state }),
    pid: (): number | undefined => child?.pid,
    /** SIGTERM, then SIGKILL after `patienceMs`; resolves when the child is gone. */
    async stop(patienceMs = 8000): Promise<void> {
      stopping.abort();
      const target = child;
      target?.kill('SIGTERM');
      const killer = setTimeout(() => target?.kill('SIGKILL'), patienceMs);
      await running;
      clearTimeout(killer);
    },
  };
}
export type StrapiProcess = ReturnType<typeof createStrapiProcess>;
