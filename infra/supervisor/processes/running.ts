import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { isRunning } from './child.ts';

/** `program`: runs to its end (a build, a command of the CMS). `server`: used by programs, so it ends after them. */
export type Kind = 'program' | 'server';

const running = new Map<ChildProcess, Kind>();
/** Kinds that were ended: whoever was waiting for one must not begin the next. */
const over = new Set<Kind>();
const PATIENCE = 15_000;

/** Remembers a child until it ends, so that a signal to this process does not leave it behind; kills it when that has come already. */
export function track(child: ChildProcess, kind: Kind): void {
  running.set(child, kind);
  const forget = (): void => {
    running.delete(child);
  };
  child.once('exit', forget).once('error', forget);
  if (over.has(kind)) child.kill('SIGKILL');
}

/** SIGTERM for programs, SIGINT for servers (Postgres: fast, its clients are cut off); SIGKILL after 15 s. */
async function end(child: ChildProcess, kind: Kind): Promise<void> {
  if (!isRunning(child) || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill(kind === 'program' ? 'SIGTERM' : 'SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await gone;
  clearTimeout(timer);
}

/** Ends the tracked children of one kind, for good; resolves when they are gone. */
export async function endTracked(kind: Kind): Promise<void> {
  over.add(kind);
  await Promise.all(
    [...running].filter(([, its]) => its === kind).map(([child]) => end(child, kind)),
  );
}
