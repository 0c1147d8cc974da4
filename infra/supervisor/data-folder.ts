import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf } from './processes/identity.ts';

/** Every command that claims a folder runs in this file; any other process is a stranger who got the number. */
const MAIN = 'infra/supervisor/main.ts';
const isOurs = (pid: number): boolean => pid !== process.pid && (commandOf(pid)?.includes(MAIN) ?? false);

/** The pid of a live shop on this data folder, or null. */
export const runningShop = (dataDir: string): number | null => {
  try {
    const pid = Number(readFileSync(join(dataDir, 'run/shop.pid'), 'utf8'));
    return isOurs(pid) ? pid : null;
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
