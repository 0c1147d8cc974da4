import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { entrySchema } from '@comptoir/contracts';
import { ROOT } from '@comptoir/env';
import { createDatabase, ensureTemplate, shopEnv, type TestDatabase } from '@comptoir/harness';

import { seedEntries } from '../../../csv/seed-entries.ts';

const run = promisify(execFile);
const SEED = join(ROOT, 'infra/seed');
let database: TestDatabase;
const answerSchema = z.object({ code: z.number(), out: z.string(), err: z.string() });
let child: ChildProcess;
let client: pg.Client;
let folder: string;
let seedText: string;

/** One command in the Strapi that all tests of this file share: a boot each would take minutes. */
async function command(
  name: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  child.send({ name, args });
  const [answer] = await once(child, 'message');
  return answerSchema.parse(answer);
}

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await client.query<Record<string, unknown>>(sql)).rows;
const version = async (): Promise<unknown> =>
  (await rowsOf("select epoch || '.' || n as version from catalogue_version"))[0]?.['version'];
const onHand = async (sku: string): Promise<unknown> =>
  (await rowsOf(`select on_hand from stock_levels where sku = '${sku}'`))[0]?.['on_hand'];
const body = async (reference: string, locale = 'fr'): Promise<unknown> =>
  (
    await rowsOf(
      `select body from catalogue_entries where kind = 'product' and key = '${reference}' and locale = '${locale}'`,
    )
  )[0]?.['body'];

async function file(text: string, name = 'catalogue.csv'): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

beforeAll(async () => {
  await ensureTemplate();
  database = await createDatabase('comptoir_template');
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  folder = await mkdtemp(join(tmpdir(), 'comptoir-import-test-'));
  await mkdir(join(folder, 'images'));
  seedText = await readFile(join(SEED, 'produits.csv'), 'utf-8');
  child = fork(join(import.meta.dirname, 'command-child.fixture.ts'), [], {
    env: { ...shopEnv(database.url, join(folder, 'data')), INIT_CWD: folder },
    silent: true,
  });
  expect(await once(child, 'message')).toEqual(['ready', undefined]);
});

afterAll(async () => {
  child.disconnect();
  await once(child, 'exit');
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('a fresh shop is exported byte for byte as the shipped file', async () => {
  expect(await command('export', 'out.csv')).toMatchObject({
    code: 0,
    out: expect.stringContaining('8 products'),
  });
  expect(await readFile(join(folder, 'out.csv'), 'utf-8')).toBe(seedText);
});

test('a fresh shop shows exactly what the file fallback shows', async () => {
  const rows = await rowsOf(
    'select kind, key, locale, body from catalogue_entries where body is not null',
  );
  const byName = (entries: readonly unknown[]): unknown[] =>
    entrySchema
      .array()
      .parse(entries)
      .sort((one, other) =>
        `${one.kind} ${one.key} ${one.locale}` < `${other.kind} ${other.key} ${other.locale}`
          ? -1
          : 1,
      );
  expect(byName(rows)).toEqual(byName(seedEntries(SEED)));
});

test('importing what is there, and seeding again, changes nothing', async () => {
  const before = await version();
  const rows = await rowsOf('select count(*) as n, max(id) as last from products');

  expect(await command('import', await file(seedText))).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing to do: all 8 products'),
  });
  expect(await command('seed')).toMatchObject({ code: 0, out: expect.stringContaining('already') });
  expect(await version()).toBe(before);
  expect(await rowsOf('select count(*) as n, max(id) as last from products')).toEqual(rows);
});

/** The vase costs more, and a ninth product with a new picture appears. */
async function changedFile(): Promise<string> {
  await copyFile(join(SEED, 'images/ah-004-detail.png'), join(folder, 'images/ah-009.png'));
  const vase = seedText.split('\n').find((line) => line.startsWith('ah-004')) ?? '';
  const ninth = vase
    .replaceAll('ah-004-main.png', 'ah-009.png')
    .replaceAll('vase-canyon', 'vase-mesa')
    .replaceAll('canyon-vase', 'mesa-vase')
    .replace('ah-004;ah-004', 'ah-009;ah-009')
    .replace('89,00;20;14', '95,00;20;4');
  return file(`${seedText.replace(';89,00;20;14;', ';91,50;20;2;')}${ninth}\n`, 'changed.csv');
}

test('a dry run tells all and writes nothing', async () => {
  const before = [await version(), await rowsOf('select count(*) as n from files')];
  const { code, out } = await command('import', await changedFile(), '--dry-run');

  expect(code).toBe(0);
  expect(out).toContain('+ picture ah-009.png');
  expect(out).toContain('+ ah-009 Vase Canyon');
  expect(out).toMatch(/~ ah-004\n\s+variant 1: .*89,00 €.* → .*91,50 €/);
  expect(out).toContain('stock ah-009: new → 4');
  expect(out).not.toContain('stock ah-004');
  expect([await version(), await rowsOf('select count(*) as n from files')]).toEqual(before);
});

test('products are created and updated in both languages, known stock stays', async () => {
  expect(await command('import', await changedFile())).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 created, 1 updated, 7 unchanged'),
  });
  expect(await body('ah-004')).toMatchObject({ variants: [{ price: { amount: 9150 } }] });
  expect(await body('ah-009', 'en')).toMatchObject({
    slug: 'mesa-vase',
    position: 9,
    variants: [{ price: { amount: 9500 } }],
  });
  expect([await onHand('ah-004'), await onHand('ah-009')]).toEqual([14, 4]);

  const again = await version();
  expect(await command('import', 'changed.csv')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Nothing to do'),
  });
  expect(await version()).toBe(again);
});

