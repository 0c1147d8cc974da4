import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '@comptoir/env';

import { createDatabase, onServer, type TestDatabase } from './test-database.ts';

const run = promisify(execFile);
export const TEMPLATE = 'comptoir_template';
/** The first administrator of every shop a test starts. */
export const testAdmin = {
  email: 'gerante@atelier-huit.test',
  password: 'Argile-Bleue-2026',
} as const;

/** The data folder that belongs to the template (its pictures). */
export const templateData = (): string =>
  join(process.env['COMPTOIR_TEST_FOLDER'] ?? '', 'template-data');

/**
 * Environment of a shop under test: nothing of the developer's own .env or shell decides a test.
 */
export const shopEnv = (databaseUrl: string, dataDir: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LANG: process.env['LANG'],
  TZ: 'UTC',
  NODE_ENV: 'production',
  SHOP_MODE: 'demo',
  LOG_LEVEL: 'warn',
  DATABASE_URL: databaseUrl,
  DATA_DIR: dataDir,
  ADMIN_EMAIL: testAdmin.email,
  ADMIN_PASSWORD: testAdmin.password,
  STRAPI_TELEMETRY_DISABLED: 'true',
});

/**
 * Makes an empty database the seeded shop with its first administrator, as the setup command does.
 * @throws Error with the command's last words
 */
export async function setUpShop(databaseUrl: string, dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  try {
    await run(
      process.execPath,
      ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(ROOT, 'cms/run.ts'), 'setup'],
      { cwd: ROOT, env: shopEnv(databaseUrl, dataDir), timeout: 240_000, maxBuffer: 1e8 },
    );
  } catch (error) {
    throw new Error(
      `The shop for tests could not be set up (cms/run.ts setup): ${error instanceof Error ? error.message : ''}\n${error instanceof Error && 'stdout' in error ? String(error.stdout).slice(-3000) : ''}`,
      { cause: error },
    );
  }
}

async function build(): Promise<void> {
  const draft = await createDatabase();
  await setUpShop(draft.url, templateData()).catch(async (error: unknown) => {
    await draft.drop();
    throw error;
  });
  await onServer((client) => client.query(`alter database ${draft.name} rename to ${TEMPLATE}`));
}

/**
 * A database with the seeded shop in it, made once per run; copying it takes a fraction of a boot.
 */
export async function ensureTemplate(): Promise<void> {
  await onServer(async (client) => {
    // Several test files may ask at once: the first builds, the others wait for the lock.
    await client.query(`select pg_advisory_lock(hashtext('comptoir:test-template'))`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      TEMPLATE,
    ]);
    if (rowCount === 0 || !existsSync(templateData())) await build();
  });
}

/** A database with the seeded shop in it, for tests of SQL that need no Strapi. */
export async function createSeededDatabase(): Promise<TestDatabase> {
  await ensureTemplate();
  return createDatabase(TEMPLATE);
}
