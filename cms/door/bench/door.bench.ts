import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STATEMENTS } from '@comptoir/catalogue/schema';
import { startPostgres } from '@comptoir/supervisor';
import pg from 'pg';
import { littleCatalogue, product } from '../fixtures.ts';
import { load, type Figures } from './load.ts';

/** `npm run bench -- door`: requests per second and latencies of the catalogue, against raw node:http and Koa, and while things break. */
async function serve(...args: string[]): Promise<{ child: ChildProcess; base: string }> {
  const child = spawn(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', join(import.meta.dirname, 'served.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no output');
  const [line] = await once(child.stdout, 'data');
  return { child, base: `http://127.0.0.1:${String(line).trim()}` };
}

const results: Record<string, Figures> = {};
async function measure(name: string, urls: readonly string[]): Promise<void> {
  results[name] = await load(urls);
}
async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

async function compare(): Promise<void> {
  for (const kind of ['raw', 'koa', 'door']) {
    const { child, base } = await serve(kind);
    await load([`${base}/api/produits/ah-001`], { ms: 1000 });
    await measure(`${kind}, one product`, [`${base}/api/produits/ah-001`]);
    if (kind === 'door') await measure('door, list, no database', [`${base}/api/produits`, `${base}/api/produits?locale=en`]);
    await end(child);
  }
}

async function importThousand(client: pg.Client): Promise<void> {
  await client.query('begin');
  for (let n = 0; n < 1000; n += 1) {
    for (const locale of ['fr', 'en'] as const) {
      const { kind, key, body } = product(`bulk-${n}`, locale, { position: n });
      await client.query(`insert into catalogue_entries values ($1, $2, $3, null, $4) on conflict (kind, key, locale) do update set version = null, body = excluded.body`, [kind, key, locale, JSON.stringify(body)]);
    }
  }
  await client.query('commit');
}

async function whileThingsBreak(folder: string): Promise<void> {
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  for (const statement of STATEMENTS) await client.query(statement);
  for (const { kind, key, locale, body } of littleCatalogue()) await client.query('insert into catalogue_entries values ($1, $2, $3, null, $4)', [kind, key, locale, JSON.stringify(body)]);
  await client.query(`insert into catalogue_markers (name) values ('seeded')`);
  const { child, base } = await serve('door', postgres.url);
  const urls = [`${base}/api/produits/ah-001`, `${base}/api/produits`];
  await measure('door, followed live', urls);
  await Promise.all([measure('door, import of 1,000 products running', urls), importThousand(client)]);
  const gone = once(postgres.process, 'exit');
  await Promise.all([measure('door, Postgres killed', urls), process.kill(postgres.pid, 'SIGQUIT')]);
  await gone;
  await end(child);
}

const folder = await mkdtemp(join(tmpdir(), 'bench-door-'));
try {
  await compare();
  await whileThingsBreak(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(results);
