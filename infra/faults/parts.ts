import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { freePort, type RunningApi, setUpShop, startApi, untilAnswers } from '@comptoir/harness';
import { smtpServer } from '@comptoir/mailer/fixture/smtp-server';
import { type Postgres, startPostgres } from '@comptoir/supervisor';

import { type Simulator, startSimulator } from '../stripe-simulator/index.ts';
import { whilePostgresIsAway } from './absence.ts';
import { eventually } from './eventually.ts';

export const SECRETS = {
  stripeKey: 'sk_test_0123456789',
  webhook: 'whsec_0123456789',
  clientAddress: 'a-secret-of-the-fault-runs',
  orderLink: 'another-secret-of-the-fault-runs',
} as const;
/** Stripe tries for days; here a shop is away for seconds. Milliseconds. */
const WEBHOOK_RETRIES = [100, 300, 1000, 3000, 5000, 5000, 5000];
/**
 * Deaths of Strapi after which the whole API dies: its door waits longer after each, which is right
 * in a shop and slow in a test.
 */
const DEATHS_OF_A_DOOR = 2;

/**
 * A whole shop, each part of which can be taken away: Postgres (a cluster of its own), Strapi
 * behind its door, a Stripe and a mail server.
 */
export interface Parts {
  api: { url: string };
  simulator: Simulator;
  smtp: ReturnType<typeof smtpServer>;
  databaseUrl: string;
  /** Asks the database, again and again while it is away. */
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /**
   * kill -9 of Strapi, or now and then of Strapi and its door; returns when it is dead (or was
   * already), not when it is back.
   */
  crash(): Promise<void>;
  /** An immediate shutdown of Postgres, as on a power cut, and its start on what it left. */
  restartPostgres(): Promise<void>;
  /** Resolves once Strapi answers behind its door. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const healthSchema = z.object({
  checks: z.object({
    strapi: z.object({ status: z.string() }),
    database: z.object({ status: z.string() }),
  }),
});

async function serves(answer: Response): Promise<boolean> {
  const health = healthSchema.safeParse(await answer.json());
  return (
    health.success &&
    health.data.checks.strapi.status === 'ok' &&
    health.data.checks.database.status === 'ok'
  );
}

/** SIGKILL; resolves when the process is gone. */
async function kill(pid: number): Promise<void> {
  await eventually(`the death of process ${pid}`, () => {
    try {
      process.kill(pid, 'SIGKILL');
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * The process that a pid file names; null = there is none: it is dead already, or on the point of
 * being started.
 */
function pidIn(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // A file that is just being written is empty, and a signal to process 0 would reach the whole
    // group of the tests.
    return pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** A database that can be cut off and comes back at its old address. */
async function startDatabase(dataDir: string) {
  const start = (port?: number): Promise<Postgres> =>
    startPostgres({ dataDir, ...(port === undefined ? {} : { port }) });
  let server = await start();
  const { url, port } = server;
  const ask = async (sql: string, values: unknown[]): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  return {
    url,
    stop: () => server.stop(),
    query: (sql: string, values: unknown[] = []) =>
      whilePostgresIsAway('the database', () => ask(sql, values)),
    async restart(): Promise<void> {
      const gone = once(server.process, 'exit');
      process.kill(server.pid, 'SIGQUIT');
      await gone;
      server = await start(port);
    },
  };
}

/** The door with its Strapi; dies as a whole after a few deaths of its Strapi. */
function apiThatDies(start: () => Promise<RunningApi>, first: RunningApi, dataDir: string) {
  let api = first;
  let starting: Promise<unknown> = Promise.resolve();
  let deaths = 0;
  return {
    url: first.url,
    async crash(): Promise<void> {
      const pid = pidIn(join(dataDir, 'run/strapi.pid'));
      if (pid === null) return;
      deaths += 1;
      if (deaths <= DEATHS_OF_A_DOOR) return kill(pid);
      deaths = 0;
      process.kill(-api.pid, 'SIGKILL');
      await Promise.all([kill(api.pid), kill(pid)]);
      starting = start().then((next) => {
        api = next;
      });
      // `ready` reports a failure; this handler only covers the time before it is called.
      starting.catch(() => undefined);
    },
    async ready(): Promise<void> {
      await starting;
      if (
        !(await untilAnswers(`${api.url}/health`, {
          timeoutMs: 120_000,
          stillAlive: () => true,
          isGood: serves,
        }))
      )
        throw new Error(`Strapi did not come back. Its last words:\n${api.child.lastWords()}`);
    },
    async stop(): Promise<void> {
      await starting.catch(() => undefined);
      await api.stop();
    },
  };
}

/** Starts all parts, with the seeded shop in the database. */
export async function startParts(): Promise<Parts> {
  const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-faults-'));
  // The database runs as another user when the tests run as root.
  chmodSync(dataDir, 0o755);
  const database = await startDatabase(dataDir);
  await setUpShop(database.url, dataDir);
  const port = await freePort();
  const smtp = smtpServer(await freePort());
  await smtp.start();
  const webhook = {
    url: `http://127.0.0.1:${port}/api/paiements/stripe/webhook`,
    secret: SECRETS.webhook,
  };
  const simulator = await startSimulator({
    secretKey: SECRETS.stripeKey,
    webhook,
    retryDelays: WEBHOOK_RETRIES,
  });
  const env = {
    STRIPE_SECRET_KEY: SECRETS.stripeKey,
    STRIPE_WEBHOOK_SECRET: SECRETS.webhook,
    STRIPE_API_BASE: simulator.url,
    SMTP_URL: smtp.url,
    CLIENT_ADDRESS_SECRET: SECRETS.clientAddress,
    ORDER_LINK_SECRET: SECRETS.orderLink,
  };
  const start = (): Promise<RunningApi> =>
    startApi({ databaseUrl: database.url, dataDir, port, env });
  const api = apiThatDies(start, await start(), dataDir);
  return {
    api,
    simulator,
    smtp,
    databaseUrl: database.url,
    query: database.query,
    restartPostgres: database.restart,
    crash: api.crash,
    ready: api.ready,
    async stop() {
      await api.stop();
      await smtp.stop();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
      // Last: it fails when it was asked what Stripe's own stripe-mock never is.
      await simulator.close();
    },
  };
}
