import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The command line of a live process, or null. After a reboot a pid may belong to anything: a pid file alone proves nothing. */
export function commandOf(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const { status, stdout, error } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  if (!error) return (status === 0 && stdout.trim()) || null;
  // Slim images have no ps; Linux tells by itself.
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
  } catch {
    return null;
  }
}