test('stock follows the file when asked, as movements', async () => {
  expect(await command('import', 'changed.csv', '--stock')).toMatchObject({ code: 0 });
  expect(await onHand('ah-004')).toBe(2);
  expect(
    await rowsOf(
      "select delta, reason, actor from stock_movements where sku = 'ah-004' order by id desc limit 1",
    ),
  ).toEqual([{ delta: -12, reason: 'import', actor: 'import' }]);
});

test('products that a file does not name stay', async () => {
  const [header, first] = seedText.split('\n');
  const before = await version();

  expect(
    await command('import', await file(`${header}\n${seedText.split('\n')[8]}\n`, 'one.csv')),
  ).toMatchObject({ code: 0 });
  expect(first).toBeDefined();
  expect(
    (
      await rowsOf(
        "select 1 from catalogue_entries where kind = 'product' and locale = 'fr' and body is not null",
      )
    ).length,
  ).toBe(9);
  expect(await version()).not.toBe(before);
});

test('refusals: exit code 1, the place named, nothing written', async () => {
  const before = [await version(), await rowsOf('select count(*) as n from files')];
  const cases: [string, string | Buffer, string][] = [
    ['bad price', seedText.replace(';89,00;', ';89,999;'), 'line 9, column "prix_ttc"'],
    ['missing column', seedText.replace(';tva;', ';'), 'column "tva": this column is missing'],
    [
      'missing picture',
      seedText.replaceAll('ah-005-main.png', 'nowhere.png'),
      'line 10, column "image": "nowhere.png" is neither',
    ],
    [
      'unknown category',
      seedText.replaceAll(';maison;', ';jardin;'),
      '"jardin" is not a category of the shop; known:',
    ],
    [
      'foreign SKU',
      seedText
        .split('\n')
        .filter((line) => !line.startsWith('ah-004'))
        .join('\n')
        .replace('ah-005;ah-005', 'ah-005;ah-004'),
      'belongs to product "ah-004"',
    ],
    ['not UTF-8', Buffer.from(seedText, 'latin1'), 'not UTF-8'],
  ];
  for (const [name, content, told] of cases) {
    await writeFile(join(folder, 'bad.csv'), content);
    const { code, err } = await command('import', 'bad.csv');
    expect([name, code, err]).toEqual([name, 1, expect.stringContaining(told)]);
    expect(err).toContain('nothing was written');
  }

  expect(await command('import', 'nowhere.csv')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Cannot read'),
  });
  expect([await version(), await rowsOf('select count(*) as n from files')]).toEqual(before);
});

test('a picture that is refused undoes the whole import', async () => {
  const before = [await version(), await rowsOf('select count(*) as n from files')];
  await writeFile(join(folder, 'images/ah-009.png'), 'not a picture');
  const price = (await readFile(join(folder, 'changed.csv'), 'utf-8')).replace(
    ';42,00;20;22;',
    ';43,00;20;22;',
  );

  expect(await command('import', await file(price, 'hostile.csv'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('ah-009.png'),
  });
  expect([await version(), await rowsOf('select count(*) as n from files')]).toEqual(before);
});

test('the command itself ends with code 1', async () => {
  const env = { ...shopEnv(database.url, join(folder, 'data')), INIT_CWD: folder };
  await expect(
    run(process.execPath, [join(ROOT, 'cms/run.ts'), 'import', 'bad.csv'], { cwd: ROOT, env }),
  ).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('not UTF-8') });
});

test('a file printed to stdout holds nothing else', async () => {
  const env = { ...shopEnv(database.url, join(folder, 'data')), INIT_CWD: folder };
  const { stdout } = await run(process.execPath, [join(ROOT, 'cms/run.ts'), 'export', '-'], {
    cwd: ROOT,
    env,
    maxBuffer: 1e8,
  });
  await command('export', 'again.csv');

  expect(stdout).toBe(await readFile(join(folder, 'again.csv'), 'utf-8'));
});

test('a file that takes one size away and counts another meets an order of both: one waits for the other, and neither is undone', async () => {
  const [counted, dropped] = ['ah-003-1', 'ah-003-6'];
  const [header = '', ...lines] = (await readFile(join(folder, 'again.csv'), 'utf-8')).split('\n');
  const kept = lines.filter(
    (line) => line.startsWith('ah-003;') && !line.startsWith(`ah-003;${dropped};`),
  );
  // The twelfth column is the stock.
  await file(
    [
      header,
      ...kept.map((line) =>
        line.startsWith(`ah-003;${counted};`) ? line.replace(/^((?:[^;]*;){11})\d+/, '$177') : line,
      ),
    ].join('\n'),
    'smaller.csv',
  );
  const order = new pg.Client({ connectionString: database.url });
  await order.connect();
  try {
    await order.query('begin');
    await order.query('select 1 from stock_levels where sku = $1 for update', [counted]);
    const imported = command('import', 'smaller.csv', '--stock');
    await vi.waitFor(
      async () =>
        expect(
          await rowsOf(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        ).toHaveLength(1),
      { timeout: 20_000, interval: 20 },
    );
    await order.query('select 1 from stock_levels where sku = $1 for update', [dropped]);
    await order.query('commit');
    expect([await imported, await onHand(counted)]).toMatchObject([{ code: 0 }, 77]);
  } finally {
    await order.end();
  }
});
