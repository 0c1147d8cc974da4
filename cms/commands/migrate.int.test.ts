import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inOrder, type SchemaState } from '@comptoir/database/migrate';
import { ROOT } from '@comptoir/env';
import {
  createDatabase,
  createSeededDatabase,
  shopEnv,
  type TestDatabase,
} from '@comptoir/harness';

import { wholeSchema } from '../../plugins/database/fixture/whole-schema.ts';
import { databaseSchema, MIGRATIONS } from '../door/database-schema.ts';

const ALL = inOrder(MIGRATIONS).map(({ id }) => id);
const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-migrate-'));
let database: TestDatabase;
let client: pg.Client;

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function open(made: Promise<TestDatabase>): Promise<void> {
  database = await made;
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
}
async function close(): Promise<void> {
  await client?.end();
  await database?.drop();
}

const command = [
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  join(ROOT, 'cms/run.ts'),
  'migrate',
];
/**
 * What `npm run migrate` prints, without Strapi's log.
 * @throws with its last words when it fails
 */
async function migrate(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...command, ...args], {
    env: shopEnv(database.url, dataDir),
  });
  return stdout.replaceAll(/^\[\d{4}-.*\n/gm, '');
}
const state = (): Promise<SchemaState> => databaseSchema(database.url);
const COMPLETE: SchemaState = {
  version: ALL.at(-1) ?? null,
  pending: [],
  missing: [],
  unknown: [],
};

describe('a shop that is up to date', () => {
  beforeAll(() => open(createSeededDatabase()));
  afterAll(close);

  test('says its schema in one line', async () => {
    expect(await migrate('--status')).toBe(`Schema: ${ALL.at(-1)}\n`);
  });

  test('is left alone', async () => {
    const everything = async (): Promise<unknown[]> => [
      ...(await wholeSchema(client)),
      ...(await client.query('select epoch, n from catalogue_version')).rows,
    ];
    const before = await everything();
    expect(await migrate()).toMatch(
      /^The schema was up to date already\.\nRead model: \d+ entries/,
    );
    expect(await everything()).toEqual(before);
  });

  test('that has lost a rule names it, and gets it back', async () => {
    await client.query(
      'alter table stock_movements drop constraint stock_movements_change_check; delete from stripe_state',
    );
    expect(await migrate('--status')).toBe(
      `Schema: ${ALL.at(-1)}\nMissing: row stripe_state\nMissing: constraint stock_movements_change_check\n`,
    );

    expect(await migrate()).toContain(
      'Added: row stripe_state, constraint stock_movements_change_check.',
    );

    expect(await state()).toEqual(COMPLETE);
  });

  test.each([
    'disputes',
    'webhook_inbox',
    'stripe_state',
    'stripe_differences',
    'stock_imbalances',
  ])('is not called complete without the table %s', async (table) => {
    await client.query(`alter table ${table} rename to mislaid`);
    try {
      expect((await state()).missing).toContain(`table ${table}`);
    } finally {
      await client.query(`alter table mislaid rename to ${table}`);
    }
  });

  test('refuses another option', async () => {
    await expect(migrate('--down')).rejects.toThrow('npm run migrate -- --status');
  });

  test('is refused by an older version, whose way back is said', async () => {
    await client.query(
      `insert into comptoir_migrations (name, batch, migration_time) values ('law/2031-01-01-later', 9, now())`,
    );
    try {
      expect(await migrate('--status')).toContain(
        'Of a newer version of the shop: law/2031-01-01-later',
      );
      await expect(migrate()).rejects.toThrow(/belongs to a newer version.*restore a backup/);
    } finally {
      await client.query(`delete from comptoir_migrations where name = 'law/2031-01-01-later'`);
    }
  });
});

describe('an empty database', () => {
  beforeEach(() => open(createDatabase()));
  afterEach(close);

  /**
   * Every change of the schema waits while the test holds the lock, if it is the one that the test
   * has named.
   */
  const STOPS = `create schema stops; create table stops.wanted (tag text, object text);
    create function stops.wait_at_stop() returns event_trigger language plpgsql as $$ begin
      if exists (select 1 from pg_event_trigger_ddl_commands() c join stops.wanted w on w.tag = c.command_tag and w.object = c.object_identity) then
        perform pg_advisory_lock_shared(4711); perform pg_advisory_unlock_shared(4711);
      end if;
    end $$;
    create event trigger stops_wait on ddl_command_end execute function stops.wait_at_stop()`;
  const WAITING = `select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`;
  const OTHERS = `select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  const reaches = async (query: string, wanted: number): Promise<void> => {
    await expect
      .poll(async () => (await client.query<{ n: number }>(query)).rows[0]?.n, {
        timeout: 90_000,
        interval: 50,
      })
      .toBe(wanted);
  };
  const begin = (): ChildProcess =>
    spawn(process.execPath, command, { env: shopEnv(database.url, dataDir), stdio: 'ignore' });

  async function killedAt(tag: string, object: string): Promise<void> {
    await client.query('insert into stops.wanted values ($1, $2)', [tag, object]);
    await client.query('select pg_advisory_lock(4711)');
    const child = begin();
    const ended = once(child, 'close');
    await Promise.race([
      reaches(WAITING, 1),
      ended.then(() => Promise.reject(new Error(`it ended before ${tag} ${object}`))),
    ]);
    child.kill('SIGKILL');
    await ended;
    await client.query('delete from stops.wanted');
    await client.query('select pg_advisory_unlock(4711)');
    await reaches(OTHERS, 0);
  }

  test('killed in each stage in turn, it ends as one that nothing has disturbed', async () => {
    await client.query(STOPS);
    const stops = [
      ['in the stage before the sync', 'CREATE TABLE', 'public.mail_outbox', null],
      ['at the first step of the sync', 'CREATE TABLE', 'public.strapi_migrations', 'before'],
      ['within the sync', 'CREATE TABLE', 'public.orders', 'before'],
      [
        'in the stage after the sync',
        'CREATE FUNCTION',
        'public.commerce_covered_refund()',
        'before',
      ],
      [
        'at the last step of that stage',
        'CREATE TRIGGER',
        'stock_movements_no_truncate on public.stock_movements',
        'before',
      ],
    ] as const;
    const last =
      inOrder(MIGRATIONS)
        .filter(({ stage }) => stage === 'before')
        .at(-1)?.id ?? null;
    for (const [where, tag, object, reached] of stops) {
      await killedAt(tag, object);
      expect([where, (await state()).version]).toEqual([where, reached === null ? null : last]);
    }

    const said = await migrate();

    expect(said).toContain('commerce/2026-11-27-stock');
    expect(await state()).toEqual(COMPLETE);
    await client.query('drop event trigger stops_wait; drop schema stops cascade');
    const undisturbed = await createSeededDatabase();
    const other = new pg.Client({ connectionString: undisturbed.url });
    await other.connect();
    expect(await wholeSchema(client)).toEqual(await wholeSchema(other));
    await other.end();
    await undisturbed.drop();
  });

  test('two at once: one migrates, the other waits, both succeed', async () => {
    expect(await migrate('--status')).toBe(
      `Schema: none yet\n${ALL.map((id) => `Pending: ${id}\n`).join('')}`,
    );

    const said = await Promise.all([migrate(), migrate()]);

    expect(said.map((text) => text.split('\n')[0]).sort()).toEqual([
      `Added: ${ALL.join(', ')}.`,
      'The schema was up to date already.',
    ]);
    expect(await state()).toEqual(COMPLETE);
  });
});
