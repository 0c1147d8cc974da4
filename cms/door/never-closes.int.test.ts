import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { healthSchema } from '@comptoir/contracts';
import { type RunningApi, setUpShop, startApi, testAdmin } from '@comptoir/harness';
import { type Postgres, startPostgres } from '@comptoir/supervisor';

import { until } from './door.fixture.ts';

/**
 * The real door, the real Strapi and a Postgres of their own, killed one after the other while
 * shoppers browse.
 */
let folder: string;
let postgres: Postgres;
let api: RunningApi;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'never-closes-'));
  postgres = await startPostgres({ dataDir: folder, durable: false });
  await setUpShop(postgres.url, join(folder, 'data'));
  api = await startApi({ databaseUrl: postgres.url, dataDir: join(folder, 'data') });
});
afterAll(async () => {
  await api?.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const PATHS = [
  '/api/produits',
  '/api/produits/ah-001',
  '/api/produits/instantane',
  '/api/produits?locale=en&search=bowl',
];

/**
 * Three shoppers that ask without a pause; `leave` tells what did not answer 200, and where the
 * answers came from.
 */
function browse() {
  const failed: string[] = [];
  const sources = new Set<string | null>();
  let open = true;
  const shopper = async (first: number): Promise<void> => {
    for (let at = first; open; at += 1) {
      const path = PATHS[at % PATHS.length] ?? '';
      const answer = await fetch(api.url + path).catch((error: unknown) => String(error));
      if (typeof answer === 'string' || answer.status !== 200)
        failed.push(`${path}: ${typeof answer === 'string' ? answer : answer.status}`);
      if (typeof answer === 'string') continue;
      sources.add(answer.headers.get('x-catalogue-source'));
      await answer.arrayBuffer();
    }
  };
  const shoppers = Promise.all([0, 1, 2].map(shopper));
  return async (): Promise<{ failed: string[]; sources: (string | null)[] }> => {
    open = false;
    await shoppers;
    return { failed, sources: [...sources] };
  };
}

const admin = (): Promise<Response> =>
  fetch(`${api.url}/admin`, { headers: { accept: 'text/html' } });
const health = async () => healthSchema.parse(await (await fetch(`${api.url}/health`)).json());
const source = async (): Promise<string | null> =>
  (await fetch(`${api.url}/api/produits`)).headers.get('x-catalogue-source');
const strapiPid = async (): Promise<number> =>
  Number(await readFile(join(api.dataDir, 'run/strapi.pid'), 'utf8'));
const logsIn = async (): Promise<boolean> =>
  (
    await fetch(`${api.url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(testAdmin),
    })
  ).status === 200;

/** The admin's plain page: reloads itself, shows nothing of what happened inside. */
async function expectPlainPage(title: string): Promise<void> {
  await until(async () => (await admin()).status === 503);
  const answer = await admin();
  expect(answer.headers.get('retry-after')).toMatch(/^[35]$/);
  const page = await answer.text();
  expect(page).toContain(`<h1>${title}</h1>`);
  expect(page).toContain('http-equiv="refresh"');
  expect(page).not.toMatch(/\bat .*\.[jt]s/);
}

test('Strapi killed: no shopper notices, the admin waits on a plain page, and it is back by itself', async () => {
  expect((await admin()).status).toBe(200);
  const leave = browse();
  const killed = await strapiPid();
  process.kill(killed, 'SIGKILL');
  await expectPlainPage('L’administration démarre');
  await until(logsIn);
  const { failed, sources } = await leave();
  expect(failed).toEqual([]);
  expect(sources).toEqual(['database']);
  expect((await health()).checks.strapi).toEqual({ status: 'ok', restarts: 1 });
  expect(await (await fetch(api.metricsUrl)).text()).toMatch(/^strapi_restarts\{.*\} 1$/m);
  expect(await strapiPid()).not.toBe(killed);
});

test('Postgres killed: no shopper notices, the admin waits on a plain page, and all is back by itself', async () => {
  const leave = browse();
  const gone = once(postgres.process, 'exit');
  process.kill(postgres.pid, 'SIGQUIT');
  await gone;
  await expectPlainPage('Base de données indisponible');
  expect(await source()).toBe('snapshot');
  expect(await health()).toMatchObject({
    status: 'degraded',
    checks: { database: { status: 'down' } },
  });
  postgres = await startPostgres({ dataDir: folder, durable: false, port: postgres.port });
  await until(async () => (await source()) === 'database');
  await until(logsIn);
  const { failed, sources } = await leave();
  expect(failed).toEqual([]);
  expect(sources.toSorted()).toEqual(['database', 'snapshot']);
});
