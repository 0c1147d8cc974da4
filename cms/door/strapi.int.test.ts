import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { failureSchema } from '@comptoir/contracts';
import { type Postgres, startPostgres } from '@comptoir/supervisor';

import { acquireBootLock } from './boot-lock.ts';
import { tryDoor, until } from './door.fixture.ts';
import { createStrapiProcess, type StrapiProcess } from './strapi-process.ts';

const SECRET = 'only-the-proxy-knows-it';
const script = join(import.meta.dirname, 'strapi.fixture.mjs');
const echoSchema = z.object({
  pid: z.number(),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

let folder: string;
let postgres: Postgres;
let strapi: StrapiProcess;
const told: string[] = [];
let shop: Awaited<ReturnType<typeof tryDoor>>;

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-strapi-'));
  postgres = await startPostgres({ dataDir: folder, durable: false });
  const socket = join(folder, 'strapi.sock');
  strapi = createStrapiProcess({
    script,
    args: [],
    cwd: folder,
    env: { ...process.env, STRAPI_SOCKET: socket },
    socket,
    pidFile: join(folder, 'strapi.pid'),
    firstDelay: 20,
    acquire: (signal) => acquireBootLock(postgres.url, signal),
    log: (event) => {
      told.push(event);
    },
  });
  shop = await tryDoor({
    databaseUrl: postgres.url,
    strapi,
    socket,
    upgrades: true,
    proxySecret: SECRET,
  });
  await until(() => strapi.state().phase === 'ready');
}, 60_000);
afterAll(async () => {
  await shop.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

async function echo(path: string, init?: RequestInit) {
  const answer = await shop.get(path, init);
  return { answer, seen: echoSchema.parse(await answer.json()) };
}

test('requests reach Strapi with their body, one id, and no forged address', async () => {
  const { answer, seen } = await echo('/api/commandes?x=1', {
    method: 'POST',
    body: '{"bad json',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': '1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-request-id': 'client-chosen-id',
    },
  });
  expect(seen).toMatchObject({ method: 'POST', url: '/api/commandes?x=1', body: '{"bad json' });
  expect(seen.headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-request-id': 'client-chosen-id',
  });
  expect(seen.headers).not.toHaveProperty('x-real-ip');
  expect(answer.headers.get('x-private')).toBeNull();
  expect(answer.headers.get('x-request-id')).toBe('client-chosen-id');
});

