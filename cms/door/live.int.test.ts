import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { catalogueMigrations } from '@comptoir/catalogue/migrations';
import {
  type CatalogueEntry,
  catalogueSnapshotSchema,
  type EntryId,
  followAnswerSchema,
  productListSchema,
} from '@comptoir/contracts';
import { statementsOf } from '@comptoir/database/migrate';
import { type Postgres, startPostgres } from '@comptoir/supervisor';

import { tryDoor, until } from './door.fixture.ts';
import { availability, littleCatalogue, product } from './entries.fixture.ts';

let folder: string;
let postgres: Postgres;
let client: pg.Client;
let shop: Awaited<ReturnType<typeof tryDoor>>;

async function connect(): Promise<void> {
  client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  // The server forgets its last half second when it is killed, unless told otherwise.
  await client.query('set synchronous_commit = on');
}

/** Writes entries as the publish transaction does: all at once, versions left to the trigger. */
async function write(
  entries: readonly CatalogueEntry[],
  withdrawn: readonly EntryId[] = [],
): Promise<void> {
  const upsert = `insert into catalogue_entries (kind, key, locale, version, body) values ($1, $2, $3, null, $4)
                  on conflict (kind, key, locale) do update set version = null, body = excluded.body`;
  await client.query('begin');
  for (const { kind, key, locale, body } of entries)
    await client.query(upsert, [kind, key, locale, JSON.stringify(body)]);
  for (const { kind, key, locale } of withdrawn)
    await client.query(upsert, [kind, key, locale, null]);
  await client.query('commit');
}

const source = async (): Promise<string | null> =>
  (await shop.get('/api/produits')).headers.get('x-catalogue-source');

async function databaseVersion(): Promise<string> {
  const { rows } = await client.query<{ v: string }>(
    `select epoch || '.' || n as v from catalogue_version`,
  );
  return rows[0]?.v ?? '';
}

async function caughtUp(): Promise<void> {
  const wanted = await databaseVersion();
  await until(() => shop.door.catalogue.current()?.version === wanted);
}

