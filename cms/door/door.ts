import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createCatalogue, createFollower, memoryOf, readDump, type Catalogue } from '@comptoir/catalogue/read';
import type { CatalogueEntry } from '@comptoir/contracts';
import type { Log, Metrics } from '@comptoir/telemetry';
import { createApp } from './app.ts';
import { createCatalogueRoutes } from './catalogue-routes.ts';
import { createDumps } from './dumps.ts';
import { createHealth } from './health.ts';
import type { ImageReader } from './image-route.ts';
import { pendingMigrations } from './migrations.ts';
import { createProxy } from './proxy.ts';
import { createDoorServer } from './server.ts';
import type { StrapiProcess, StrapiState } from './strapi-process.ts';
import { sendUnavailable, type Absence } from './unavailable.ts';

export type DoorOptions = {
  version: string;
  host: string;
  /** 0 = any free port. */
  port: number;
  dataDir: string;
  databaseUrl: string;
  imageBase: string;
  images: ImageReader;
  /** The shipped seed; null in live mode, where a demonstration catalogue must never appear. */
  seed: (() => Promise<{ name: string; entries: CatalogueEntry[] }>) | null;
  /** Null when nobody keeps a Strapi here (tests of the catalogue alone). */
  strapi: Pick<StrapiProcess, 'start' | 'state' | 'stop'> | null;
  socket: string;
  log: Log;
  metrics: Metrics;
  longPollMs?: number;
  pollMs?: number;
};

const DRAIN_MS = 10_000;

/** Fills the catalogue from what is on this machine: the last dump, else the shipped seed, else nothing. */
async function loadLocal(catalogue: Catalogue, options: DoorOptions): Promise<void> {
  const found = await readDump(join(options.dataDir, 'door'));
  if (catalogue.current() !== null) return;
  if (found.ok) {
    options.log.info({ skipped: found.skipped }, 'catalogue read from the last dump');
    return catalogue.replace(found.dump.memory, 'snapshot', found.dump.asOf);
  }
  if (found.reason === 'corrupt') options.log.warn({ reason: found.message }, 'the last dump is damaged and ignored');
  if (options.seed === null) return;
  try {
    const { name, entries } = await options.seed();
    if (catalogue.current() === null) catalogue.replace(memoryOf(name, entries), 'csv', Date.now());
  } catch (error) {
    options.log.error({ err: error }, 'the shipped seed cannot be read');
  }
}

function follow(catalogue: Catalogue, options: DoorOptions, dumps: ReturnType<typeof createDumps>) {
  const { log } = options;
  return createFollower({
    databaseUrl: options.databaseUrl,
    catalogue,
    pollMs: options.pollMs,
    events: {
      attached: () => log.info('database connected'),
      detached: (reason) => log.warn({ reason }, 'database away; the catalogue is served from memory'),
      skipped: (rows) => log.error({ rows: rows.slice(0, 20), count: rows.length }, 'rows that do not fit the contract are not served'),
      changed: () => dumps.schedule(),
    },
  });
}

/** Stops taking requests, lets running ones end (at most ten seconds), then cuts. */
async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

/** Puts the door together. `open` listens first and loads after, so the port answers at once. */
export function createDoor(options: DoorOptions) {
  const catalogue = createCatalogue();
  const dumps = createDumps({
    catalogue,
    folder: join(options.dataDir, 'door'),
    failed: (error) => options.log.error({ err: error }, 'the catalogue could not be written to disk'),
  });
  const follower = follow(catalogue, options, dumps);
  const strapiState = (): StrapiState => options.strapi?.state() ?? { phase: 'off', restarts: 0 };
  const absence = (): Absence | null => (!follower.connected() ? 'database' : strapiState().phase === 'ready' ? null : 'strapi');
  const proxy = createProxy(options.socket, (request, response) => sendUnavailable(request, response, absence() ?? 'strapi'));
  const health = createHealth({
    version: options.version,
    catalogue,
    database: follower.connected,
    strapi: strapiState,
    pendingMigrations: () => pendingMigrations(options.databaseUrl),
    storage: () => options.images.check(),
  });
  const routes = createCatalogueRoutes({ catalogue, imageBase: options.imageBase, longPollMs: options.longPollMs ?? 25_000 });
  const server = createDoorServer({
    routes,
    rest: createApp({ health, images: options.images, absence, pass: proxy.pass }),
    upgrade: (request, client, head, id) => (absence() === null ? proxy.upgrade(request, client, head, id) : void client.destroy()),
    log: options.log,
    metrics: options.metrics,
  });
  return {
    catalogue,
    server,
    /** Listens, then loads. Resolves with the port. @throws when the port is taken. */
    async open(): Promise<number> {
      server.listen(options.port, options.host);
      await once(server, 'listening');
      await loadLocal(catalogue, options);
      follower.start();
      options.strapi?.start();
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : options.port;
    },
    /** Drains, stops the child, writes what is left to write. */
    async close(): Promise<void> {
      await Promise.all([drain(server), options.strapi?.stop()]);
      await follower.stop();
      await dumps.flush();
      proxy.close();
    },
  };
}
export type Door = ReturnType<typeof createDoor>;
