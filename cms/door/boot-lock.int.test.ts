import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase } from '@comptoir/harness';

import { acquireBootLock, BOOT_LOCK } from './boot-lock.ts';

test('a door that stops while it connects does not wait for a database that never answers', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const stopping = new AbortController();
  const asked = once(silent, 'connection');
  const lock = acquireBootLock(
    `postgres://x:x@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`,
    stopping.signal,
  );
  const refused = expect(lock).rejects.toThrow('stopped while waiting');
  await asked;
  stopping.abort();
  await refused;
  for (const socket of sockets) socket.destroy();
  silent.close();
}, 10_000);

test('nor while somebody else has the lock', async () => {
  const { url, drop } = await createDatabase();
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(`select pg_advisory_lock(${BOOT_LOCK})`);
  const stopping = new AbortController();
  const lock = acquireBootLock(url, stopping.signal);
  const refused = expect(lock).rejects.toThrow('stopped while waiting');
  stopping.abort();
  await refused;
  await other.end();
  await (
    await acquireBootLock(url, new AbortController().signal)
  )();
  await drop();
}, 10_000);
