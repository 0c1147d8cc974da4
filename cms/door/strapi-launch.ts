import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { isRunning, rememberChild, stopLeftChild, until } from '@comptoir/process';

export type LaunchOptions = {
  script: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  socket: string;
  pidFile: string;
  log(
    event: 'booting' | 'ready' | 'exited' | 'stopped' | 'stale' | 'waiting' | 'hung',
    details: Record<string, unknown>,
  ): void;
  bootTimeoutMs?: number;
  /** How often a running Strapi is asked whether it still answers; default 10 s. */
  watchMs?: number;
};

/**
 * One HTTP question over the private socket: true when Strapi answers at all without a server
 * error.
 */
function answers(socket: string, timeout = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    const question = request({ socketPath: socket, path: '/_health', timeout }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 500);
    });
    question.on('timeout', () => question.destroy());
    question.on('error', () => resolve(false));
    question.end();
  });
}

/**
 * Ends what an earlier door left behind, then forks Strapi and notes its pid.
 * @throws when the folder or the pid file cannot be written.
 */
export async function launch(options: LaunchOptions): Promise<ChildProcess> {
  await mkdir(dirname(options.socket), { recursive: true, mode: 0o700 });
  if (await stopLeftChild(options.pidFile, options.script))
    options.log('stale', { pidFile: options.pidFile });
  await rm(options.socket, { force: true });
  const started = fork(options.script, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  started.on('error', () => undefined);
  try {
    await rememberChild(options.pidFile, started.pid);
  } catch (error) {
    // No later door could find this child any more, and a full disk would leave one behind at every
    // try.
    started.kill('SIGKILL');
    throw error;
  }
  return started;
}

/**
 * True once Strapi answers; false when it ended, `stopping` was aborted, or it took longer than
 * `bootTimeoutMs` (then it is killed).
 */
export async function untilReady(
  started: ChildProcess,
  { socket, bootTimeoutMs = 180_000 }: LaunchOptions,
  stopping: AbortSignal,
): Promise<boolean> {
  const wanted = (): boolean => isRunning(started) && !stopping.aborted;
  const ready = await until(() => answers(socket), {
    timeoutMs: bootTimeoutMs,
    everyMs: 100,
    stillAlive: wanted,
  });
  if (!ready && wanted()) started.kill('SIGKILL');
  return ready;
}

/**
 * Unanswered questions in a row after which Strapi counts as hung: a long publish may block it for
 * some seconds, not for a minute.
 */
const MOST_MISSED = 6;

/**
 * Asks a running Strapi at regular intervals; one that is alive but no longer answers is killed,
 * and so restarted like any that died.
 */
export function watchOver(started: ChildProcess, options: LaunchOptions): void {
  const every = options.watchMs ?? 10_000;
  let missed = 0;
  const ask = async (): Promise<void> => {
    missed = (await answers(options.socket, every)) ? 0 : missed + 1;
    if (!isRunning(started)) return;
    if (missed < MOST_MISSED) {
      timer = setTimeout(() => void ask(), every);
      return;
    }
    options.log('hung', { pid: started.pid });
    started.kill('SIGKILL');
  };
  let timer = setTimeout(() => void ask(), every);
  started.once('exit', () => clearTimeout(timer));
}