const seeded = (): Promise<unknown> =>
  client.query(`insert into catalogue_markers (name) values ('seeded') on conflict do nothing`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-pg-'));
  postgres = await startPostgres({ dataDir: folder, durable: false });
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

beforeEach(async () => {
  await connect();
  await client.query(
    'drop table if exists catalogue_entries, catalogue_version, catalogue_markers, catalogue_skus cascade',
  );
  for (const statement of statementsOf(catalogueMigrations)) await client.query(statement);
  await write(littleCatalogue());
  shop = await tryDoor({
    databaseUrl: postgres.url,
    entries: littleCatalogue().slice(0, 2),
    pollMs: 60_000,
  });
});
afterEach(async () => {
  await shop.close();
  await client.end().catch(() => undefined);
});

test('the seed is served until the database carries its marker, then changes arrive by notification', async () => {
  expect(await source()).toBe('csv');
  await seeded();
  await until(async () => (await source()) === 'database');
  await write([product('ah-001', 'fr', { price: 3100, category: 'tea' })]);
  await caughtUp();
  const list = productListSchema.parse(await (await shop.get('/api/produits')).json());
  expect(list.data[0]?.priceFrom.amount).toBe(3100);
});

test('a long poll answers with exactly what changed, an empty delta when nothing does, the whole for an unknown epoch', async () => {
  await seeded();
  await until(async () => (await source()) === 'database');
  const before = await databaseVersion();
  const waiting = shop.get(`/api/produits/instantane?after=${before}`);
  await write([availability('ah-003-a', 'in')], [{ kind: 'product', key: 'ah-002', locale: 'fr' }]);
  const delta = followAnswerSchema.parse(await (await waiting).json());
  expect(delta).toMatchObject({
    changed: [{ key: 'ah-003-a' }],
    withdrawn: [{ kind: 'product', key: 'ah-002', locale: 'fr' }],
  });
  const quiet = followAnswerSchema.parse(
    await (await shop.get(`/api/produits/instantane?after=${delta.version}`)).json(),
  );
  expect(quiet).toMatchObject({ version: delta.version, changed: [], withdrawn: [] });
  const whole = await (await shop.get('/api/produits/instantane?after=another.3')).json();
  expect(catalogueSnapshotSchema.parse(whole).entries.length).toBe(littleCatalogue().length);
});

test('a row that does not fit the contract is left out, the rest is served', async () => {
  await client.query(
    `insert into catalogue_entries values ('product', 'broken', 'fr', null, '{"name": 1}')`,
  );
  await seeded();
  await until(async () => (await source()) === 'database');
  const list = productListSchema.parse(await (await shop.get('/api/produits')).json());
  expect(list.data.map(({ reference }) => reference)).toEqual(['ah-001', 'ah-002', 'ah-003']);
});

test('a new epoch makes the door reload everything', async () => {
  await seeded();
  await until(async () => (await source()) === 'database');
  await client.query('delete from catalogue_entries where key = $1', ['ah-003']);
  await client.query('select catalogue_new_epoch()');
  await caughtUp();
  const list = productListSchema.parse(await (await shop.get('/api/produits')).json());
  expect(list.data.map(({ reference }) => reference)).toEqual(['ah-001', 'ah-002']);
});

test('after any sequence of edits, deltas give what a full read gives', async () => {
  await seeded();
  await until(async () => (await source()) === 'database');
  const references = ['ah-001', 'ah-002', 'ah-003', 'ah-004'];
  const edit = fc.record({
    reference: fc.constantFrom(...references),
    locale: fc.constantFrom('fr' as const, 'en' as const),
    price: fc.option(fc.integer({ min: 1, max: 99_999 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      async (transactions) => {
        const read = async (path: string) =>
          followAnswerSchema.parse(await (await shop.get(path)).json());
        const start = catalogueSnapshotSchema.parse(
          await (await shop.get('/api/produits/instantane')).json(),
        );
        const mine = new Map(
          start.entries.map((entry) => [`${entry.kind} ${entry.key} ${entry.locale}`, entry]),
        );
        for (const edits of transactions) {
          const changed = edits.flatMap(({ reference, locale, price }) =>
            price === null ? [] : [product(reference, locale, { price })],
          );
          const withdrawn = edits.flatMap(({ reference, locale, price }) =>
            price === null ? [{ kind: 'product' as const, key: reference, locale }] : [],
          );
          await write(changed, withdrawn);
        }
        await caughtUp();
        const delta = await read(`/api/produits/instantane?after=${start.version}`);
        if (!('changed' in delta)) throw new Error('expected a delta');
        for (const { kind, key, locale } of delta.withdrawn)
          mine.delete(`${kind} ${key} ${locale}`);
        for (const entry of delta.changed)
          mine.set(`${entry.kind} ${entry.key} ${entry.locale}`, entry);
        const { rows } = await client.query<{ name: string; body: unknown }>(
          `select concat_ws(' ', kind, key, locale) as name, body from catalogue_entries where body is not null`,
        );
        expect(Object.fromEntries([...mine].map(([name, entry]) => [name, entry.body]))).toEqual(
          Object.fromEntries(rows.map(({ name, body }) => [name, body])),
        );
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);

test('Postgres killed while shoppers browse: no request fails, the source tells, and it attaches again by itself', async () => {
  await seeded();
  await until(async () => (await source()) === 'database');
  const seen = new Set<string>();
  let failed = 0;
  let stop = false;
  const shopper = async (): Promise<void> => {
    while (!stop) {
      const answer = await shop.get('/api/produits/ah-001');
      if (answer.status !== 200) failed += 1;
      seen.add(answer.headers.get('x-catalogue-source') ?? '');
      await answer.arrayBuffer();
    }
  };
  const shoppers = [shopper(), shopper()];
  const { port } = postgres;
  const gone = once(postgres.process, 'exit');
  process.kill(postgres.pid, 'SIGQUIT');
  await until(async () => (await source()) === 'snapshot');
  await gone;
  postgres = await startPostgres({ dataDir: folder, durable: false, port });
  await until(async () => (await source()) === 'database');
  stop = true;
  await Promise.all(shoppers);
  expect(failed).toBe(0);
  expect([...seen]).toEqual(expect.arrayContaining(['database', 'snapshot']));
}, 60_000);

test('the next door starts from the dump; a damaged dump is ignored', async () => {
  await seeded();
  await until(async () => (await source()) === 'database');
  await shop.close(true);
  const table = join(shop.dataDir, 'door', 'catalogue.csv');
  expect((await readFile(table, 'utf8')).split('\n').map((line) => line.split(';', 1)[0])).toEqual([
    'reference',
    'ah-001',
    'ah-002',
    'ah-003',
    '',
  ]);
  // For people only: whatever happens to it, the door starts from the dump.
  await writeFile(table, '\0damaged');
  const again = await tryDoor({ dataDir: shop.dataDir });
  const list = await again.get('/api/produits');
  expect(list.headers.get('x-catalogue-source')).toBe('snapshot');
  expect(productListSchema.parse(await list.json()).data.length).toBe(3);
  await again.close(true);
  const file = join(shop.dataDir, 'door', 'catalogue.json');
  const text = await readFile(file, 'utf8');
  for (const damaged of [
    text.slice(0, -40),
    text.replace('"amount":2800', '"amount":2801'),
    '',
    'null',
  ]) {
    await mkdir(join(shop.dataDir, 'door'), { recursive: true });
    await writeFile(file, damaged);
    const third = await tryDoor({ dataDir: shop.dataDir, entries: littleCatalogue().slice(0, 2) });
    expect((await third.get('/api/produits')).headers.get('x-catalogue-source')).toBe('csv');
    await third.close(true);
  }
  shop = await tryDoor({ dataDir: shop.dataDir });
}, 30_000);
