import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageStore } from '@comptoir/catalogue/images';
import { type Env, loadEnv, ROOT } from '@comptoir/env';
import { stopWhenAsked } from '@comptoir/process';
import {
  createLog,
  createMetrics,
  type Log,
  type Metrics,
  serveMetrics,
} from '@comptoir/telemetry';

import { acquireBootLock } from './boot-lock.ts';
import { createDoor } from './door.ts';
import type { ImageReader } from './image-route.ts';
import type { MailRoute } from './mail-health.ts';
import packageJson from './package.json' with { type: 'json' };
import { paymentSetup } from './payment-health.ts';
import { createStrapiProcess } from './strapi-process.ts';

const env = loadEnv('door');
const log = createLog({ service: 'api', level: env.logLevel });
const develop = process.env['DOOR_MODE'] === 'develop';
const seedDir = join(ROOT, 'infra/seed');

/**
 * Unix socket paths are limited to about 100 bytes; a deep data folder gets a short one in the
 * system's temporary folder.
 */
function socketOf(dataDir: string): string {
  const path = join(dataDir, 'run', 'strapi.sock');
  if (Buffer.byteLength(path) <= 100) return path;
  return join(
    tmpdir(),
    `comptoir-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`,
    'strapi.sock',
  );
}

/** The image store is loaded after the port is open: its S3 client and picture codecs are heavy. */
function lazyImages(settings: Env<'door'>): ImageReader {
  let opened: Promise<ImageStore> | null = null;
  const store = (): Promise<ImageStore> =>
    (opened ??= import('@comptoir/catalogue/images').then(({ openImageStore }) =>
      openImageStore(
        {
          ...settings,
          s3Endpoint: settings.s3Endpoint ?? '',
          s3AccessKeyId: settings.s3AccessKeyId ?? '',
          s3SecretAccessKey: settings.s3SecretAccessKey ?? '',
        },
        seedDir,
      ),
    ));
  return {
    get: async (key) => (await store()).get(key),
    check: async () => (await store()).check(),
    signedUrl: async (key) => (await (await store()).signedUrl?.(key)) ?? null,
  };
}

/** The shipped catalogue, named after its content so that followers notice another one. */
async function seed() {
  const { seedEntries } = await import('@comptoir/catalogue/csv/seed-entries');
  const entries = await seedEntries(seedDir);
  return {
    name: `seed${createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 12)}`,
    entries,
  };
}

/**
 * A demonstration without SMTP_URL shows its mails in an inbox; a live shop without one keeps them.
 */
function mailRouteOf({ smtpUrl, shopMode }: Env<'door'>): MailRoute {
  if (smtpUrl !== undefined) return 'smtp';
  return shopMode === 'demo' ? 'inbox' : 'none';
}

function strapiOf(databaseUrl: string, socket: string, logger: Log) {
  return createStrapiProcess({
    script: join(import.meta.dirname, 'strapi-child.mjs'),
    args: [develop ? 'develop' : 'start'],
    cwd: join(import.meta.dirname, '..'),
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      STRAPI_SOCKET: socket,
      NODE_ENV: develop ? 'development' : 'production',
    },
    socket,
    pidFile: join(env.dataDir, 'run', 'strapi.pid'),
    acquire: (signal) => acquireBootLock(databaseUrl, signal),
    log: (event, details) =>
      logger[event === 'exited' || event === 'waiting' || event === 'hung' ? 'warn' : 'info'](
        details,
        `strapi ${event}`,
      ),
  });
}

function measure(
  metrics: Metrics,
  door: ReturnType<typeof createDoor>,
  strapi: ReturnType<typeof strapiOf>,
): void {
  metrics.gauge('strapi_restarts', 'Times Strapi was started again', () => strapi.state().restarts);
  metrics.gauge(
    'catalogue_age_seconds',
    'Since the database last confirmed what is served',
    () => (Date.now() - door.catalogue.asOf()) / 1000,
  );
  metrics.gauge('catalogue_live', '1 while the database is followed', () =>
    door.catalogue.current()?.source === 'database' ? 1 : 0,
  );
  metrics.gauge(
    'mail_outbox_age_seconds',
    'Since the oldest waiting mail was written; NaN while the database does not say',
    async () => (await door.mail()).age ?? Number.NaN,
  );
  metrics.gauge(
    'mail_outbox_waiting',
    'Mails that have not left yet; NaN while the database does not say',
    async () => (await door.mail()).waiting ?? Number.NaN,
  );
}

async function main(): Promise<void> {
  if (env.databaseUrl === undefined)
    throw new Error(
      'DATABASE_URL is not set. A good value: postgres://comptoir:a-password@localhost:5432/comptoir',
    );
  const metrics = createMetrics('api');
  const socket = env.strapiSocket ?? socketOf(env.dataDir);
  const strapi = strapiOf(env.databaseUrl, socket, log);
  const door = createDoor({
    version: packageJson.version,
    host: env.apiHost,
    port: env.apiPort,
    dataDir: env.dataDir,
    databaseUrl: env.databaseUrl,
    paymentSetup: paymentSetup(env),
    mailRoute: mailRouteOf(env),
    imageBase: env.publicImageBase,
    images: lazyImages(env),
    seed: env.shopMode === 'demo' ? seed : null,
    strapi,
    socket,
    log,
    metrics,
    upgrades: develop,
    proxySecret: env.proxySecret,
  });
  measure(metrics, door, strapi);
  const metricsServer = await serveMetrics(metrics.registry, env.metricsHost, env.metricsPort);
  stopWhenAsked(async () => {
    metricsServer.close();
    await door.close();
  }, log);
  const port = await door.open();
  log.info({ port, ms: Math.round(performance.now()) }, 'door open');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