test.each([
  [
    'the proxy is believed about the last address it passes on, and about TLS',
    {
      'x-comptoir-proxy': SECRET,
      'x-forwarded-for': '6.6.6.6, 203.0.113.7',
      'x-forwarded-proto': 'https',
    },
    '203.0.113.7',
    'https',
  ],
  [
    'a stranger is not',
    { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' },
    '127.0.0.1',
    'http',
  ],
  [
    'nor one who guesses',
    {
      'x-comptoir-proxy': `${SECRET}!`,
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
    },
    '127.0.0.1',
    'http',
  ],
  [
    'nor is what is no address',
    { 'x-comptoir-proxy': SECRET, 'x-forwarded-for': 'nobody', 'x-forwarded-proto': 'ftp' },
    '127.0.0.1',
    'http',
  ],
])('%s', async (_, headers, address, proto) => {
  const { seen } = await echo('/api/x', { headers });
  expect(seen.headers).toMatchObject({ 'x-forwarded-for': address, 'x-forwarded-proto': proto });
  expect(seen.headers).not.toHaveProperty('x-comptoir-proxy');
});
test('a door without a secret believes nobody', async () => {
  const other = await tryDoor({
    databaseUrl: postgres.url,
    strapi: { ...strapi, start: () => undefined, stop: async () => undefined },
    socket: join(folder, 'strapi.sock'),
  });
  await until(async () => (await other.get('/api/x')).status === 200);
  const seen = echoSchema.parse(
    await (
      await other.get('/api/x', {
        headers: { 'x-comptoir-proxy': '', 'x-forwarded-for': '203.0.113.7' },
      })
    ).json(),
  );
  expect(seen.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1' });
  await other.close();
});

/** Sends a request byte for byte; answers with its status, 0 when the door hung up without one. */
async function raw(head: string): Promise<{ status: number; body: string }> {
  const socket = connect(shop.port, '127.0.0.1');
  socket.write(Buffer.from(`${head}\r\n\r\n`, 'latin1'));
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part)).on('error', () => undefined);
  await once(socket, 'close');
  const [headers = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n', 2);
  return { status: Number(headers.split(' ')[1] ?? 0), body };
}

test.each([
  '/admin/register-admin',
  '/admin/register-admin/',
  '/ADMIN/Register-Admin',
  '/admin/register-admin?x=1',
  '/admin/register-admin#x',
  '/admin/register-admin/#',
  '/admin/%72egister-admin',
  '/%61dmin/register%2Dadmin',
  '/admin%2fregister-admin',
  '//admin//register-admin',
  '/admin/./register-admin',
  '/x/../admin/register-admin',
  '/admin\\register-admin#',
  'http://x/admin/register-admin',
  'HTTP://user@x:80/admin/register-admin/?y',
])('%s reaches no Strapi, whatever the method', async (target) => {
  for (const method of ['POST', 'GET', 'PUT', 'OPTIONS']) {
    const { status, body } = await raw(
      `${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close`,
    );
    expect(status).toBe(403);
    expect(failureSchema.parse(JSON.parse(body)).error.message).toContain('setup command');
  }
});

test('an upgrade is no way around a refusal', async () => {
  expect(
    (
      await raw(
        'POST /admin/register-admin HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x',
      )
    ).status,
  ).toBe(0);
  expect(
    (
      await raw(
        'GET /admin/register-admin HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: x',
      )
    ).status,
  ).toBe(0);
});

test.each([
  '/admin/init',
  '/admin/registration-info',
  '/admin/auth/register-admin',
  '/admin/register',
  '/admin/register-admins',
  '/api/admin/register-admin',
])('%s passes', async (target) => {
  expect((await echo(target)).seen.url).toBe(target);
});

test('WebSocket upgrades pass both ways', async () => {
  const socket = connect(shop.port, '127.0.0.1');
  socket.write(
    'GET /vite HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  const [head] = await once(socket, 'data');
  expect(String(head)).toContain('101 Switching Protocols');
  socket.write('hello');
  const [back] = await once(socket, 'data');
  expect(String(back)).toBe('hello');
  socket.destroy();
});

test('a killed Strapi is started again; meanwhile 503 with Retry-After', async () => {
  const { seen } = await echo('/api/x');
  process.kill(seen.pid, 'SIGKILL');
  await until(async () => {
    const answer = await shop.get('/api/x');
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('3');
    return answer.status === 200 && echoSchema.parse(await answer.json()).pid !== seen.pid;
  });
  expect([strapi.state().restarts, told]).toEqual([
    1,
    ['booting', 'ready', 'exited', 'booting', 'ready'],
  ]);
}, 20_000);

test('a Strapi left by a killed door is stopped, never doubled', async () => {
  const pidFile = join(folder, 'left.pid');
  const socket = join(folder, 'left.sock');
  const left = spawn(process.execPath, [script], {
    env: { ...process.env, STRAPI_SOCKET: socket },
    stdio: 'ignore',
  });
  const pid = left.pid ?? 0;
  await writeFile(pidFile, String(pid));
  const next = createStrapiProcess({
    script,
    args: [],
    cwd: folder,
    env: { ...process.env, STRAPI_SOCKET: socket },
    socket,
    pidFile,
    acquire: async () => async () => undefined,
    log: () => undefined,
  });
  next.start();
  await until(() => next.state().phase === 'ready');
  expect(alive(pid)).toBe(false);
  expect(Number(await readFile(pidFile, 'utf8'))).toBe(next.pid());
  await next.stop();
}, 30_000);

test('stopping ends the child, which is told as what was asked for', async () => {
  const events: string[] = [];
  const socket = join(folder, 'end.sock');
  const one = createStrapiProcess({
    script,
    args: [],
    cwd: folder,
    env: { ...process.env, STRAPI_SOCKET: socket },
    socket,
    pidFile: join(folder, 'end.pid'),
    acquire: async () => async () => undefined,
    log: (event) => {
      events.push(event);
    },
  });
  one.start();
  await until(() => one.state().phase === 'ready');
  const pid = one.pid() ?? 0;
  await one.stop();
  expect([alive(pid), events]).toEqual([false, ['booting', 'ready', 'stopped']]);
}, 20_000);
