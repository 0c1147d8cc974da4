import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { failureSchema } from '@comptoir/contracts';
import { createMetrics } from '@comptoir/telemetry';

import { createApp } from './app.ts';
import { bodyLimit } from './body-limit.ts';
import { log, until } from './door.fixture.ts';
import { createDoorServer } from './door-server.ts';
import { createProxy } from './proxy.ts';

const MIB = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'door-body-'));
const socketPath = join(folder, 's.sock');

/** What Strapi saw of each request: bytes, and whether it came to its end. */
let seen: { request: IncomingMessage; bytes: number; ended: boolean }[] = [];
const strapi = createServer((request, response) => {
  const one = { request, bytes: 0, ended: false };
  seen.push(one);
  request.on('data', (part: Buffer) => (one.bytes += part.length)).on('error', () => undefined);
  request.on('end', () => {
    one.ended = true;
    response.end(`${one.bytes} bytes`);
  });
});
const proxy = createProxy(socketPath, (_, response) => void response.writeHead(503).end());
const door = createDoorServer({
  routes: { close: () => undefined, repeat: () => null, handle: () => null },
  log,
  metrics: createMetrics('test'),
  upgrade: (_, client) => void client.destroy(),
  rest: createApp({
    log,
    metrics: createMetrics('test'),
    health: {
      report: () => Promise.reject(new Error('not asked here')),
      mail: () => Promise.reject(new Error('not asked here')),
      notReady: () => [],
      alive: () => true,
    },
    images: { get: async () => null, check: async () => undefined, signedUrl: async () => null },
    absence: () => null,
    pass: proxy.pass,
  }),
});
let port = 0;

beforeAll(async () => {
  strapi.listen(socketPath);
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  proxy.close();
  door.close().closeAllConnections();
  strapi.close().closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

async function opened(
  path: string,
  framing: string,
): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part)).on('error', () => undefined);
  const answer = new Promise<string>((resolve) =>
    socket.once('close', () => resolve(Buffer.concat(parts).toString())),
  );
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${framing}\r\n\r\n`);
  return { socket, answer };
}

const PART = Buffer.alloc(64 * 1024, 120);
const chunk = Buffer.concat([
  Buffer.from(`${PART.length.toString(16)}\r\n`),
  PART,
  Buffer.from('\r\n'),
]);

/** Sends `bytes` in chunks, waiting for the socket as a real client does, and ends the body. */
async function sendChunked(path: string, bytes: number): Promise<string> {
  const { socket, answer } = await opened(path, 'transfer-encoding: chunked');
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += PART.length) {
    await new Promise<void>((written) => socket.write(chunk, () => written()));
  }
  if (!socket.destroyed) socket.write('0\r\n\r\n');
  return answer;
}

function expectTooLarge(answer: string, words: string): void {
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(failureSchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).error).toMatchObject({
    status: 413,
    message: expect.stringContaining(words),
  });
}

test.each([
  ['/api/commandes', MIB],
  ['/api/upload', MIB],
  ['/uploads/x', MIB],
  ['/administrator', MIB],
  ['/', MIB],
  ['/admin/users', 5 * MIB],
  ['/content-manager/collection-types/x?locale=fr', 5 * MIB],
  ['/admin', 5 * MIB],
  ['/upload', 64 * MIB],
  ['/upload?id=3', 64 * MIB],
  ['/upload/files/3/replace', 64 * MIB],
])('%s takes %i bytes', (url, limit) => {
  expect(bodyLimit(url)).toBe(limit);
});

test('a body of unknown length passes up to the limit', async () => {
  expect(await sendChunked('/api/commandes', MIB)).toContain(`${MIB} bytes`);
  expect(await sendChunked('/content-manager/x', 2 * MIB)).toContain(`${2 * MIB} bytes`);
});

test('one byte more is cut with 413, and Strapi never sees the end', async () => {
  const answer = await sendChunked('/api/commandes', MIB + PART.length);
  expectTooLarge(answer, '1 MiB');
  await until(() => seen[0]?.request.destroyed === true);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ ended: false });
  expect(seen[0]?.request.complete).toBe(false);
  expect(seen[0]?.bytes).toBeLessThanOrEqual(MIB);
});

test('a sender that never stops is answered and hung up on', async () => {
  const before = process.memoryUsage().rss;
  const answer = await sendChunked('/api/commandes', Number.POSITIVE_INFINITY);
  expectTooLarge(answer, '1 MiB');
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB);
});

test('a sender that waits is told at once', async () => {
  const { socket, answer } = await opened('/api/commandes', 'transfer-encoding: chunked');
  for (let sent = 0; sent <= MIB; sent += PART.length) socket.write(chunk);
  const [first] = await once(socket, 'data');
  expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
  await answer;
});

test('what announces too much reaches no Strapi', async () => {
  const { socket, answer } = await opened('/api/commandes', `content-length: ${MIB + 1}`);
  socket.write(Buffer.alloc(MIB + 1, 120));
  expectTooLarge(await answer, '1 MiB');
  expect(seen).toEqual([]);
});
