import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';
import { createDatabase, ensureTemplate, shopEnv, type TestDatabase } from '@comptoir/harness';

const LONG_AGO = new Date('2026-01-01T00:00:00Z');
const [orphan, young] = ['e', 'f'].map((letter) => letter.repeat(32)) as [string, string];
const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-sweep-'));
const renditions = join(dataDir, 'images/renditions');
let database: TestDatabase;
let known: string[];

function place(hash: string): string {
  const file = join(renditions, hash, '320.avif');
  mkdirSync(join(renditions, hash), { recursive: true });
  writeFileSync(file, Buffer.alloc(1500));
  return file;
}
const stored = (): string[] =>
  readdirSync(renditions, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('f') || name.endsWith('p'))
    .filter((name) => name.includes('/'))
    .sort();
const sweep = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [join(ROOT, 'cms/run.ts'), 'sweep', ...args], {
    env: shopEnv(database.url, dataDir),
  });

beforeAll(async () => {
  await ensureTemplate();
  database = await createDatabase('comptoir_template');
  cpSync(join(process.env['COMPTOIR_TEST_FOLDER'] ?? '', 'template-data'), dataDir, {
    recursive: true,
  });
  known = stored();
  for (const name of known) utimesSync(join(renditions, name), LONG_AGO, LONG_AGO);
  utimesSync(place(orphan), LONG_AGO, LONG_AGO);
  place(young);
  // A draft alone refers to its pictures through the media library; nothing published shows this
  // one.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`delete from catalogue_entries where kind = 'product' and key = 'ah-005'`);
  await client.end();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a dry run names the orphans and their size, and removes nothing', async () => {
  const before = stored();
  const { stdout } = await sweep('--dry-run');
  expect(stdout).toContain(`would remove renditions/${orphan}/320.avif`);
  expect(stdout).toContain(`1 renditions would be removed (1.5 kB), ${known.length + 1} kept.`);
  expect(stored()).toEqual(before);
  await expect(sweep('--dry')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Unknown option --dry.'),
  });
});

test('the sweep removes them; published pictures, drafts’ pictures and those of today stay', async () => {
  expect(known.length).toBeGreaterThan(100);
  expect((await sweep()).stdout).toContain(
    `1 renditions removed (1.5 kB), ${known.length + 1} kept.`,
  );
  expect(stored()).toEqual([...known, `${young}/320.avif`].sort());
});
