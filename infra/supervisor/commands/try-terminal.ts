import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '@comptoir/env';

import { freePort } from '../local-ports.ts';

/** A command under way: its process, what it wrote, and a signal to end it (Ctrl-C unless told). */
export interface Terminal {
  process: ChildProcess;
  text: () => string;
  end: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const names = [
  'API_PORT',
  'STOREFRONT_PORT',
  'METRICS_PORT',
  'STOREFRONT_METRICS_PORT',
  'STRIPE_SIMULATOR_PORT',
] as const;
export type Ports = Record<(typeof names)[number], number>;

/** `npm <command>` as a person types it. Tests only. */
export function type(command: string, args: string[], env: NodeJS.ProcessEnv): Terminal {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_ENV|DATABASE_URL|NODE_OPTIONS)/.test(name),
    ),
  );
  const child = spawn(
    process.execPath,
    [join(ROOT, 'infra/supervisor/first.mjs'), command, ...args],
    { cwd: ROOT, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  const end = async (signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  return { process: child, text: () => text, end };
}

export async function ports(): Promise<Ports> {
  const found = await Promise.all(names.map(() => freePort()));
  return Object.fromEntries(names.map((name, i) => [name, found[i] ?? 0])) as Ports;
}

export const asEnv = (dataDir: string, given: Ports): NodeJS.ProcessEnv => ({
  DATA_DIR: dataDir,
  ...Object.fromEntries(Object.entries(given).map(([name, port]) => [name, String(port)])),
});

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'comptoir-start-'));
  chmodSync(made, 0o755);
  return made;
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Linux only: every process that was started with this data folder. */
export const processesOf = (dataDir: string): number[] =>
  !existsSync('/proc/self')
    ? []
    : readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => {
          try {
            return (
              pid !== process.pid &&
              readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DATA_DIR=${dataDir}\0`)
            );
          } catch {
            return false;
          }
        });
