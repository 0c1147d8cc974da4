import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Env, loadEnv } from '@comptoir/env';
import { drain, stopWhenAsked } from '@comptoir/process';
import { createLog, type Log, serveMetrics } from '@comptoir/telemetry';

import { createHandler } from './server/handle.ts';
import { HtmlCache } from './server/html-cache.ts';
import { listen } from './server/http-server.ts';
import { observe } from './server/observe.ts';
import type { AstroHandler } from './server/render-page.ts';
import { loadStaticFiles } from './server/static-files.ts';
import { addressSigner } from './src/client/address-signer.ts';
import type { OpenCatalogue } from './src/client/open-catalogue.ts';
import { BUILT_IN_FILE, openCatalogue } from './src/client/open-catalogue.ts';
import { createOrdersApi } from './src/client/orders-api.ts';
import { mayPayAt, paymentSources } from './src/client/payment-sources.ts';

/** The storefront's own server: composition only. Run it with Node 24 after `npm run build`. */
const CACHE_BYTES = 64 * 1024 * 1024;
const PATIENCE = 10_000;
const DIST = fileURLToPath(new URL('./dist/', import.meta.url));

async function loadAstro(): Promise<{ handler: AstroHandler; build: string }> {
  const entry = join(DIST, 'server', 'entry.mjs');
  const source = await readFile(entry).catch(() => {
    throw new Error('The storefront is not built: run `npm run build -w storefront` first');
  });
  const { handler }: { handler: AstroHandler } = await import(entry);
  return { handler, build: createHash('sha256').update(source).digest('hex').slice(0, 10) };
}

/** Opens the catalogue, whose changes mark the cached pages that show them. */
function followCatalogue(
  env: Env<'storefront'>,
  cache: HtmlCache,
  log: Log,
): Promise<OpenCatalogue> {
  return openCatalogue({
    apiUrl: env.apiUrl,
    siteUrl: env.publicSiteUrl,
    imageBase: env.publicImageBase,
    paymentSources: paymentSources(env.shopMode),
    dumpFile: join(env.dataDir, 'storefront', 'catalogue.json'),
    builtInFile: env.shopMode === 'demo' ? BUILT_IN_FILE : null,
    onTouched: (tags) => log.debug({ tags, pages: cache.touch(tags) }, 'catalogue changed'),
    log: (level, message) => log[level](message),
  });
}

async function main(): Promise<void> {
  const env = loadEnv('storefront');
  const log = createLog({ service: 'storefront', level: env.logLevel });
  const cache = new HtmlCache(CACHE_BYTES);
  const [{ handler, build }, files] = await Promise.all([
    loadAstro(),
    loadStaticFiles(join(DIST, 'client')),
  ]);
  const orders = createOrdersApi(env.apiUrl, addressSigner(env.clientAddressSecret));
  const catalogue = await followCatalogue(env, cache, log);
  const metrics = observe(cache, catalogue.follower);
  const handle = createHandler({
    astro: handler,
    catalogue,
    cache,
    files,
    siteUrl: env.publicSiteUrl,
    build,
    orders,
    mayPayAt: mayPayAt(paymentSources(env.shopMode)),
    metrics,
    log,
  });
  const server = await listen(handle, env.storefrontHost, env.storefrontPort);
  const metricsServer = await serveMetrics(
    metrics.registry,
    env.metricsHost,
    env.storefrontMetricsPort,
  );
  const { version } = catalogue.follower.state.snapshot;
  log.info({ port: env.storefrontPort, build, version }, 'storefront open');

  stopWhenAsked(async () => {
    await Promise.all([drain(server, PATIENCE), catalogue.close()]);
    metricsServer.close();
    metricsServer.closeAllConnections();
  }, log);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
