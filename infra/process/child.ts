import { type ChildProcess, spawn } from 'node:child_process';
import {
  createWriteStream,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  type WriteStream,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { endChild } from './end-child.ts';

export interface ChildPlan {
  name: string;
  /** Arguments of Node: options, script, its arguments. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Also hand each piece of output here (the terminal, in dev). */
  onOutput?: (text: string) => void;
}

export interface Child {
  name: string;
  pid: number;
  process: ChildProcess;
  /** The last lines it wrote, for a message about its death. */
  lastWords: () => string;
  /** SIGTERM, after `patienceMs` SIGKILL to it and its own children; resolves when it is gone. */
  stop: (patienceMs?: number) => Promise<void>;
}

/** Switches off Node's warnings about how packages are typed, which would fill a shop's log. */
export const quietNode = [
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  '--disable-warning=ExperimentalWarning',
];
const KEEP_BYTES = 10 * 1024 * 1024;
const PRELOAD = join(import.meta.dirname, 'preload.mjs');

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > KEEP_BYTES)
    renameSync(file, `${file}.1`);
  // Opened now, so that a folder without rights is an error of this call: the stream would only
  // emit an event.
  const log = createWriteStream(file, { fd: openSync(file, 'a') });
  // A full disk must end the log only, not the shop.
  log.on('error', () => undefined);
  return log;
}

/** Kills the whole group, because what the child started must not outlive it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

/**
 * Starts a Node program in a process group of its own (Ctrl-C reaches the supervisor only), its
 * output in a log file.
 */
export function startChild(plan: ChildPlan): Child {
  const log = openLog(plan.logFile);
  const child = spawn(process.execPath, [...quietNode, '--import', PRELOAD, ...plan.args], {
    cwd: plan.cwd,
    env: plan.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let tail = '';
  const keep = (text: string): void => {
    tail = (tail + text).slice(-2000);
    log.write(text);
    plan.onOutput?.(text);
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  child.on('error', (error) => keep(`${error.message}\n`));
  const pid = child.pid ?? 0;
  child.once('exit', () => {
    log.end();
    if (pid) killGroup(pid);
  });
  return {
    name: plan.name,
    pid,
    process: child,
    lastWords: () => tail.trim().split('\n').slice(-5).join('\n'),
    stop: (patienceMs = 25_000) => endChild(child, { patienceMs, force: () => killGroup(pid) }),
  };
}
