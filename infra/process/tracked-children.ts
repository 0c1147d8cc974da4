import type { ChildProcess } from 'node:child_process';

import { endChild } from './end-child.ts';

/**
 * `program`: runs to its end (a build, a command of the CMS). `server`: used by programs, so it
 * ends after them.
 */
export type Kind = 'program' | 'server';

const running = new Map<ChildProcess, Kind>();
/** Kinds that were ended: code that waited for one of their children must not begin the next. */
const over = new Set<Kind>();
const PATIENCE_MS = 15_000;
/** Postgres takes SIGINT for a fast shutdown: its clients are cut off. */
const SIGNALS = { program: 'SIGTERM', server: 'SIGINT' } as const;

/**
 * Remembers a child until it ends, so that a signal to this process does not leave it behind; kills
 * it when that has come already.
 */
export function track(child: ChildProcess, kind: Kind): void {
  running.set(child, kind);
  const forget = (): void => {
    running.delete(child);
  };
  child.once('exit', forget).once('error', forget);
  if (over.has(kind)) child.kill('SIGKILL');
}

/**
 * Ends the tracked children of one kind, for good: SIGTERM for programs, SIGINT for servers,
 * SIGKILL after 15 s. Resolves when they are gone.
 */
export async function endTracked(kind: Kind): Promise<void> {
  over.add(kind);
  const ending = { signal: SIGNALS[kind], patienceMs: PATIENCE_MS };
  const ours = [...running].filter(([, its]) => its === kind);
  await Promise.all(ours.map(([child]) => endChild(child, ending)));
}
