import type { Metrics } from '@comptoir/telemetry';
import { createMetrics } from '@comptoir/telemetry';

import type { CatalogueFollower } from '../src/client/catalogue-follower.ts';
import type { CacheResult, HtmlCache } from './html-cache.ts';

export interface StorefrontMetrics {
  registry: Metrics['registry'];
  request: (path: string, method: string, status: number, seconds: number) => void;
  cache: (result: CacheResult) => void;
}

const PAGES = [
  'produits',
  'products',
  'categories',
  'pages',
  'apercu',
  'panier',
  'cart',
  'commande',
  'order',
  'health',
  '_assets',
];
const METHODS = ['GET', 'HEAD', 'POST'];

/**
 * A path as a label of few values: `/produits/tasse-rivage` is `/produits/:slug`, an address that
 * no page has is `other`.
 */
export function routeOf(path: string): string {
  const [, ...parts] = (path.split('?')[0] ?? '')
    .split('/')
    .filter((part, index) => index === 0 || part !== 'en');
  const [first, second] = parts;
  if (!first) return '/';
  if (!PAGES.includes(first)) return 'other';
  return second ? `/${first}/:slug` : `/${first}`;
}

/** Counts what the storefront does; Prometheus text, served on a port of its own. */
export function observe(cache: HtmlCache, follower: CatalogueFollower): StorefrontMetrics {
  const metrics = createMetrics('storefront');
  const results: Record<CacheResult, { inc: () => void }> = {
    hit: metrics.counter('storefront_page_hits_total', 'Pages served from memory'),
    miss: metrics.counter('storefront_page_renders_total', 'Pages rendered for a visitor'),
    stale: metrics.counter(
      'storefront_page_stale_total',
      'Older pages served because a new rendering failed',
    ),
  };
  metrics.gauge('storefront_page_cache_bytes', 'Bytes of rendered pages held', () => cache.bytes);
  metrics.gauge(
    'storefront_catalogue_degraded',
    '1 when shoppers are told that they see a copy',
    () => (follower.degraded ? 1 : 0),
  );
  metrics.gauge(
    'storefront_api_silence_seconds',
    'How long the API has not answered; 0 while it does',
    () => follower.silence / 1000,
  );
  metrics.gauge(
    'storefront_catalogue_as_of_timestamp_seconds',
    'When the database last confirmed the state shown',
    () => Date.parse(follower.state.snapshot.asOf) / 1000,
  );
  return {
    registry: metrics.registry,
    request: (path, method, status, seconds) =>
      metrics.request(
        { route: routeOf(path), method: METHODS.includes(method) ? method : 'other', status },
        seconds,
      ),
    cache: (result) => results[result].inc(),
  };
}
