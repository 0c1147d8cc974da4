import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'comptoir-first-admin-'));
beforeAll(() => {
  cpSync(join(import.meta.dirname, 'first-admin.ts'), join(folder, 'first-admin.ts'));
  writeFileSync(join(folder, 'run.ts'), 'console.log(JSON.stringify([process.argv[2], process.env.ADMIN_EMAIL, process.env.ADMIN_PASSWORD]));');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (env: Record<string, string>): string[] =>
  spawnSync(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(folder, 'first-admin.ts')], { encoding: 'utf8', env: { ...process.env, DATA_DIR: folder, ADMIN_EMAIL: '', ADMIN_PASSWORD: '', ...env } }).stdout.trim().split('\n');

test('a blank password is generated once, printed once, kept for the owner only', () => {
  const [said = '', handed = ''] = run({});
  const kept = readFileSync(join(folder, 'admin-password'), 'utf8').trim();
  expect(said).toContain(kept);
  expect(JSON.parse(handed)).toEqual(['setup', 'gerant@atelier-huit.example', kept]);
  expect(kept).toMatch(/(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{10}/);
  expect(statSync(join(folder, 'admin-password')).mode & 0o777).toBe(0o600);
  expect(run({})).toEqual([handed]);
});

test('a given password is used and not printed', () =>
  expect(run({ ADMIN_EMAIL: 'a@b.fr', ADMIN_PASSWORD: 'Argile-Bleue-1' })).toEqual([JSON.stringify(['setup', 'a@b.fr', 'Argile-Bleue-1'])]));
