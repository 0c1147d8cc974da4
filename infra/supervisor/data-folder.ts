import {
  accessSync,
  closeSync,
  constants,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { commandOf } from '@comptoir/process';

import { makeFolder } from './make-folder.ts';

/**
 * Every command that claims a folder runs in this file; any other process is an unrelated one that
 * got the number.
 */
const MAIN = 'infra/supervisor/main.ts';
const isOurs = (pid: number): boolean =>
  pid !== process.pid && (commandOf(pid)?.includes(MAIN) ?? false);

const pidFile = (dataDir: string): string => join(dataDir, 'run/shop.pid');

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

const liveShop = (content: string | null): number | null =>
  content !== null && isOurs(Number(content)) ? Number(content) : null;

/** The pid of a live shop on this data folder, or null. */
export const runningShop = (dataDir: string): number | null =>
  liveShop(contentOf(pidFile(dataDir)));

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * Writes our pid unless the file is there. A link, because the name must never be seen without its
 * content.
 * @returns whether we have it
 */
function writeOurs(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid), { mode: 0o644 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Replaces the pid of a dead shop. One starter at a time, and only while the file still says what
 * was judged dead.
 * @returns whether we have it
 */
function takeOver(file: string, dead: string | null): boolean {
  const lock = `${file}.takeover`;
  closeSync(openSync(lock, 'wx'));
  try {
    if (contentOf(file) === dead) rmSync(file, { force: true });
    return writeOurs(file);
  } finally {
    rmSync(lock);
  }
}

function refuseRunning(dataDir: string, pid: number): never {
  throw new Error(
    `A shop already runs on ${dataDir} (process ${pid}): stop it with Ctrl-C in its terminal or \`kill ${pid}\`, or set DATA_DIR to another folder.`,
  );
}

function writeClaim(dataDir: string): void {
  const file = pidFile(dataDir);
  try {
    if (writeOurs(file)) return;
    const found = contentOf(file);
    const running = liveShop(found);
    if (running === null && takeOver(file, found)) return;
    const winner = running ?? liveShop(contentOf(file));
    if (winner !== null) refuseRunning(dataDir, winner);
  } catch (cause) {
    if (isTaken(cause))
      throw new Error(
        `Another shop is starting on ${dataDir}: stop the other one or set DATA_DIR to another folder. (None is? Then one was killed at that very moment: delete ${file}.takeover.)`,
        { cause },
      );
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new Error(
      `Cannot write to ${file}: give yourself the right to write there, or set DATA_DIR to a folder of yours.`,
      { cause },
    );
  }
  throw new Error(
    `Another shop is starting on ${dataDir}: stop the other one or set DATA_DIR to another folder.`,
  );
}

/**
 * Takes the data folder for this process; two shops never share one.
 * @returns a function that gives it back
 * @throws Error in one sentence with the remedy: no right to write, still running, starting at this
 * moment.
 */
export function claimDataFolder(dataDir: string): () => void {
  try {
    makeFolder(join(dataDir, 'run'));
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `Cannot write to ${dataDir}: give yourself the right (\`chown -R $(id -un) ${dataDir}\`), or set DATA_DIR to a folder of yours.`,
      { cause },
    );
  }
  writeClaim(dataDir);
  return () => {
    const file = pidFile(dataDir);
    if (contentOf(file) === String(process.pid)) rmSync(file, { force: true });
  };
}
