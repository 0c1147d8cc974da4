import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { postgresAccount } from './account.ts';
import { liveServer } from './leftover.ts';
import { clusterPlace } from './place.ts';
import { type Postgres, startPostgres } from './postgres-server.ts';

let dataDir = '';
const open: Postgres[] = [];

async function start(): Promise<Postgres> {
  const server = await startPostgres({ dataDir, durable: false });
  open.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const cluster = (): string => clusterPlace(dataDir, postgresAccount()).cluster;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-pg-'));
  chmodSync(dataDir, 0o755);
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new cluster is UTF-8 in UTC, and its rows are there after a stop and a start', async () => {
  const first = await start();
  await ask(first.url, `create table kept as select 'é€' as text`);
  expect(
    await ask(
      first.url,
      `select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone, datcollate from pg_database where datname = 'comptoir'`,
    ),
  ).toEqual([{ encoding: 'UTF8', zone: 'UTC', datcollate: 'C.UTF-8' }]);
  await first.stop();
  expect(liveServer(cluster())).toBeNull();
  expect(await ask((await start()).url, 'select text from kept')).toEqual([{ text: 'é€' }]);
});

test('a server left by a killed run is stopped first: never two on the same files', async () => {
  const left = await startPostgres({ dataDir, durable: false });
  const next = await start();
  expect(next.pid).not.toBe(left.pid);
  expect(next.notices.join()).toContain(`process ${left.pid}`);
  expect(liveServer(cluster())).toBe(next.pid);
});

test('after kill -9 it starts again on the same files', async () => {
  const killed = await startPostgres({ dataDir });
  open.push(killed);
  await ask(killed.url, 'create table before_the_kill (id int)');
  process.kill(killed.pid, 'SIGKILL');
  await new Promise((resolve) => killed.process.once('exit', resolve));
  expect(
    await ask((await start()).url, `select to_regclass('before_the_kill')::text as name`),
  ).toEqual([{ name: 'before_the_kill' }]);
});

test('a pid file that names a process of another kind is stale', async () => {
  await (await start()).stop();
  writeFileSync(join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n`);
  expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test.each<[string, RegExp, () => void]>([
  [
    'a lost control file',
    /damaged \(global\/pg_control missing\).*--fresh/s,
    () => rmSync(join(cluster(), 'global/pg_control')),
  ],
  [
    'an emptied control file',
    /does not start on .*--fresh/s,
    () => writeFileSync(join(cluster(), 'global/pg_control'), ''),
  ],
  [
    'another version',
    /made by Postgres 15, this is 18/,
    () => writeFileSync(join(cluster(), 'PG_VERSION'), '15\n'),
  ],
  [
    'a lost password',
    /postgres\.password is missing/,
    () => rmSync(join(dataDir, 'postgres.password')),
  ],
])('%s is one sentence with the remedy', async (_, sentence, damage) => {
  await (await start()).stop();
  damage();
  await expect(startPostgres({ dataDir })).rejects.toThrow(sentence);
  expect(liveServer(cluster())).toBeNull();
});

test('a folder closed to the database user leads elsewhere, with a sentence', async () => {
  chmodSync(dataDir, 0o700);
  const server = await start();
  // A normal user runs the database itself and needs no other place.
  if (process.getuid?.() !== 0) {
    expect(server.notices).toEqual([]);
    return;
  }
  expect(server.notices.join()).toMatch(/database is kept in \/var\/lib\/comptoir/);
  await server.stop();
  const { elsewhere } = clusterPlace(dataDir, postgresAccount());
  expect(existsSync(join(elsewhere, 'postgres/PG_VERSION'))).toBe(true);
  rmSync(elsewhere, { recursive: true });
});

test('a cluster is never run as root', () => {
  if (process.getuid?.() === 0) expect(postgresAccount()?.uid).toBeGreaterThan(0);
  else expect(postgresAccount()).toBeNull();
});
