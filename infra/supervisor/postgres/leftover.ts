import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from '@comptoir/process';

import { type Account, asAccount } from './account.ts';
import type { Binaries } from './binaries.ts';

/**
 * The process must be a Postgres on this folder: anything else is an unrelated one that got the
 * number.
 */
function isPostgres(pid: number, cluster: string): boolean {
  const command = commandOf(pid);
  return command !== null && command.includes('postgres') && command.includes(cluster);
}

/** The pid of a server that still runs on this cluster, or null. */
export function liveServer(cluster: string): number | null {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return isPostgres(pid, cluster) ? pid : null;
}

/**
 * Ends a server left behind by a killed run, so that two never work on the same files, and removes
 * a stale pid file.
 * @returns the pid that was stopped, or null.
 * @throws Error naming the pid when it does not stop.
 */
export function stopLeftover(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
): number | null {
  const pid = liveServer(cluster);
  if (pid === null) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return null;
  }
  const stop = (mode: string): boolean =>
    spawnSync(binaries.pgCtl, ['stop', '-D', cluster, '-m', mode, '-w', '-t', '20'], {
      ...asAccount(account),
      stdio: 'ignore',
    }).status === 0;
  if (stop('fast') || stop('immediate')) return pid;
  throw new Error(
    `Another Postgres (process ${pid}) still works on ${cluster} and does not stop: end it with \`kill ${pid}\`, then start again.`,
  );
}
