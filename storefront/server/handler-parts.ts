import type { Log } from '@comptoir/telemetry';

import type { OpenCatalogue } from '../src/client/open-catalogue.ts';
import type { OrdersApi } from '../src/client/orders-api.ts';
import type { CachedPage, HtmlCache } from './html-cache.ts';
import type { StorefrontMetrics } from './observe.ts';
import type { AstroHandler } from './render-page.ts';

/** What the request handler is made of; `server.ts` puts it together. */
export interface HandlerParts {
  astro: AstroHandler;
  catalogue: OpenCatalogue;
  cache: HtmlCache;
  files: Map<string, CachedPage>;
  siteUrl: string;
  build: string;
  orders: OrdersApi;
  /**
   * True when a form may be redirected to this address for payment: browsers apply `form-action` to
   * redirects of forms too.
   */
  mayPayAt: (url: string) => boolean;
  metrics: StorefrontMetrics;
  log: Log;
}
