import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';
import { type Child, startChild, untilAnswers } from '@comptoir/process';
import { freePort } from '@comptoir/supervisor';

import { ensureTemplate, shopEnv, TEMPLATE, templateData } from './template.ts';
import { createDatabase } from './test-database.ts';

export interface ApiOptions {
  /** false: an empty database instead of the seeded shop. Default true. */
  seeded?: boolean;
  /** A database of the caller's (never dropped here). */
  databaseUrl?: string;
  dataDir?: string;
  port?: number;
  /** false: return when the door is open, without waiting for Strapi. Default true. */
  waitForStrapi?: boolean;
  env?: NodeJS.ProcessEnv;
}

export interface RunningApi {
  url: string;
  port: number;
  metricsUrl: string;
  pid: number;
  databaseUrl: string;
  dataDir: string;
  child: Child;
  stop: () => Promise<void>;
}

export interface RunningStorefront {
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  child: Child;
  stop: () => Promise<void>;
}

const healthSchema = z.object({ checks: z.object({ strapi: z.object({ status: z.string() }) }) });

async function strapiIsUp(response: Response): Promise<boolean> {
  const health = healthSchema.safeParse(await response.json());
  return health.success && health.data.checks.strapi.status === 'ok';
}

const ownFolder = (): string => mkdtempSync(join(tmpdir(), 'comptoir-shop-'));

/** Waits, and when it comes to nothing says what the child said last. */
async function orExplain(ready: Promise<boolean>, child: Child): Promise<void> {
  if (await ready) return;
  const words = child.lastWords();
  await child.stop();
  throw new Error(`${child.name} did not come up. Its last words:\n${words}`);
}

async function seededDatabase(
  dataDir: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  await ensureTemplate();
  if (existsSync(templateData())) cpSync(templateData(), dataDir, { recursive: true });
  return createDatabase(TEMPLATE);
}

/** A database of the shop's own, or null when the caller brings one. */
async function databaseFor(
  { databaseUrl, seeded = true }: ApiOptions,
  dataDir: string,
): Promise<{ url: string; drop: () => Promise<void> } | null> {
  if (databaseUrl) return null;
  return seeded ? seededDatabase(dataDir) : createDatabase();
}

/** Waits until the door answers, and Strapi behind it unless the caller does not need it. */
const untilOpen = (child: Child, url: string, waitForStrapi: boolean): Promise<void> =>
  orExplain(
    untilAnswers(`${url}/health`, {
      timeoutMs: 120_000,
      stillAlive: () => child.process.exitCode === null,
      isGood: waitForStrapi ? strapiIsUp : (response) => response.ok,
    }),
    child,
  );

/** The door with its Strapi on random ports, with a database and a data folder of its own. */
export async function startApi(options: ApiOptions = {}): Promise<RunningApi> {
  const dataDir = options.dataDir ?? ownFolder();
  const own = await databaseFor(options, dataDir);
  const databaseUrl = options.databaseUrl ?? own?.url ?? '';
  const port = options.port ?? (await freePort());
  const metricsPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...shopEnv(databaseUrl, dataDir),
    API_HOST: '127.0.0.1',
    API_PORT: String(port),
    METRICS_PORT: String(metricsPort),
    PUBLIC_API_URL: url,
    ...options.env,
  };
  const child = startChild({
    name: 'door',
    args: [join(ROOT, 'cms/door/main.ts')],
    cwd: ROOT,
    env,
    logFile: join(dataDir, 'logs/api.log'),
  });
  await untilOpen(child, url, options.waitForStrapi ?? true);
  const stop = async (): Promise<void> => {
    await child.stop();
    await own?.drop();
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url,
    port,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    pid: child.pid,
    databaseUrl,
    dataDir,
    child,
    stop,
  };
}

/** The built storefront on a random port, following `apiUrl`. */
export async function startStorefront(options: {
  apiUrl: string;
  dataDir?: string;
  env?: NodeJS.ProcessEnv;
  port?: number;
}): Promise<RunningStorefront> {
  const dataDir = options.dataDir ?? ownFolder();
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...shopEnv('', dataDir),
    STOREFRONT_HOST: '127.0.0.1',
    STOREFRONT_PORT: String(port),
    STOREFRONT_METRICS_PORT: String(await freePort()),
    API_URL: options.apiUrl,
    PUBLIC_API_URL: options.apiUrl,
    PUBLIC_SITE_URL: url,
    ...options.env,
  };
  const child = startChild({
    name: 'storefront',
    args: [join(ROOT, 'storefront/server.ts')],
    cwd: ROOT,
    env,
    logFile: join(dataDir, 'logs/storefront.log'),
  });
  await orExplain(
    untilAnswers(url, { timeoutMs: 30_000, stillAlive: () => child.process.exitCode === null }),
    child,
  );
  const stop = async (): Promise<void> => {
    await child.stop();
    if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, port, pid: child.pid, dataDir, child, stop };
}

/** The whole shop: API and storefront that know each other's addresses. */
export async function startShop(
  options: ApiOptions = {},
): Promise<{ api: RunningApi; storefront: RunningStorefront; stop: () => Promise<void> }> {
  const storefrontPort = await freePort();
  const api = await startApi({
    ...options,
    env: { PUBLIC_SITE_URL: `http://127.0.0.1:${storefrontPort}`, ...options.env },
  });
  const storefront = await startStorefront({ apiUrl: api.url, port: storefrontPort }).catch(
    async (error: unknown) => {
      await api.stop();
      throw error;
    },
  );
  return {
    api,
    storefront,
    stop: async () => {
      await storefront.stop();
      await api.stop();
    },
  };
}
