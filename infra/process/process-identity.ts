import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** As Linux tells it: in microseconds, and in slim images that have no ps. */
export function commandFromProc(pid: number): string | null {
  try {
    // A process that has ended and was not yet waited for has an empty command line.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
  } catch {
    return null;
  }
}

/** As ps tells it, which every other system has. */
export function commandFromPs(pid: number): string | null {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  return (status === 0 && stdout.trim()) || null;
}

/**
 * The command line of a live process, or null. After a reboot a pid may belong to any program: a
 * pid file alone proves nothing.
 */
export function commandOf(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? commandFromProc(pid) : commandFromPs(pid);
}
