import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs before anything else in the first file's process, which then takes itself for another system. */
const pretend = (platform: string): string => `data:text/javascript,Object.defineProperty(process, 'platform', { value: '${platform}' });`;

test('on Windows the first command says where it does run, before it installs anything', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend('win32'), join(import.meta.dirname, 'first.mjs'), 'unknown-command'], { encoding: 'utf8' });
  expect(stdout + stderr).toBe('\n✗ Windows itself is not supported: install WSL (https://learn.microsoft.com/windows/wsl/install), clone the repository inside it and run the command there.\n');
  expect(status).toBe(1);
});
