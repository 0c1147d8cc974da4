/** `node cms/run.ts <command> [arguments]`: one Strapi, loaded without its server, for one job. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import pg from 'pg';
import { loadEnv } from '@comptoir/env';

import { BOOT_LOCK } from '../door/boot-lock.ts';

/** What a command does with a loaded Strapi. @returns the exit code */
export type Command = (strapi: Core.Strapi, args: readonly string[]) => Promise<number>;

/**
 * A command's module. `refuse` says what is wrong with the arguments, before anything is loaded;
 * `answer` is the exit code where no Strapi is needed, null where it is.
 */
interface Loaded {
  run: Command;
  refuse?: (args: readonly string[]) => string | null;
  answer?: (args: readonly string[], databaseUrl: string) => Promise<number | null>;
}

const COMMANDS = [
  'migrate',
  'setup',
  'seed',
  'import',
  'export',
  'rebuild',
  'sweep',
  'admin-password',
] as const;
const APP_DIR = join(import.meta.dirname, '..');
/** Strapi's module build imports folders, which Node refuses; its CommonJS build works. */
const { compileStrapi, createStrapi }: typeof import('@strapi/strapi') = createRequire(
  import.meta.url,
)('@strapi/strapi');

async function loadCommand(name: string): Promise<Loaded> {
  const path = join(import.meta.dirname, `${name}-command.ts`);
  if (!COMMANDS.some((known) => known === name) || !existsSync(path)) {
    throw new Error(`Unknown command "${name}". Known: ${COMMANDS.join(', ')}.`);
  }
  const loaded: Loaded = await import(path);
  return loaded;
}

/**
 * The terminal shows the command's own words: Strapi's news and the deprecation warnings of its
 * libraries help only the search for a fault.
 */
function hush(strapi: Core.Strapi): void {
  strapi.log.level = 'warn';
  process.noDeprecation = true;
}

async function load(): Promise<Core.Strapi> {
  const built = existsSync(join(APP_DIR, 'dist', 'config'));
  const { appDir, distDir } = built
    ? { appDir: APP_DIR, distDir: join(APP_DIR, 'dist') }
    : await compileStrapi({ appDir: APP_DIR });
  const strapi = createStrapi({ appDir, distDir });
  if (!['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '')) hush(strapi);
  return strapi.load();
}

/**
 * Loads Strapi under the boot lock, so that two of these, or one and the door's, wait for each
 * other.
 */
async function loadLocked(databaseUrl: string): Promise<Core.Strapi> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${BOOT_LOCK})`);
    return await load();
  } finally {
    await client.end();
  }
}

/**
 * Queries that Strapi began by itself while it loaded may still wait for a connection. The end of
 * the pool rejects them, and no code of ours awaits them: without this listener they would give a
 * finished command another exit code than its own.
 */
async function end(strapi: Core.Strapi): Promise<void> {
  process.on('unhandledRejection', (reason) =>
    strapi.log.debug(`Cut short at the end: ${String(reason)}`),
  );
  await strapi.destroy();
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const { run, refuse, answer } = await loadCommand(name);
  const refusal = refuse?.(args) ?? null;
  if (refusal !== null) {
    console.error(refusal);
    return 1;
  }
  const { databaseUrl } = loadEnv('api');
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL is not set: npm start sets it, or put it in .env.');
  const answered = (await answer?.(args, databaseUrl)) ?? null;
  if (answered !== null) return answered;
  // `export -` answers on stdout: what Strapi says while it loads goes elsewhere.
  if (args.includes('-')) process.stdout.write = process.stderr.write.bind(process.stderr);
  process.chdir(APP_DIR);
  const strapi = await loadLocked(databaseUrl);
  try {
    return await run(strapi, args);
  } finally {
    await end(strapi);
  }
}

/** One sentence for people; the trace with LOG_LEVEL=debug. */
function inWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return process.env['LOG_LEVEL'] === 'debug' ? error.stack : error.message;
}

/**
 * Runs a command and ends the process with its code; an error is one sentence (its trace with
 * LOG_LEVEL=debug).
 */
export function start(args: readonly string[]): void {
  main(args).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(inWords(error));
      process.exit(1);
    },
  );
}
