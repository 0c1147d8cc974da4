import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { REQUEST_ID_HEADER } from '@comptoir/contracts';
import { encodeBody } from '@comptoir/http';
import { requestIdFrom } from '@comptoir/telemetry';

import {
  localeOf,
  personalRoute,
  PREVIEW_PREFIX,
  routes,
} from '../src/features/i18n/page-routes.ts';
import type { HandlerParts } from './handler-parts.ts';
import { PAGE_CACHE_CONTROL, securityHeaders } from './headers.ts';
import type { CachedPage, CacheResult, HtmlCache } from './html-cache.ts';
import { cacheKey } from './html-cache.ts';
import { personalPage } from './personal-page.ts';
import { renderPage } from './render-page.ts';
import { sendJson, sendPrepared, sendText } from './respond.ts';
import { storefrontHealth } from './storefront-health.ts';

/**
 * Query parameters that pages read: none today. All others, such as tracking parameters, share one
 * cached page.
 */
const PAGE_PARAMETERS: readonly string[] = [];
/**
 * Sent while the catalogue is empty: there is no dump, no built-in sample, and the API has not
 * answered yet.
 */
const OPENING =
  'La boutique ouvre dans un instant : rechargez la page.\nThe shop opens in a moment: reload the page.\n';
/** The methods that personal pages accept; all other pages accept GET and HEAD. */
const METHODS = new Set(['GET', 'HEAD', 'POST']);
const MAX_URL = 2_048;
/** Addresses that browsers ask for or that people guess, and the pages they lead to. */
const MOVED = new Map([
  ['/favicon.ico', '/favicon.svg'],
  ['/fr', routes.home('fr')],
]);
const SPECULATION = '"/speculation.json"';

/** Parses the address of a request; null when no page could have it. */
function addressOf(request: IncomingMessage): URL | null {
  const raw = request.url ?? '/';
  if (raw.length > MAX_URL || !raw.startsWith('/')) return null;
  try {
    const url = new URL(raw.replace(/^\/+/, '/'), 'http://shop');
    // The URL parser reads a backslash as a slash, so a path can name another host: no page has
    // such an address.
    return url.host !== 'shop' ||
      url.pathname.startsWith('//') ||
      decodeURIComponent(url.pathname).includes('\0')
      ? null
      : url;
  } catch {
    return null;
  }
}

/**
 * The address as logs may show it: the token of a preview opens the draft and that of an order the
 * order, so the log hides both.
 */
const loggedPath = (request: IncomingMessage): string =>
  (request.url ?? '')
    .replace(/^\/apercu\/.*/, '/apercu/[hidden]')
    .replace(/([?&]token=)[^&]*/g, '$1[hidden]')
    .slice(0, 200);

/**
 * The shop's request handler: personal pages, health, files, previews, then pages through the
 * cache.
 */
export function createHandler(parts: HandlerParts): RequestListener {
  const fixed = securityHeaders(parts.siteUrl);
  return (request, response) => {
    const started = performance.now();
    const id = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    response.setHeader(REQUEST_ID_HEADER, id);
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000;
      const path = loggedPath(request);
      parts.metrics.request(path, request.method ?? 'GET', response.statusCode, seconds);
      parts.log.info(
        {
          id,
          method: request.method,
          path,
          status: response.statusCode,
          ms: Math.round(seconds * 1e3),
        },
        'request',
      );
    });
    route(parts, request, response).catch((error: unknown) => fail(parts, response, id, error));
  };
}

function fail(parts: HandlerParts, response: ServerResponse, id: string, error: unknown): void {
  parts.log.error({ id, err: error }, 'page failed');
  if (response.headersSent) return void response.destroy();
  sendText(
    response,
    500,
    `Un éclat dans l’émail : rechargez dans un instant.\nSomething broke on our side: reload in a moment.\n${id}\n`,
  );
}

async function route(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = addressOf(request);
  if (!url) return badAddress(parts, request, response);
  const personal = personalRoute(url.pathname);
  if (personal && METHODS.has(request.method ?? ''))
    return personalPage(parts, personal, url, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendText(response, 405, 'Method not allowed.\n', { allow: 'GET, HEAD' });
  if (url.pathname === '/health')
    return sendJson(
      request,
      response,
      200,
      storefrontHealth(parts.catalogue.follower, parts.build),
    );
  const file = parts.files.get(url.pathname);
  if (file) return sendPrepared(request, response, file);
  const moved = MOVED.get(url.pathname) ?? withoutSlash(url);
  if (moved) return redirect(response, moved);
  if (url.pathname.startsWith(PREVIEW_PREFIX)) return preview(parts, url, request, response);
  if (nothingKnown(parts)) return sendText(response, 503, OPENING, { 'retry-after': '5' });
  return page(parts, url, request, response);
}

/** Where an address with a slash at its end leads; null when it has none. */
const withoutSlash = ({ pathname, search }: URL): string | null =>
  pathname.length > 1 && pathname.endsWith('/') ? pathname.replace(/\/+$/, '') + search : null;

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(301, { location, 'cache-control': PAGE_CACHE_CONTROL }).end();
}

const nothingKnown = ({ catalogue }: HandlerParts): boolean =>
  catalogue.follower.state.snapshot.entries.length === 0;

/** Answers an address that cannot be parsed: browsers get the shop's page, programs one line. */
async function badAddress(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const people =
    request.headers.accept?.includes('text/html') && ['GET', 'HEAD'].includes(request.method ?? '');
  if (!people || nothingKnown(parts))
    return sendText(response, 400, 'Adresse illisible. Bad address.\n');
  const nowhere = new URL(routes.nowhere(localeOf(request.url ?? '/')), 'http://shop');
  const { page: found, result } = await cachedPage(parts, nowhere);
  sendPrepared(request, response, { ...withPageHeaders(found, result), status: 400 });
}

async function preview(
  parts: HandlerParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const rendered = await renderPage(parts.astro, url.pathname, parts.catalogue.shop());
  const headers = {
    ...rendered.headers,
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'referrer-policy': 'no-referrer',
  };
  const body = await encodeBody(rendered.body);
  // A preview has no ETag: it is never cached, so no client has a copy to compare.
  sendPrepared(request, response, { status: rendered.status, headers, body, etag: null });
}

function cachedPage(parts: HandlerParts, url: URL): ReturnType<HtmlCache['get']> {
  const key = cacheKey(url, PAGE_PARAMETERS, parts.build);
  return parts.cache.get(key, () => renderPage(parts.astro, url.pathname, parts.catalogue.shop()));
}

async function page(
  parts: HandlerParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { page: found, result } = await cachedPage(parts, url);
  parts.metrics.cache(result);
  sendPrepared(request, response, withPageHeaders(found, result));
}

function withPageHeaders(found: CachedPage, result: CacheResult): CachedPage {
  const kept = found.status >= 500 ? 'no-store' : PAGE_CACHE_CONTROL;
  return {
    ...found,
    headers: {
      ...found.headers,
      'cache-control': kept,
      'speculation-rules': SPECULATION,
      'x-cache': result,
    },
  };
}
