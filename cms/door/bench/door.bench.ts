import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { catalogueMigrations } from '@comptoir/catalogue/migrations';
import { statementsOf } from '@comptoir/database/migrate';
import { startPostgres } from '@comptoir/supervisor';

import { littleCatalogue, product } from '../entries.fixture.ts';
import { type Figures, load } from './http-load.ts';

/**
 * `npm run bench -- door`: requests per second and latencies of the catalogue, against raw
 * node:http and Koa, and while things break.
 */
const folder = await mkdtemp(join(tmpdir(), 'bench-door-'));
const results: Record<string, Figures> = {};
type Served = { child: ChildProcess; base: string };

/** A server whose log goes to a file, as the supervisor's does. */
async function serve(...args: string[]): Promise<Served> {
  const log = openSync(join(folder, 'served.log'), 'a');
  const child = fork(join(import.meta.dirname, 'served.ts'), args, {
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    stdio: ['ignore', log, 'inherit', 'ipc'],
  });
  const [port] = await once(child, 'message');
  return { child, base: `http://127.0.0.1:${String(port)}` };
}

async function measure(name: string, urls: readonly string[]): Promise<void> {
  results[name] = await load(urls);
}
async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

async function cpuOf({ child }: Served): Promise<number> {
  const told = once(child, 'message');
  child.send('cpu');
  const [microseconds] = await told;
  return Number(microseconds);
}

const KINDS = ['raw', 'koa', 'door'] as const;
const ROUNDS = 7;
const middle = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Short turns, one server after the other: what else the machine does then falls on all alike. The
 * CPU time of a request hardly depends on it at all.
 */
async function compare(): Promise<void> {
  const servers = await Promise.all(KINDS.map((kind) => serve(kind)));
  const rates = KINDS.map((): number[] => []);
  const costs = KINDS.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [at, server] of servers.entries()) {
      const before = await cpuOf(server);
      const figures = await load([`${server.base}/api/produits/ah-001`], { ms: 1000 });
      // The first round warms up.
      if (round < 0) continue;
      costs[at]?.push(((await cpuOf(server)) - before) / figures.requests);
      rates[at]?.push(figures.perSecond);
      results[`${KINDS[at] ?? ''}, one product`] = figures;
    }
  }
  const [door] = servers.slice(-1);
  if (door)
    await measure('door, list, no database', [
      `${door.base}/api/produits`,
      `${door.base}/api/produits?locale=en`,
    ]);
  await Promise.all(servers.map(({ child }) => end(child)));
  tellRatios(rates.map(middle), costs.map(middle));
}

/**
 * Shares of raw node:http: requests per second, and requests per second of the server's own CPU
 * time.
 */
function tellRatios(rates: number[], costs: number[]): void {
  const [rawRate = 0] = rates;
  const [rawCost = 0] = costs;
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  console.table(
    Object.fromEntries(
      KINDS.map((kind, at) => [
        kind,
        {
          perSecond: rates[at],
          'of raw': percent((rates[at] ?? 0) / rawRate),
          'CPU µs a request': Math.round((costs[at] ?? 0) * 10) / 10,
          'of raw by CPU': percent(rawCost / (costs[at] ?? 1)),
        },
      ]),
    ),
  );
}

async function importThousand(client: pg.Client): Promise<void> {
  await client.query('begin');
  for (let n = 0; n < 1000; n += 1) {
    for (const locale of ['fr', 'en'] as const) {
      const { kind, key, body } = product(`bulk-${n}`, locale, { position: n });
      await client.query(
        `insert into catalogue_entries values ($1, $2, $3, null, $4) on conflict (kind, key, locale) do update set version = null, body = excluded.body`,
        [kind, key, locale, JSON.stringify(body)],
      );
    }
  }
  await client.query('commit');
}

async function whileThingsBreak(): Promise<void> {
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  for (const statement of statementsOf(catalogueMigrations)) await client.query(statement);
  for (const { kind, key, locale, body } of littleCatalogue())
    await client.query('insert into catalogue_entries values ($1, $2, $3, null, $4)', [
      kind,
      key,
      locale,
      JSON.stringify(body),
    ]);
  await client.query(`insert into catalogue_markers (name) values ('seeded')`);
  const { child, base } = await serve('door', postgres.url);
  const urls = [`${base}/api/produits/ah-001`, `${base}/api/produits`];
  await measure('door, followed live', urls);
  await Promise.all([
    measure('door, import of 1,000 products running', urls),
    importThousand(client),
  ]);
  const gone = once(postgres.process, 'exit');
  await Promise.all([
    measure('door, Postgres killed', urls),
    process.kill(postgres.pid, 'SIGQUIT'),
  ]);
  await gone;
  await end(child);
}

try {
  await compare();
  await whileThingsBreak();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(results);
