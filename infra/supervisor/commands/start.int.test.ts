import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { postgresAccount } from '../postgres/account.ts';
import { liveServer } from '../postgres/leftover.ts';
import { clusterPlace } from '../postgres/place.ts';
import { startFresh } from '../shop/fresh.ts';
import {
  alive,
  asEnv,
  folder,
  type Ports,
  ports,
  processesOf,
  type Terminal,
  type,
} from './try-terminal.ts';

describe('a start that cannot be is one sentence with the remedy', () => {
  let dataDir = '';
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
  const refused = async (env: NodeJS.ProcessEnv, args: string[] = []): Promise<string> => {
    const terminal = type('start', args, env);
    await once(terminal.process, 'close');
    expect(terminal.process.exitCode).toBe(1);
    expect(terminal.text()).not.toMatch(/\n\s+at /);
    return terminal.text();
  };

  test('a taken port', async () => {
    dataDir = folder();
    const given = await ports();
    const other = createServer().listen(given.API_PORT, '127.0.0.1');
    await once(other, 'listening');
    const text = await refused(asEnv(dataDir, given));
    other.close();
    expect(text).toMatch(
      new RegExp(`Port ${given.API_PORT}, for the API and the admin, is taken .*API_PORT=`),
    );
    expect(text).not.toContain('Starting Postgres');
  });
  test('a data folder that is a file', async () => {
    dataDir = join(folder(), 'file');
    writeFileSync(dataDir, '');
    expect(await refused(asEnv(dataDir, await ports()))).toMatch(/Cannot write to .*DATA_DIR/);
  });
  test.skipIf(!existsSync('/proc/self'))('a data folder where nothing can be made', async () => {
    dataDir = '/proc/nope';
    expect(await refused(asEnv(dataDir, await ports()))).toMatch(
      /Cannot write to \/proc\/nope: .*DATA_DIR/,
    );
  });
  test('two parts on one port', async () => {
    dataDir = folder();
    const given = await ports();
    expect(await refused(asEnv(dataDir, { ...given, STOREFRONT_PORT: given.API_PORT }))).toContain(
      `STOREFRONT_PORT and API_PORT are both ${given.API_PORT}`,
    );
  });
  test('a damaged database', async () => {
    dataDir = folder();
    const { cluster } = clusterPlace(dataDir, postgresAccount());
    mkdirSync(cluster, { recursive: true });
    writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
    expect(await refused(asEnv(dataDir, await ports()))).toMatch(/damaged .* --fresh/);
  });
  test('a bad variable', async () => {
    dataDir = folder();
    expect(await refused({ ...asEnv(dataDir, await ports()), SHOP_MODE: 'shop' })).toMatch(
      /SHOP_MODE must be demo or live\. A good value: demo/,
    );
  });
  test('--fresh without anybody to ask', async () => {
    dataDir = folder();
    writeFileSync(join(dataDir, 'admin.json'), '{}');
    expect(await refused(asEnv(dataDir, await ports()), ['--fresh'])).toContain('add --yes');
    expect(existsSync(join(dataDir, 'admin.json'))).toBe(true);
  });
});

// In this file, and not beside it: stale builds are made by the first of these, and two must not
// make them at once.
describe('a command that is interrupted', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = folder();
  });
  afterEach(() => {
    for (const pid of processesOf(dataDir)) process.kill(pid, 'SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });
  const runs = (script: string): boolean =>
    processesOf(dataDir).some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
      } catch {
        return false;
      }
    });

  // The processes that were started for this folder are read from /proc.
  test
    .skipIf(!existsSync('/proc/self'))
    .each<[string, NodeJS.Signals, number, string, () => boolean]>([
      ['migrate', 'SIGINT', 130, 'its command works on the database', () => runs('cms/run.ts')],
      ['migrate', 'SIGTERM', 130, 'its database starts', () => runs('listen_addresses')],
      ['start', 'SIGTERM', 0, 'the first run fills the database', () => runs('cms/run.ts')],
      [
        'start',
        'SIGINT',
        0,
        'the API and the storefront start',
        () => runs('cms/door/main.ts') && runs('storefront/server.ts'),
      ],
    ])(
    '%s ended by %s (code %i) while %s leaves nothing behind',
    async (command, signal, code, _, under) => {
      const terminal = type(command, [], asEnv(dataDir, await ports()));
      await vi.waitFor(() => expect(under(), terminal.text()).toBe(true), {
        timeout: 200_000,
        interval: 20,
      });
      expect(await terminal.end(signal)).toBe(code);
      expect(terminal.text()).not.toContain('✗');
      expect(terminal.text()).not.toContain('The shop is open');
      expect(processesOf(dataDir)).toEqual([]);
      expect(liveServer(clusterPlace(dataDir, postgresAccount()).cluster)).toBeNull();
      expect(readdirSync(join(dataDir, 'run'))).toEqual([]);
    },
    300_000,
  );
});

const catalogueSchema = z.object({
  data: z.array(z.object({ reference: z.string(), slug: z.string() })),
});

