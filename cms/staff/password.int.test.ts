import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApi, shopEnv, startApi, testAdmin } from '@comptoir/harness';

import { hire, login } from './client.fixture.ts';

const EMAIL = testAdmin.email;
let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

/** Runs the command beside the running shop, as its owner would. */
const command = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../run.ts'), 'admin-password', ...args],
    { env: shopEnv(api.databaseUrl, api.dataDir) },
  );

test('a forgotten password is replaced by one that is printed and works', async () => {
  const kept = join(api.dataDir, 'admin.json');
  writeFileSync(kept, JSON.stringify({ email: EMAIL, password: 'the-old-one' }), { mode: 0o644 });
  const { stdout, stderr } = await command();

  expect(stdout + stderr).not.toMatch(/Shutting down|no longer supported|DeprecationWarning/);

  const password = /Nouveau mot de passe de \S+ : (\S+)/.exec(stdout)?.[1] ?? '';
  await expect(login(api.url, EMAIL)).rejects.toThrow();
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ email: EMAIL, password });
  expect(statSync(kept).mode & 0o777).toBe(0o600);

  const manager = await login(api.url, EMAIL, password);
  expect((await manager('GET', '/admin/users/me')).status).toBe(200);

  // With a second account the command asks which one, and changes none.
  await hire(api.url, manager, 'comptoir-preparation');
  await expect(command()).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('comptoir-preparation@atelier-huit.test'),
  });
  await expect(command('inconnu@example.test')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Aucun compte'),
  });
  expect((await login(api.url, EMAIL, password)).name).toBeDefined();
});
