import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const isAlive = (pid: number): boolean => {
  try { process.kill(pid, 0); return true; } catch (error) { return error instanceof Error && 'code' in error && error.code === 'EPERM'; }
};

/** Where /proc tells: after a reboot the pid may belong to another program. */
const isOurs = (pid: number): boolean => {
  if (pid === process.pid || !isAlive(pid)) return false;
  try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node'); } catch { return process.platform !== 'linux'; }
};

/** The pid of a live shop on this data folder, or null. */
export const runningShop = (dataDir: string): number | null => {
  try {
    const pid = Number(readFileSync(join(dataDir, 'run/shop.pid'), 'utf8'));
    return pid > 0 && isOurs(pid) ? pid : null;
  } catch { return null; }
};

const writeExclusive = (file: string): void => {
  const handle = openSync(file, 'wx', 0o644);
  writeSync(handle, String(process.pid));
  closeSync(handle);
};

/**
 * Takes the data folder for this process; two shops never share one.
 * @returns a function that gives it back
 * @throws Error in one sentence with the remedy: no right to write, still running.
 */
export const claimDataFolder = (dataDir: string): (() => void) => {
  try {
    mkdirSync(join(dataDir, 'run'), { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(`Cannot write to ${dataDir}: give yourself the right (\`chown -R $(id -un) ${dataDir}\`), or set DATA_DIR to a folder of yours.`, { cause });
  }
  const running = runningShop(dataDir);
  if (running) throw new Error(`A shop already runs on ${dataDir} (process ${running}): stop it with Ctrl-C in its terminal or \`kill ${running}\`, or set DATA_DIR to another folder.`);
  const file = join(dataDir, 'run/shop.pid');
  rmSync(file, { force: true });
  try { writeExclusive(file); } catch (cause) {
    throw new Error(`Cannot write to ${file}: another shop is starting on it, or you have no right to write there; stop the other one or set DATA_DIR to a folder of yours.`, { cause });
  }
  return () => rmSync(file, { force: true });
};
