import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { commandOf } from './process-identity.ts';

/**
 * How long a child that was left behind may take to end after SIGTERM, and then after SIGKILL.
 * Milliseconds.
 */
const PATIENCE_MS = 8000;
const DEATH_MS = 1000;

/** Writes down which child runs, for the next parent. */
export async function rememberChild(file: string, pid: number | undefined): Promise<void> {
  if (pid !== undefined) await writeFile(file, `${pid}\n`);
}

export function forgetChild(file: string): Promise<void> {
  return rm(file, { force: true });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}

/** Waits until it no longer holds, at most `mostMs` milliseconds. */
async function whileTrue(holds: () => boolean, mostMs: number): Promise<void> {
  const deadline = Date.now() + mostMs;
  while (holds() && Date.now() < deadline) await wait(50);
}

/**
 * Stops the child that a killed parent left behind, if it still runs and really is ours: a pid may
 * have been given to another program.
 * @param script the child's script, by whose name its command line is known
 * @returns whether there was one
 */
export async function stopLeftChild(file: string, script: string): Promise<boolean> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  const isOurs = (): boolean => commandOf(pid)?.includes(basename(script)) ?? false;
  if (pid <= 1 || !isOurs()) return false;
  send(pid, 'SIGTERM');
  await whileTrue(isOurs, PATIENCE_MS);
  if (isOurs()) send(pid, 'SIGKILL');
  await whileTrue(isOurs, DEATH_MS);
  return true;
}
