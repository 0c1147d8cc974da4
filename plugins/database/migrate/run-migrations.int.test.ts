import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '@comptoir/harness';

import { MADE_UP, migrateAll } from './made-up-migrations.fixture.ts';
import type { PluginMigrations } from './migration.ts';
import { migrate } from './run-migrations.ts';
import { recordedMigrations, type SchemaState, schemaState } from './schema-state.ts';

const ALL = [
  'letters/2026-12-01-letters',
  'shelf/2026-12-01-boxes',
  'shelf/2026-12-02-things-rules',
];
/**
 * The function that `stopAt` calls: it waits while the test holds the lock, if the test has named
 * this stop.
 */
const STOPS = `create table made_up_stops (name text);
  create function made_up_stop(wanted text) returns void language plpgsql as $$ begin
    if exists (select 1 from made_up_stops where name = wanted) then perform pg_advisory_lock_shared(4711); perform pg_advisory_unlock_shared(4711); end if;
  end $$`;

let created: TestDatabase;
let database: Knex;
let client: pg.Client;

beforeEach(async () => {
  created = await createDatabase();
  database = knex({ client: 'pg', connection: created.url });
  client = new pg.Client({ connectionString: created.url });
  await client.connect();
  await client.query(STOPS);
});
afterEach(async () => {
  await client.end();
  await database.destroy();
  await created.drop();
});

const state = (all = MADE_UP): Promise<SchemaState> =>
  schemaState((sql, values) => client.query(sql, [...values]), all);
const recorded = (): Promise<string[]> =>
  recordedMigrations((sql, values) => client.query(sql, [...values]));

test('an empty database gets all of it, once, in one history', async () => {
  expect(await state()).toEqual({ version: null, pending: ALL, missing: [], unknown: [] });

  expect(await migrateAll(database)).toEqual(ALL);
  expect(await migrateAll(database)).toEqual([]);

  expect(await recorded()).toEqual(ALL);
  expect(await state()).toEqual({ version: ALL[2], pending: [], missing: [], unknown: [] });
  expect((await client.query('select size from things')).rows).toEqual([{ size: 1 }]);
});

test('a database that has the objects but no history is adopted: nothing of it is touched', async () => {
  await client.query(`create table boxes (id int not null constraint boxes_pkey primary key, label text);
    insert into boxes values (9, 'mine')`);

  expect(await migrateAll(database)).toEqual(ALL);

  expect((await client.query('select * from boxes')).rows).toEqual([{ id: 9, label: 'mine' }]);
});

test('a stage whose migration fails leaves nothing behind, and comes again', async () => {
  const [shelf, letters] = MADE_UP;
  const broken: readonly PluginMigrations[] = [
    ...(shelf ? [shelf] : []),
    {
      plugin: 'letters',
      migrations: [
        { name: '2026-12-01-letters', stage: 'before', steps: ['select no_such_column'] },
      ],
    },
  ];

  await expect(migrate(database, broken, 'before')).rejects.toThrow('no_such_column');

  expect(await recorded()).toEqual([]);
  expect((await client.query(`select to_regclass('boxes') as found`)).rows).toEqual([
    { found: null },
  ]);
  expect(letters?.plugin).toBe('letters');
  expect(await migrateAll(database)).toEqual(ALL);
});

test('what gets lost is named as missing, and the next run puts it back', async () => {
  await migrateAll(database);
  await client.query(
    'drop trigger things_kept on things; alter table things drop constraint things_size_check; drop index things_size_idx; delete from boxes; drop table letters',
  );
  const lost = [
    'table letters',
    'row boxes',
    'constraint things_size_check',
    'index things_size_idx',
    'trigger things_kept',
  ];
  expect((await state()).missing).toEqual(lost);

  expect(await migrateAll(database)).toEqual(lost);

  expect((await state()).missing).toEqual([]);
});

test('a database that a newer version has migrated is refused, and untouched', async () => {
  await migrateAll(database);
  const older = MADE_UP.map((own) => ({
    ...own,
    migrations: own.migrations.filter(({ stage }) => stage === 'before'),
  }));
  await client.query('drop table letters');

  await expect(migrate(database, older, 'before')).rejects.toThrow(
    'belongs to a newer version of the shop (shelf/2026-12-02-things-rules)',
  );

  expect((await state(older)).unknown).toEqual(['shelf/2026-12-02-things-rules']);
  expect((await client.query(`select to_regclass('letters') as found`)).rows).toEqual([
    { found: null },
  ]);
});

/** A process that migrates; `ended` is its exit code and what it printed. */
function child(): { process: ChildProcess; ended: Promise<{ code: unknown; output: string }> } {
  const started = spawn(
    process.execPath,
    [join(import.meta.dirname, 'migrating-child.fixture.ts'), created.url],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  started.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(started, 'close').then(([code]: unknown[]) => ({ code, output }));
  return { process: started, ended };
}

const WAITING = `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
const OTHERS = `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
const reaches = async (query: string, wanted: number): Promise<void> => {
  await expect
    .poll(async () => (await client.query<{ n: number }>(query)).rows[0]?.n, {
      timeout: 30_000,
      interval: 20,
    })
    .toBe(wanted);
};

/** Lets a process migrate up to a stop, and does something there. */
async function atStop<T>(name: string, work: (one: ReturnType<typeof child>) => Promise<T>) {
  await client.query('insert into made_up_stops values ($1)', [name]);
  await client.query('select pg_advisory_lock(4711)');
  const one = child();
  try {
    await Promise.race([
      reaches(WAITING, 1),
      one.ended.then(() => Promise.reject(new Error(`it ended before the stop "${name}"`))),
    ]);
    return await work(one);
  } finally {
    await client.query('delete from made_up_stops');
    await client.query('select pg_advisory_unlock(4711)');
    await one.ended;
  }
}

test.each([
  ['boxes begin', []],
  ['boxes end', []],
  ['letters begin', []],
  ['letters end', []],
  ['sync begins', ALL.slice(0, 2)],
  ['sync ends', ALL.slice(0, 2)],
  ['rules begin', ALL.slice(0, 2)],
  ['rules end', ALL.slice(0, 2)],
])('killed at "%s", the next run finishes what is left', async (name, kept) => {
  await atStop(name, async (one) => {
    one.process.kill('SIGKILL');
    await one.ended;
  });
  await database.destroy();
  await reaches(OTHERS, 0);
  expect(await recorded()).toEqual(kept);

  const { code, output } = await child().ended;

  expect([code, output.trim().split('\n')]).toEqual([0, ALL.slice(kept.length)]);
  expect(await state()).toEqual({ version: ALL[2], pending: [], missing: [], unknown: [] });
  expect((await client.query('select id, label from boxes')).rows).toEqual([
    { id: 1, label: 'first' },
  ]);
  expect((await client.query('select id, size from things')).rows).toEqual([{ id: 7, size: 1 }]);
});

test('a second process waits for the first, and both succeed', async () => {
  const { first, second } = await atStop('letters end', async (one) => {
    const other = child();
    await reaches(WAITING, 2);
    return { first: one.ended, second: other.ended };
  });

  expect((await first).code).toBe(0);
  expect((await second).code).toBe(0);
  const changes = [await first, await second].flatMap(({ output }) => output.trim().split('\n'));
  expect(changes.filter((line) => line !== '').sort()).toEqual([...ALL].sort());
  expect(await recorded()).toEqual(ALL);
});