describe('a running shop', () => {
  let dataDir = '';
  let given: Ports;
  let shop: Terminal;
  const site = (path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${given.STOREFRONT_PORT}${path}`);
  const strapiIsUp = async (): Promise<void> => {
    const health = await (await fetch(`http://127.0.0.1:${given.API_PORT}/health`)).text();
    expect(health).toMatch(/"strapi":\{"status":"ok"/);
  };
  const pidIn = (file: string): number => Number(readFileSync(join(dataDir, file), 'utf8'));

  beforeAll(async () => {
    dataDir = folder();
    given = await ports();
    shop = type('start', [], asEnv(dataDir, given));
    await vi.waitFor(() => expect(shop.text()).toContain('The shop is open'), {
      timeout: 280_000,
      interval: 200,
    });
    await vi.waitFor(strapiIsUp, { timeout: 60_000, interval: 300 });
  });
  afterAll(async () => {
    await shop.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('shows eight pieces, and prints the administrator with a password that is kept', async () => {
    const { data } = catalogueSchema.parse(
      await (await fetch(`http://127.0.0.1:${given.API_PORT}/api/produits`)).json(),
    );
    expect(data.map(({ reference }) => reference)).toEqual(
      Array.from({ length: 8 }, (_, index) => `ah-00${index + 1}`),
    );
    const links = [
      ...(await (await site('/produits')).text()).matchAll(/href="\/produits\/([^"/?#]+)"/g),
    ].map(([, slug]) => slug);
    expect([...new Set(links)].sort()).toEqual(data.map(({ slug }) => slug).sort());
    const { password } = JSON.parse(readFileSync(join(dataDir, 'admin.json'), 'utf8')) as {
      password: string;
    };
    expect(shop.text()).toContain(password);
    const login = await fetch(`http://127.0.0.1:${given.API_PORT}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(JSON.parse(readFileSync(join(dataDir, 'admin.json'), 'utf8'))),
    });
    expect(login.status).toBe(200);
  });
  test('gives its metrics to this machine only', async () => {
    for (const port of [given.METRICS_PORT, given.STOREFRONT_METRICS_PORT]) {
      expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
      // A server that listens on every address answers on this one too.
      await expect(fetch(`http://127.0.0.2:${port}/metrics`)).rejects.toThrow('fetch failed');
    }
  });
  test('its database answers a question, and the command ends', async () => {
    const sql = type(
      'sql',
      ['select sku from stock_levels order by sku limit 1'],
      asEnv(dataDir, given),
    );
    await once(sql.process, 'close');
    expect(sql.text()).toBe('  sku\n  ah-001-1\n(1 row)\n');
    expect(sql.process.exitCode).toBe(0);
  });
  test('a second start on the same data says who has it', async () => {
    const second = type('start', [], asEnv(dataDir, await ports()));
    await once(second.process, 'close');
    expect(second.text()).toMatch(/A shop already runs on .* \(process \d+\): stop it/);
  });
  test('killing Postgres, then Strapi, leaves it browsable, names them and brings them back', async () => {
    const postgres = liveServer(clusterPlace(dataDir, postgresAccount()).cluster) ?? 0;
    process.kill(postgres, 'SIGKILL');
    expect((await site('/produits')).status).toBe(200);
    await vi.waitFor(
      () =>
        expect(shop.text()).toContain(
          '! Postgres was killed (SIGKILL): restarting\n  Postgres runs again',
        ),
      20_000,
    );
    await vi.waitFor(strapiIsUp, { timeout: 30_000, interval: 300 });
    process.kill(pidIn('run/strapi.pid'), 'SIGKILL');
    expect((await site('/en/products')).status).toBe(200);
    await vi.waitFor(
      () =>
        expect(shop.text()).toMatch(
          /! Strapi was killed \(SIGKILL\): restarting\n {2}Strapi runs again/,
        ),
      { timeout: 60_000, interval: 300 },
    );
  });
  test('killing the API is named; the shop stays open on what it knows', async () => {
    const door = processesOf(dataDir).find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('door/main.ts'),
    );
    process.kill(door ?? 0, 'SIGKILL');
    expect((await site('/produits')).status).toBe(200);
    await vi.waitFor(
      () =>
        expect(shop.text()).toContain(
          '! The API was killed (SIGKILL): restarting\n  The API runs again',
        ),
      20_000,
    );
  });
  test('doctor finds nothing to fix', async () => {
    await vi.waitFor(strapiIsUp, { timeout: 30_000, interval: 300 });
    const doctor = type('doctor', [], asEnv(dataDir, given));
    await once(doctor.process, 'close');
    expect(doctor.text()).toContain('the shop runs');
    expect(doctor.text()).toMatch(/database: Postgres 18\.\d/);
    expect(doctor.text()).toContain('All is well.');
    expect(doctor.process.exitCode, doctor.text()).toBe(0);
  });
  test('Ctrl-C stops everything; no process is left', async () => {
    const before = processesOf(dataDir);
    expect(await shop.end()).toBe(0);
    expect(shop.text()).toContain('stopped');
    await vi.waitFor(() => expect(before.filter(alive)).toEqual([]), 5000);
    expect(processesOf(dataDir)).toEqual([]);
    expect(liveServer(clusterPlace(dataDir, postgresAccount()).cluster)).toBeNull();
  });
  test('--fresh then takes all that the shop had written', async () => {
    expect(readdirSync(join(dataDir, 'public/uploads')).length).toBeGreaterThan(8);
    await startFresh(dataDir, true);
    expect(readdirSync(dataDir)).toEqual([]);
  });
});
