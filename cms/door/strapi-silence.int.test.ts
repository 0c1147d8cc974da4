import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failureSchema, followAnswerSchema } from '@comptoir/contracts';
import { createDatabase, type TestDatabase } from '@comptoir/harness';
import type { Log } from '@comptoir/telemetry';

import { log, tryDoor, until } from './door.fixture.ts';
import { littleCatalogue } from './entries.fixture.ts';
import { createStrapiProcess, type StrapiProcess } from './strapi-process.ts';

/** What the door does when Strapi says nothing: it died, hangs, or the door itself is stopping. */
let folder: string;
let database: TestDatabase;
let strapi: StrapiProcess;
let shop: Awaited<ReturnType<typeof tryDoor>>;
let events: string[];
let logged: string[];

beforeEach(async () => {
  [events, logged, closing] = [[], [], null];
  folder = await mkdtemp(join(tmpdir(), 'door-silence-'));
  database = await createDatabase();
  const socket = join(folder, 'strapi.sock');
  strapi = createStrapiProcess({
    script: join(import.meta.dirname, 'strapi.fixture.mjs'),
    args: [],
    cwd: folder,
    env: { ...process.env, STRAPI_SOCKET: socket },
    socket,
    pidFile: join(folder, 'strapi.pid'),
    firstDelay: 20,
    watchMs: 50,
    acquire: async () => async () => undefined,
    log: (event) => events.push(event),
  });
  const noting: Log = Object.assign(Object.create(log), {
    request: ({ url }: { url: string }) => logged.push(url),
  });
  shop = await tryDoor({
    databaseUrl: database.url,
    strapi,
    socket,
    entries: littleCatalogue(),
    log: noting,
    longPollMs: 600_000,
  });
  await until(
    async () => strapi.state().phase === 'ready' && (await shop.get('/api/x')).status === 200,
  );
});
afterEach(async () => {
  await close();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

let closing: Promise<void> | null;
const close = (): Promise<void> => (closing ??= shop.close());

const failureOf = async (answer: Response) => failureSchema.parse(await answer.json()).error;
/** Tells the fake Strapi, past the door, to answer what it holds back. */
const letGo = (): void =>
  void request({ socketPath: join(folder, 'strapi.sock'), path: '/go' })
    .on('error', () => undefined)
    .end();

test('a write that Strapi did not answer may have been carried out: nobody is told to send it again', async () => {
  const answer = await shop.get('/dies', { method: 'POST', body: 'x' });
  expect(answer.status).toBe(502);
  expect(await failureOf(answer)).toMatchObject({
    message: expect.stringContaining('may have been carried out'),
    details: { reason: 'lost' },
  });
});

test('a question that Strapi did not answer may be asked again', async () => {
  const answer = await shop.get('/dies');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
});

test('a Strapi that hangs is killed and started again', async () => {
  const pid = strapi.pid() ?? 0;
  process.kill(pid, 'SIGSTOP');
  await until(() => strapi.state().phase === 'ready' && strapi.pid() !== pid);
  expect(events).toContain('hung');
  expect((await shop.get('/api/x')).status).toBe(200);
}, 20_000);

test('a stopping door lets a request under way end before it stops Strapi', async () => {
  let text = '';
  const received = once(shop.door.server, 'request');
  const slow = shop.get('/slow').then(async (answer) => {
    text = await answer.text();
  });
  await received;
  const closed = close();
  await until(() => {
    letGo();
    return text !== '';
  });
  await Promise.all([slow, closed]);
  expect(text).toBe('done');
});

test('a stopping door does not wait for those who follow the catalogue', async () => {
  const { version } = followAnswerSchema.parse(
    await (await shop.get('/api/produits/instantane')).json(),
  );
  const received = once(shop.door.server, 'request');
  const waiting = shop.get(`/api/produits/instantane?after=${version}`);
  await received;
  await close();
  expect(followAnswerSchema.parse(await (await waiting).json())).toMatchObject({
    version,
    changed: [],
    withdrawn: [],
  });
});

test('a request that asks to upgrade is answered like any other', async () => {
  const answer = new Promise<number>((resolve, reject) => {
    request(
      `${shop.base}/api/produits`,
      {
        headers: {
          connection: 'Upgrade, HTTP2-Settings',
          upgrade: 'h2c',
          'http2-settings': 'AAMAAABkAAQAAP__',
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    )
      .on('error', reject)
      .end();
  });
  expect(await answer).toBe(200);
});

test('a preview’s token is not logged', async () => {
  await shop.get('/api/apercu/very-secret?x=1');
  await until(() => logged.some((url) => url.includes('apercu')));
  expect(logged.join()).not.toContain('very-secret');
});
