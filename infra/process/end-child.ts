import type { ChildProcess } from 'node:child_process';

/** False once the child has ended, and for one that could not be started at all. */
export function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Resolves when the child is gone; at once when it never ran. */
export function untilGone(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!isRunning(child)) resolve();
    };
    // A child that could not be started emits `error` and no `exit`.
    child.once('exit', () => resolve()).on('error', check);
    check();
  });
}

export interface Ending {
  /** Asks the child to end. Default SIGTERM. */
  signal?: NodeJS.Signals;
  /** How long it may take, in milliseconds. */
  patienceMs: number;
  /** Ends a child that took longer. Default: SIGKILL to the child alone. */
  force?: () => void;
}

/** Asks a child to end, forces it after `patienceMs`; resolves when it is gone. */
export async function endChild(
  child: ChildProcess,
  { signal = 'SIGTERM', patienceMs, force = () => void child.kill('SIGKILL') }: Ending,
): Promise<void> {
  if (!isRunning(child)) return;
  const gone = untilGone(child);
  child.kill(signal);
  const timer = setTimeout(force, patienceMs);
  await gone;
  clearTimeout(timer);
}
