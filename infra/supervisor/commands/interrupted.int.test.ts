import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postgresAccount } from '../postgres/account.ts';
import { liveServer } from '../postgres/leftover.ts';
import { clusterPlace } from '../postgres/place.ts';
import { asEnv, folder, ports, processesOf, type } from './try-terminal.ts';

let dataDir = '';
beforeEach(() => { dataDir = folder(); });
afterEach(() => {
  for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

const runs = (script: string): boolean => processesOf(dataDir).some((pid) => {
  try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script); } catch { return false; }
});

// Who was started for this folder is read from /proc.
test.skipIf(!existsSync('/proc/self')).each<[string, NodeJS.Signals, number, string, () => boolean]>([
  ['migrate', 'SIGINT', 130, 'its command works on the database', () => runs('cms/run.ts')],
  ['migrate', 'SIGTERM', 130, 'its database starts', () => runs('listen_addresses')],
  ['start', 'SIGTERM', 0, 'the first run fills the database', () => runs('cms/run.ts')],
  ['start', 'SIGINT', 0, 'the API and the storefront start', () => runs('cms/door/main.ts') && runs('storefront/server.ts')],
])('%s ended by %s (code %i) while %s leaves nothing behind', async (command, signal, code, _, under) => {
  const terminal = type(command, [], asEnv(dataDir, await ports()));
  await vi.waitFor(() => expect(under(), terminal.text()).toBe(true), { timeout: 200_000, interval: 20 });
  expect(await terminal.end(signal)).toBe(code);
  expect(terminal.text()).not.toContain('✗');
  if (command === 'start') expect(terminal.text()).toContain(`Stopping the shop (${signal}) …`);
  expect(processesOf(dataDir)).toEqual([]);
  expect(liveServer(clusterPlace(dataDir, postgresAccount()).cluster)).toBeNull();
  expect(readdirSync(join(dataDir, 'run'))).toEqual([]);
});
