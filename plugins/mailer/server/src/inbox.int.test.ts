import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { caller } from '../../../../cms/staff/client.fixture.ts';
import { enqueue } from '../../adapters/mail-outbox.ts';

let api: RunningApi;
let client: pg.Client;
beforeAll(async () => {
  api = await startApi();
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
});

const until = (wanted: () => unknown): Promise<unknown> =>
  vi.waitFor(wanted, { timeout: 20_000, interval: 50 });
const page = async (path: string): Promise<string> =>
  String((await caller(api.url)('GET', path)).body);
/** What somebody sees who reaches the demo by another name than localhost. */
const statusFrom = async (host: string, path: string): Promise<number> => {
  const question = get({ host: '127.0.0.1', port: api.port, path, headers: { host } });
  const [answer] = await once(question, 'response');
  answer.resume();
  return Number(answer.statusCode);
};

test('a demo without a mail server keeps its mails and shows them, whatever is in them', async () => {
  await enqueue(pgSql(client), {
    kind: 'order-refunded',
    key: 'refund-1',
    to: 'lea@example.test',
    locale: 'fr',
    data: {
      number: 'AH-1',
      amount: 2850,
      full: true,
      reason: '<script>alert(1)</script>',
      url: 'https://shop.test/commande/AH-1',
    },
  });
  await until(() => expect(existsSync(join(api.dataDir, 'mail/refund-1.json'))).toBe(true));
  expect(await page('/api/courrier')).toContain(
    '<a href="/api/courrier/refund-1">Remboursement de votre commande AH-1</a>',
  );
  const response = await fetch(`${api.url}/api/courrier/refund-1`);
  const shown = await response.text();
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(shown).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(shown).toContain('28,50\u00a0€');
  expect(shown).not.toContain('<script');
  expect((await caller(api.url)('GET', '/health')).body).toMatchObject({
    checks: { mail: { status: 'ok' } },
  });
});

test.each(['inconnu', '..%2Fadmin-password', '%2e%2e', '.refund-1'])(
  'no such mail: %s',
  async (key) => expect((await caller(api.url)('GET', `/api/courrier/${key}`)).status).toBe(404),
);

test('a password link is shown on the shop’s own machine only', async () => {
  await caller(api.url)('POST', '/admin/forgot-password', { email: testAdmin.email });
  const file = (): string | undefined =>
    readdirSync(join(api.dataDir, 'mail')).find((name) => name.startsWith('staff-password-'));
  await until(() => expect(file()).toBeDefined());
  const path = `/api/courrier/${file()?.replace('.json', '') ?? ''}`;
  expect(await page(path)).toContain(`${api.url}/admin/auth/reset-password?code=`);
  expect([
    await statusFrom('demo.example.test', path),
    await statusFrom('demo.example.test', '/api/courrier/refund-1'),
  ]).toEqual([404, 200]);
});
