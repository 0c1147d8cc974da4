import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { ROOT } from '@comptoir/env';
import { freePort, setUpShop, startApi, untilAnswers } from '@comptoir/harness';
import { type Child, startChild } from '@comptoir/process';
import { type Postgres, startPostgres } from '@comptoir/supervisor';

import type { BenchOptions } from './options.ts';

export const SECRETS = {
  stripeKey: 'sk_test_0123456789',
  webhook: 'whsec_0123456789',
  clientAddress: 'a-secret-of-the-bench',
} as const;

/**
 * A shop as it is in production, each part in processes of its own: the real door and Strapi, a
 * real Postgres, the simulator for Stripe.
 */
export interface BenchShop {
  url: string;
  stripe: string;
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Process ids whose CPU time (with that of their children) is told. */
  pids: { api: number; postgres: number; stripe: number };
}

/** The simulator sends nothing by itself here: the bench itself delivers the webhooks. */
async function startStripe(dataDir: string): Promise<{ child: Child; url: string }> {
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    STRIPE_SIMULATOR_PORT: String(port),
    STRIPE_SIMULATOR_SECRET_KEY: SECRETS.stripeKey,
  };
  const child = startChild({
    name: 'stripe',
    args: [join(ROOT, 'infra/stripe-simulator/main.ts')],
    cwd: ROOT,
    env,
    logFile: join(dataDir, 'logs/stripe.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  if (
    await untilAnswers(`${url}/health`, {
      timeoutMs: 30_000,
      stillAlive: () => child.process.exitCode === null,
    })
  )
    return { child, url };
  throw new Error(`The Stripe simulator did not come up:\n${child.lastWords()}`);
}

function profiling({ profile }: BenchOptions): NodeJS.ProcessEnv {
  if (profile === null) return {};
  const folder = resolve(profile);
  mkdirSync(folder, { recursive: true });
  return { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` };
}

type Ends = (() => Promise<void>)[];
type Query = BenchShop['query'];

async function connect(databaseUrl: string): Promise<{ query: Query; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    end: () => client.end(),
  };
}

/**
 * A shop on a database that is there, with a Stripe of its own: each reads its own Stripe's events.
 */
async function openShop(
  postgres: Postgres,
  databaseUrl: string,
  dataDir: string,
  options: BenchOptions,
  ends: Ends,
): Promise<BenchShop> {
  const stripe = await startStripe(dataDir);
  ends.unshift(() => stripe.child.stop());
  const env = {
    STRIPE_SECRET_KEY: SECRETS.stripeKey,
    STRIPE_WEBHOOK_SECRET: SECRETS.webhook,
    STRIPE_API_BASE: stripe.url,
    CLIENT_ADDRESS_SECRET: SECRETS.clientAddress,
    LOG_LEVEL: 'info',
    ...profiling(options),
  };
  const api = await startApi({ databaseUrl, dataDir, env });
  ends.unshift(api.stop);
  const { query, end } = await connect(databaseUrl);
  ends.unshift(end);
  return {
    url: api.url,
    stripe: stripe.url,
    query,
    pids: { api: api.pid, postgres: postgres.pid, stripe: stripe.child.pid },
  };
}

/** A copy of the seeded shop's database that `fill` then gives a past. @returns its address */
async function oldDatabase(
  { url }: Postgres,
  fill: (query: Query) => Promise<void>,
): Promise<string> {
  const young = await connect(url);
  await young.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await young.end();
  const address = new URL(url);
  const name = address.pathname.slice(1);
  address.pathname = '/postgres';
  const server = await connect(address.href);
  await server.query(`create database ${name}_old template ${name}`);
  await server.end();
  address.pathname = `/${name}_old`;
  const old = await connect(address.href);
  await fill(old.query);
  await old.end();
  return address.href;
}

export interface BenchShops {
  young: BenchShop;
  old: BenchShop | null;
  stop(): Promise<void>;
}

/**
 * Starts a shop that `fill` has given `few` orders, and beside it one with a long past (none
 * without `history`); `prepare` is for both. `stop` ends and removes everything.
 * @throws Error with the last words of what did not start
 */
export async function startBenchShops(
  options: BenchOptions,
  prepare: (query: Query) => Promise<void>,
  fill: (query: Query, orders: number) => Promise<void>,
): Promise<BenchShops> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-orders-'));
  // The database runs as another user when this runs as root.
  chmodSync(dataDir, 0o755);
  const ends: Ends = [() => Promise.resolve(rmSync(dataDir, { recursive: true, force: true }))];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0)) await end();
  };
  try {
    const postgres = await startPostgres({ dataDir, durable: !options.volatile });
    ends.unshift(postgres.stop);
    await setUpShop(postgres.url, join(dataDir, 'young'));
    const { query, end } = await connect(postgres.url);
    await prepare(query);
    await end();
    const oldUrl =
      options.history === 0
        ? null
        : await oldDatabase(postgres, (old) => fill(old, options.history));
    const few = await connect(postgres.url);
    await fill(few.query, options.few);
    await few.end();
    const young = await openShop(postgres, postgres.url, join(dataDir, 'young'), options, ends);
    const old =
      oldUrl === null
        ? null
        : await openShop(postgres, oldUrl, join(dataDir, 'old'), options, ends);
    return { young, old, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
