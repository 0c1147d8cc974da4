import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { alive, asEnv, folder, ports, processesOf } from './commands/try-terminal.ts';

const first = join(import.meta.dirname, 'first.mjs');

/**
 * Runs before anything else in the first file's process, which then takes itself for another
 * system.
 */
const pretend = (platform: string): string =>
  `data:text/javascript,Object.defineProperty(process, 'platform', { value: '${platform}' });`;

test('on Windows the first command says where it does run, before it installs anything', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', pretend('win32'), first, 'unknown-command'],
    { encoding: 'utf8' },
  );
  expect(stdout + stderr).toBe(
    '\n✗ Windows itself is not supported: install WSL (https://learn.microsoft.com/windows/wsl/install), clone the repository inside it and run the command there.\n',
  );
  expect(status).toBe(1);
});

describe('under npm', () => {
  let dataDir = '';
  let pids: number[] = [];
  beforeEach(() => {
    dataDir = folder();
  });
  afterEach(() => {
    for (const pid of [...pids, ...processesOf(dataDir)])
      if (alive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  test.skipIf(!existsSync('/proc/self'))('the shop stops when npm is gone, in order', async () => {
    const env = { ...process.env, ...asEnv(dataDir, await ports()), npm_lifecycle_event: 'start' };
    // Stands in for npm: it starts the first file and waits, and dies without passing anything on.
    const npm = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process'); console.log(spawn(process.execPath, [${JSON.stringify(first)}, 'start'], { stdio: 'ignore' }).pid); setInterval(() => {}, 1000);`,
      ],
      { env, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [said] = await once(npm.stdout, 'data');
    pids = [Number(String(said)), npm.pid ?? 0];
    await vi.waitFor(() => expect(existsSync(join(dataDir, 'run/shop.pid'))).toBe(true), {
      timeout: 60_000,
      interval: 20,
    });
    npm.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), {
      timeout: 30_000,
      interval: 50,
    });
    expect(readdirSync(join(dataDir, 'run'))).toEqual([]);
  });
});
