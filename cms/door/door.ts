import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Catalogue,
  createCatalogue,
  createFollower,
  type Follower,
} from '@comptoir/catalogue/read';
import { drain } from '@comptoir/process';
import type { Metrics } from '@comptoir/telemetry';

import { createApp } from './app.ts';
import { createCatalogueRoutes } from './catalogue-routes.ts';
import { databaseSchema } from './database-schema.ts';
import { createHealth, type HealthReporter } from './door-health.ts';
import { createDoorServer, type ServerParts } from './door-server.ts';
import { createDumps } from './dumps.ts';
import type { ImageReader } from './image-route.ts';
import { loadLocal, type LocalSources } from './local-catalogue.ts';
import { type MailRoute, outboxState } from './mail-health.ts';
import { type PaymentSetup, paymentState } from './payment-health.ts';
import { createProxy } from './proxy.ts';
import type { StrapiProcess, StrapiState } from './strapi-process.ts';
import { type Absence, isSafe, sendUnavailable, sendUncertain } from './unavailable.ts';

export type DoorOptions = LocalSources & {
  version: string;
  host: string;
  /** 0 = any free port. */
  port: number;
  databaseUrl: string;
  imageBase: string;
  images: ImageReader;
  /** Null where no Strapi is kept (tests of the catalogue alone). */
  strapi: Pick<StrapiProcess, 'start' | 'state' | 'stop'> | null;
  socket: string;
  metrics: Metrics;
  /**
   * What the proxy before the door shows to be believed about the client's address; without it no
   * proxy is.
   */
  proxySecret?: string | undefined;
  /**
   * Passes WebSockets on: `strapi develop` needs them, a shop has none. Default false: a request
   * that asks to upgrade is answered as any other.
   */
  upgrades?: boolean;
  mailRoute: MailRoute;
  paymentSetup: PaymentSetup;
  longPollMs?: number;
  pollMs?: number;
};

/** How long requests under way may take once the door closes. Milliseconds. */
const DRAIN_MS = 10_000;

type Dumps = ReturnType<typeof createDumps>;

function keepDumps(catalogue: Catalogue, { dataDir, log }: DoorOptions): Dumps {
  return createDumps({
    catalogue,
    folder: join(dataDir, 'door'),
    failed: (error) => log.error({ err: error }, 'the catalogue could not be written to disk'),
  });
}

function follow(catalogue: Catalogue, options: DoorOptions, dumps: Dumps): Follower {
  const { log } = options;
  return createFollower({
    databaseUrl: options.databaseUrl,
    catalogue,
    pollMs: options.pollMs,
    events: {
      attached: () => log.info('database connected'),
      detached: (reason) =>
        log.warn({ reason }, 'database away; the catalogue is served from memory'),
      skipped: (rows) =>
        log.error(
          { rows: rows.slice(0, 20), count: rows.length },
          'rows that do not fit the contract are not served',
        ),
      changed: () => dumps.schedule(),
    },
  });
}

/** What the door knows of Strapi, and why it cannot be asked now. */
function watchStrapi({ strapi }: DoorOptions, follower: Follower) {
  const state = (): StrapiState => strapi?.state() ?? { phase: 'off', restarts: 0 };
  const absence = (): Absence | null => {
    if (!follower.connected()) return 'database';
    return state().phase === 'ready' ? null : 'strapi';
  };
  return { state, absence };
}

function watchHealth(
  catalogue: Catalogue,
  options: DoorOptions,
  follower: Follower,
  strapi: () => StrapiState,
): HealthReporter {
  return createHealth({
    version: options.version,
    catalogue,
    database: follower.connected,
    strapi,
    schema: () => databaseSchema(options.databaseUrl),
    storage: () => options.images.check(),
    mailRoute: options.mailRoute,
    outbox: () => outboxState(options.databaseUrl),
    paymentSetup: options.paymentSetup,
    payments: () => paymentState(options.databaseUrl),
  });
}

/**
 * Reading the last dump takes some 20 ms for a small shop, seconds for a thousand products on a
 * busy machine; the port must open all the same.
 */
const HEAD_START_MS = 300;

/**
 * Loads, but opens the port soon all the same, because a request that is served late is better than
 * one refused. Resolves with the port.
 * @throws when the port is taken.
 */
async function openDoor(
  server: Server,
  catalogue: Catalogue,
  options: DoorOptions,
  follower: Follower,
): Promise<number> {
  const loading = loadLocal(catalogue, options);
  await Promise.race([loading, wait(HEAD_START_MS, undefined, { ref: false })]);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  await loading;
  follower.start();
  options.strapi?.start();
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : options.port;
}

/** The way to Strapi, and the answers in its place when it is away. */
function proxyOf(
  { socket, proxySecret, upgrades = false }: DoorOptions,
  absence: () => Absence | null,
) {
  const proxy = createProxy(
    socket,
    (request, response, silence) =>
      silence === 'unreachable' || isSafe(request)
        ? sendUnavailable(request, response, absence() ?? 'strapi')
        : sendUncertain(response, silence),
    proxySecret,
  );
  const upgrade: ServerParts['upgrade'] = (request, client, head, id) =>
    absence() === null ? proxy.upgrade(request, client, head, id) : void client.destroy();
  return { ...proxy, upgrade: upgrades ? upgrade : null };
}

/** Puts the door together. */
export function createDoor(options: DoorOptions) {
  const { images, log, metrics, imageBase, longPollMs = 25_000 } = options;
  const catalogue = createCatalogue();
  const dumps = keepDumps(catalogue, options);
  const follower = follow(catalogue, options, dumps);
  const { state, absence } = watchStrapi(options, follower);
  const proxy = proxyOf(options, absence);
  const health = watchHealth(catalogue, options, follower, state);
  const routes = createCatalogueRoutes({ catalogue, imageBase, longPollMs });
  const server = createDoorServer({
    routes,
    rest: createApp({ health, images, absence, pass: proxy.pass, log, metrics }),
    upgrade: proxy.upgrade,
    log,
    metrics,
  });
  return {
    catalogue,
    server,
    mail: health.mail,
    /**
     * Loads what is at hand and listens. Resolves with the port.
     * @throws when the port is taken.
     */
    open: (): Promise<number> => openDoor(server, catalogue, options, follower),
    /** Drains, then stops the child (requests under way need it), writes what is left to write. */
    async close(): Promise<void> {
      routes.close();
      await drain(server, DRAIN_MS);
      await options.strapi?.stop();
      await follower.stop();
      await dumps.flush();
      proxy.close();
    },
  };
}
export type Door = ReturnType<typeof createDoor>;
