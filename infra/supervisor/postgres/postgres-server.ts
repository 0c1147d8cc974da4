import { type ChildProcess, spawn } from 'node:child_process';
import pg from 'pg';
import { endChild, isRunning, track } from '@comptoir/process';

import { freePort } from '../local-ports.ts';
import { type Account, asAccount, postgresAccount } from './account.ts';
import { type Binaries, postgresBinaries } from './binaries.ts';
import { ensureCluster, explainFailure } from './cluster.ts';
import { stopLeftover } from './leftover.ts';
import { clusterPlace } from './place.ts';

export interface PostgresOptions {
  dataDir: string;
  /** A free one when absent. */
  port?: number;
  /** The application's database, created when missing. Default `comptoir`. */
  database?: string;
  /** false: faster and lost on a power cut; for tests. */
  durable?: boolean;
}

export interface Postgres {
  url: string;
  port: number;
  pid: number;
  process: ChildProcess;
  /** Sentences for people: data kept elsewhere, a leftover stopped. */
  notices: string[];
  /** Fast shutdown; resolves when the process is gone. */
  stop: () => Promise<void>;
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: 100,
    shared_buffers: '64MB',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function connect(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    // 28P01: wrong password. Waiting does not cure it.
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw error;
    return null;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function untilReady(child: ChildProcess, url: string): Promise<pg.Client | null> {
  const deadline = Date.now() + 60_000;
  while (isRunning(child) && Date.now() < deadline) {
    const client = await connect(url);
    if (client) return client;
    await pause(50);
  }
  return null;
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
}

/**
 * Fast shutdown: clients are cut off; after 15 s an immediate one, which leaves recovery to the
 * next start.
 */
function stopPostgres(child: ChildProcess): Promise<void> {
  const force = (): void => void child.kill('SIGQUIT');
  return endChild(child, { signal: 'SIGINT', patienceMs: 15_000, force });
}

interface Launch {
  cluster: string;
  password: string;
  binaries: Binaries;
  account: Account | null;
  port: number;
  durable: boolean;
  database: string;
}

async function launch(plan: Launch): Promise<Omit<Postgres, 'notices'>> {
  const { cluster, port } = plan;
  // A group of its own: Ctrl-C in the terminal must reach the supervisor only, the database ends
  // last.
  const child = spawn(plan.binaries.postgres, ['-D', cluster, ...settings(port, plan.durable)], {
    ...asAccount(plan.account),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  track(child, 'server');
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-4000);
  });
  child.on('error', (error) => {
    lastWords += error.message;
  });
  const base = `postgres://postgres:${plan.password}@127.0.0.1:${port}`;
  const client = await untilReady(child, `${base}/postgres`).catch(async (error: unknown) => {
    await stopPostgres(child);
    throw error;
  });
  if (!client || child.pid === undefined) {
    await stopPostgres(child);
    throw explainFailure(cluster, lastWords);
  }
  await createDatabase(client, plan.database);
  await client.end();
  return {
    url: `${base}/${plan.database}`,
    port,
    pid: child.pid,
    process: child,
    stop: () => stopPostgres(child),
  };
}

/**
 * Starts the embedded Postgres 18 on `<dataDir>/postgres`, creating it when new, and stops a server
 * left by a killed run first.
 * @throws Error in one sentence with the remedy: damaged data, no right to write, taken port.
 */
export async function startPostgres({
  dataDir,
  port,
  database = 'comptoir',
  durable = true,
}: PostgresOptions): Promise<Postgres> {
  const account = postgresAccount();
  const place = clusterPlace(dataDir, account);
  const binaries = postgresBinaries(account, place.elsewhere);
  const password = ensureCluster(place.cluster, dataDir, binaries, account);
  const stopped = stopLeftover(place.cluster, binaries, account);
  const running = await launch({
    cluster: place.cluster,
    password,
    binaries,
    account,
    port: port ?? (await freePort()),
    durable,
    database,
  });
  const notices = [
    place.notice,
    stopped && `A Postgres left by an earlier run (process ${stopped}) was stopped first.`,
  ].filter((line) => typeof line === 'string');
  return { ...running, notices };
}
