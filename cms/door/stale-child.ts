import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process's command line; null when it does not run (any more). */
async function commandOf(pid: number): Promise<string | null> {
  try {
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.trim() || null;
  } catch {
    // Slim images have no ps; Linux tells by itself.
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
    return text === null || text === '' ? null : text.replaceAll('\0', ' ');
  }
}

/** Writes down which child runs, for the next door. */
export async function rememberChild(file: string, pid: number | undefined): Promise<void> {
  if (pid !== undefined) await writeFile(file, `${pid}\n`);
}

export const forgetChild = (file: string): Promise<void> => rm(file, { force: true });

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}

/** Stops the child that a killed door left behind, if it still runs and really is ours (a pid may have been given to another program). True when there was one. */
export async function stopStale(file: string, script: string): Promise<boolean> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  const ours = async (): Promise<boolean> =>
    (await commandOf(pid))?.includes(basename(script)) ?? false;
  if (!Number.isInteger(pid) || pid <= 1 || !(await ours())) return false;
  signal(pid, 'SIGTERM');
  for (let tries = 0; tries < 80 && (await ours()); tries += 1) await wait(100);
  if (await ours()) signal(pid, 'SIGKILL');
  for (let tries = 0; tries < 20 && (await ours()); tries += 1) await wait(50);
  return true;
}
