import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { healthSchema } from '@comptoir/contracts';
import { inOrder } from '@comptoir/database/migrate';
import { ROOT } from '@comptoir/env';
import {
  createDatabase,
  createSeededDatabase,
  freePort,
  type RunningApi,
  shopEnv,
  startApi,
  testAdmin,
  type TestDatabase,
} from '@comptoir/harness';

import { MIGRATIONS } from '../../cms/door/database-schema.ts';
import { login } from '../../cms/staff/client.fixture.ts';
import { ordersSql } from '../../plugins/commerce/adapters/orders-sql.ts';
import { pgSql } from '../../plugins/database/fixture/pg-sql.ts';
import { wholeSchema } from '../../plugins/database/fixture/whole-schema.ts';
import { smtpServer } from '../../plugins/mailer/fixture/smtp-server.ts';

/**
 * A shop of before dated migrations, with orders in every state (README.md), opened by this
 * version.
 */
const packed = (name: string): string =>
  gunzipSync(readFileSync(join(import.meta.dirname, name))).toString('utf8');
const answersSchema = z.object({
  orders: z.array(
    z.object({ number: z.string(), name: z.string(), record: z.unknown(), staff: z.unknown() }),
  ),
  lists: z.record(z.string(), z.unknown()),
  openRefundRequests: z.array(z.unknown()),
});
const answers = answersSchema.parse(JSON.parse(packed('answers.json.gz')));

const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-old-data-'));
let database: TestDatabase;
let client: pg.Client;
let api: RunningApi;
let mails: ReturnType<typeof smtpServer> | undefined;
let said = '';

/** Tables of Strapi's own bookkeeping: what they say follows the code. */
const BOOKKEEPING = ['strapi_core_store_settings', 'strapi_database_schema'];
const text = z.object({ name: z.string() });
const namesOf = async (sql: string): Promise<string[]> =>
  (await client.query(sql)).rows.map((row) => text.parse(row).name);

beforeAll(async () => {
  database = await createDatabase();
  const dump = new pg.Client({ connectionString: database.url });
  await dump.connect();
  await dump.query(packed('dump.sql.gz'));
  await dump.end();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('create schema old');
  for (const table of await namesOf(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  ))
    await client.query(`create table old.${table} as table public.${table}`);
  const migrated = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(ROOT, 'cms/run.ts'), 'migrate'],
    { env: shopEnv(database.url, dataDir) },
  );
  said = migrated.stdout;
});
afterAll(async () => {
  await api?.stop();
  await mails?.stop();
  await client?.end();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** As JSON gives it: instants are text. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('every migration runs on it', () => {
  for (const { id } of inOrder(MIGRATIONS)) expect(said).toContain(id);
});

test('every row of every table is still there with the same values, and none was added', async () => {
  const tables = await namesOf(
    `select table_name as name from information_schema.tables where table_schema = 'old' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(60);
  const differences: string[] = [];
  for (const table of tables.filter((name) => !BOOKKEEPING.includes(name))) {
    const added = `array(select column_name::text from information_schema.columns n where n.table_schema = 'public' and n.table_name = '${table}'
      and not exists (select 1 from information_schema.columns o where o.table_schema = 'old' and o.table_name = '${table}' and o.column_name = n.column_name))`;
    const before = `select to_jsonb(old_row) as row from old.${table} old_row`;
    const after = `select to_jsonb(new_row) - ${added} as row from public.${table} new_row`;
    for (const [what, one, other] of [
      ['lost or changed', before, after],
      ['added', after, before],
    ] as const) {
      const { rows } = await client.query(`(${one}) except all (${other})`);
      differences.push(...rows.map((row) => `${table}, ${what}: ${JSON.stringify(row)}`));
    }
  }
  expect(differences).toEqual([]);
});

test('every order is read as the old version read it', async () => {
  const { read } = ordersSql(pgSql(client));
  for (const { number, name, record } of answers.orders)
    expect([name, plain(await read(number))]).toEqual([name, record]);
  expect(answers.orders.length).toBe(70);
});

test('the same refunds are owed, in the same order', async () => {
  const { openRefundRequests } = ordersSql(pgSql(client));

  const owed = await openRefundRequests(100, null);

  expect(plain(owed.map(({ number, request }) => ({ number, wish: request })))).toEqual(
    answers.openRefundRequests,
  );
});

test('each movement of an order has its code, none by staff has one', async () => {
  const { rows } = await client.query(
    `select reason, move, order_number is null as "byStaff" from stock_movements where move is not null or reason like 'Commande : %' group by 1, 2, 3 order by 3, move, 1`,
  );

  expect(rows).toEqual([
    { reason: 'Commande : réservation levée', move: 'release', byStaff: false },
    { reason: 'Commande : réservation', move: 'reserve', byStaff: false },
    { reason: 'Commande : retour en rayon', move: 'restock', byStaff: false },
    { reason: 'Commande : pièces revenues', move: 'return', byStaff: false },
    { reason: 'Commande : vente', move: 'sell', byStaff: false },
    { reason: 'Commande : vente (paiement tardif)', move: 'take', byStaff: false },
    { reason: 'Commande : retour en rayon', move: null, byStaff: true },
    { reason: 'Commande : vente', move: null, byStaff: true },
  ]);
});

test('its schema is that of a new shop', async () => {
  const made = await createSeededDatabase();
  const other = new pg.Client({ connectionString: made.url });
  await other.connect();
  const expected = await wholeSchema(other);
  await other.end();
  await made.drop();

  expect(await wholeSchema(client)).toEqual(expected);
});

/**
 * A running shop forgets sent mails and handled events after ninety days; this one keeps them,
 * whenever the test runs.
 */
const KEPT = `create function kept() returns trigger language plpgsql as $$ begin return null; end $$;
  create trigger mail_outbox_kept before delete on mail_outbox for each row execute function kept();
  create trigger webhook_inbox_kept before delete on webhook_inbox for each row execute function kept()`;

test('a running shop shows staff the same', async () => {
  await client.query(KEPT);
  const port = await freePort();
  mails = smtpServer(port);
  // The mail that waits goes on waiting, for the same reason.
  mails.behave({
    recipient: (address) =>
      address.endsWith('@boite-pleine.example') ? '451 4.2.2 mailbox full' : null,
  });
  await mails.start();
  api = await startApi({
    databaseUrl: database.url,
    dataDir,
    env: {
      PUBLIC_SITE_URL: 'http://localhost:3000',
      PUBLIC_API_URL: 'http://localhost:4000',
      ORDER_LINK_SECRET: 'the-order-links-of-the-old-data-folder',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
    },
  });
  const staff = await login(api.url, testAdmin.email, testAdmin.password);

  for (const { number, name, staff: expected } of answers.orders) {
    const answer = await staff('GET', `/commerce/orders/${number}`);
    expect([name, answer.body]).toEqual([name, expected]);
  }
  for (const [path, expected] of Object.entries(answers.lists))
    expect([path, (await staff('GET', path)).body]).toEqual([path, expected]);
  const { checks } = healthSchema.parse(await (await fetch(`${api.url}/health`)).json());
  expect(checks.migrations).toEqual({ status: 'ok', version: inOrder(MIGRATIONS).at(-1)?.id });
});
