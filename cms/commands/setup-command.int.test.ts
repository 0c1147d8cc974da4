import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueSnapshotSchema, productListSchema } from '@comptoir/contracts';
import { generatedSecrets, ROOT } from '@comptoir/env';
import {
  createDatabase,
  type RunningApi,
  shopEnv,
  startApi,
  type TestDatabase,
} from '@comptoir/harness';

import { login } from '../staff/client.fixture.ts';

/**
 * A real shop on an empty database, set up by the command alone, with no administrator named in the
 * environment.
 */
const live = {
  SHOP_MODE: 'live',
  ADMIN_EMAIL: '',
  ADMIN_PASSWORD: '',
  ...Object.fromEntries(generatedSecrets.map((name) => [name, 'k'.repeat(32)])),
};
const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-live-'));
let database: TestDatabase;
let api: RunningApi;
let first: string;

async function setup(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'cms/run.ts'), 'setup'],
    { env: { ...shopEnv(database.url, dataDir), ...live } },
  );
  return stdout;
}

beforeAll(async () => {
  database = await createDatabase();
  first = await setup();
  api = await startApi({ databaseUrl: database.url, dataDir, env: live });
});
afterAll(async () => {
  await api?.stop();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('makes an administrator whose generated password is printed once, kept for the owner only, and works', async () => {
  const [, email = '', password = ''] =
    /First administrator: (\S+), password (\S+)/.exec(first) ?? [];
  const file = join(dataDir, 'admin.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ email, password });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const manager = await login(api.url, email, password);
  expect((await manager('GET', '/admin/users/me')).status).toBe(200);
  const again = await setup();
  expect(again).not.toContain('password');
  expect(again).toContain('already has its starting content');
});

test('a real shop starts without products, and says so with 200', async () => {
  const answer = await fetch(`${api.url}/api/produits`);
  expect([answer.status, answer.headers.get('x-catalogue-source')]).toEqual([200, 'database']);
  expect(productListSchema.parse(await answer.json()).data).toEqual([]);
  expect((await fetch(`${api.url}/api/produits/ah-001`)).status).toBe(404);
});

test('a real shop starts closed, with its legal pages and nothing of Atelier Huit', async () => {
  const { entries } = catalogueSnapshotSchema.parse(
    await (await fetch(`${api.url}/api/produits/instantane`)).json(),
  );
  const keys = entries
    .filter(({ locale }) => locale === 'fr')
    .map(({ kind, key }) => `${kind} ${key}`);
  expect(keys.sort()).toEqual([
    'page delivery-returns',
    'page legal-notice',
    'page privacy',
    'page terms-of-sale',
    'settings shop',
  ]);
  expect(entries.find(({ kind }) => kind === 'settings')?.body).toMatchObject({
    name: 'Ma boutique',
    open: false,
    shipping: [],
  });
  expect(JSON.stringify(entries)).not.toMatch(/Atelier Huit|atelier-huit/);
});
