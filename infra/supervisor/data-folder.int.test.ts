import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder, runningShop } from './data-folder.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-claim-'));
  mkdirSync(join(dataDir, 'run'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a claim is given back', () => {
  claimDataFolder(dataDir)();
  expect(runningShop(dataDir)).toBeNull();
  claimDataFolder(dataDir)();
});
test('another live shop is named with the remedy', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '/a/checkout/infra/supervisor/main.ts', 'start']);
  writeFileSync(join(dataDir, 'run/shop.pid'), String(other.pid));
  expect(() => claimDataFolder(dataDir)).toThrow(new RegExp(`already runs on .*process ${other.pid}\\): stop it`));
  other.kill('SIGKILL');
  await once(other, 'exit');
  claimDataFolder(dataDir)();
});
test('after a reboot another Node program may have the number: it is no shop', () => {
  writeFileSync(join(dataDir, 'run/shop.pid'), String(process.ppid));
  expect(runningShop(dataDir)).toBeNull();
  claimDataFolder(dataDir)();
});
