import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { rememberChild, stopStale } from './stale-child.ts';

export type LaunchOptions = {
  script: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  socket: string;
  pidFile: string;
  log(event: 'booting' | 'ready' | 'exited' | 'stale' | 'waiting', details: Record<string, unknown>): void;
  bootTimeoutMs?: number;
};

/** One HTTP question over the private socket: true when Strapi answers at all without a server error. */
function answers(socket: string): Promise<boolean> {
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

/** Ends what an earlier door left behind, then forks Strapi and notes its pid. @throws when the folder or the pid file cannot be written. */
export async function launch(options: LaunchOptions): Promise<ChildProcess> {
  await mkdir(dirname(options.socket), { recursive: true, mode: 0o700 });
  if (await stopStale(options.pidFile, options.script)) options.log('stale', { pidFile: options.pidFile });
  await rm(options.socket, { force: true });
  const started = fork(options.script, options.args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  started.on('error', () => undefined);
  await rememberChild(options.pidFile, started.pid);
  return started;
}

export const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** True once Strapi answers; false when it ended, `stopping` was aborted, or it took longer than `bootTimeoutMs` (then it is killed). */
export async function untilReady(started: ChildProcess, options: LaunchOptions, stopping: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + (options.bootTimeoutMs ?? 180_000);
  while (isRunning(started) && !stopping.aborted) {
    if (await answers(options.socket)) return true;
    if (Date.now() > deadline) {
      started.kill('SIGKILL');
      return false;
    }
    await wait(100);
  }
  return false;
}
