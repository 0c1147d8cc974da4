import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LRUCache } from 'lru-cache';
import {
  type Catalogue,
  type CatalogueState,
  entryJson,
  findProduct,
  listProducts,
  parseDetailQuery,
  parseFollowQuery,
  parseListQuery,
  parseProductId,
  visibleEntries,
} from '@comptoir/catalogue/read';
import { apiPaths, SOURCE_HEADER } from '@comptoir/contracts';

import { createAnswerCache } from './answer-cache.ts';
import { createFollowRoute } from './follow-route.ts';
import {
  prepare,
  type Prepared,
  prepareOnce,
  sendFailure,
  sendPrepared,
  weightOf,
} from './http-answer.ts';
import { createKnownAnswers } from './known-answers.ts';

export type CatalogueRoutes = ReturnType<typeof createCatalogueRoutes>;
type Context = {
  request: IncomingMessage;
  response: ServerResponse;
  state: CatalogueState;
  search: string;
};

/**
 * Distinct answers of each catalogue version. A detail or first page is made again in well under a
 * millisecond.
 */
const caches = new WeakMap<CatalogueState, LRUCache<string, Prepared>>();

/** The answer prepared for `key` at this version, made on first use. */
function prepared(state: CatalogueState, key: string, make: () => string): Prepared {
  const cache = caches.get(state) ?? createAnswerCache<Prepared>(weightOf);
  caches.set(state, cache);
  const known = cache.get(key);
  if (known) return known;
  const made = prepare(make());
  cache.set(key, made);
  return made;
}

/** The whole snapshot, from texts made once per entry. */
export const wholeJson = (state: CatalogueState): string =>
  `{"version":"${state.version}","source":"${state.source}","asOf":"${new Date(state.preparedAsOf).toISOString()}","entries":[${visibleEntries(state.memory).map(entryJson).join(',')}]}`;

const DETAIL = `${apiPaths.products}/:id`;

type Serving = {
  catalogue: Catalogue;
  imageBase: string;
  headers(state: CatalogueState): Record<string, string>;
  follow: ReturnType<typeof createFollowRoute>;
  known: ReturnType<typeof createKnownAnswers>;
};

/** Public catalogue addresses, answered from memory before any framework sees the request. */
export function createCatalogueRoutes({
  catalogue,
  imageBase,
  longPollMs,
}: {
  catalogue: Catalogue;
  imageBase: string;
  longPollMs: number;
}) {
  const headers = (state: CatalogueState): Record<string, string> => ({
    [SOURCE_HEADER]: state.source,
    age: String(Math.max(0, Math.floor((Date.now() - catalogue.asOf()) / 1000))),
    'access-control-allow-origin': '*',
  });
  const closing = new AbortController();
  const serving: Serving = {
    catalogue,
    imageBase,
    headers,
    follow: createFollowRoute({ catalogue, headers, longPollMs, closing: closing.signal }),
    known: createKnownAnswers(catalogue, headers),
  };
  return {
    /** Answers the requests that wait for a change; later ones are answered at once. */
    close: (): void => closing.abort(),
    /**
     * The short way, before anything was set on `response`: answers what was asked before at the
     * same address. The route's template, or null.
     */
    repeat: serving.known.answer,
    /**
     * Answers when the path is the catalogue's; returns the route's template for metrics, or null
     * when another part must answer.
     */
    handle(
      request: IncomingMessage,
      response: ServerResponse,
      path: string,
      search: string,
    ): string | null {
      const route = routeOf(path);
      if (route === null) return null;
      const context = contextOf(catalogue, request, response, search);
      if (context === null) return route;
      if (route === apiPaths.products) answerList(serving, context);
      else if (route === apiPaths.snapshot) answerSnapshot(serving, context);
      else answerDetail(serving, context, path.slice(apiPaths.products.length + 1));
      return route;
    },
  };
}

/** What an answer is made from; null when the request was refused here already. */
function contextOf(
  catalogue: Catalogue,
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
): Context | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.resume();
    sendFailure(
      response,
      405,
      `${request.method} is not possible here; use GET.`,
      {},
      { allow: 'GET, HEAD' },
    );
    return null;
  }
  const state = catalogue.current();
  if (state !== null) return { request, response, state, search };
  sendFailure(
    response,
    503,
    'The catalogue is not known yet: the database has not answered since this server was installed. Try again in a few seconds.',
    {},
    { 'retry-after': '5' },
  );
  return null;
}

function send(
  { headers, known }: Serving,
  { request, response, state }: Context,
  route: string,
  key: string,
  make: () => string,
): void {
  const answer = prepared(state, key, make);
  known.keep(state, request.url ?? '', { route, prepared: answer });
  sendPrepared(request, response, answer, headers(state));
}

function answerList(serving: Serving, context: Context): void {
  const query = parseListQuery(context.search);
  if (!query.ok)
    return sendFailure(context.response, 400, query.message, { parameter: query.parameter });
  // Search words are unlimited in number, so such an answer is made for one reader: neither kept
  // nor compressed.
  if (query.value.search !== '')
    return sendPrepared(
      context.request,
      context.response,
      prepareOnce(JSON.stringify(listProducts(context.state, query.value, serving.imageBase))),
      serving.headers(context.state),
    );
  send(serving, context, apiPaths.products, `list ${JSON.stringify(query.value)}`, () =>
    JSON.stringify(listProducts(context.state, query.value, serving.imageBase)),
  );
}

function answerDetail(serving: Serving, context: Context, rawId: string): void {
  const { state, response } = context;
  const id = parseProductId(rawId);
  if (id === null)
    return sendFailure(
      response,
      400,
      'This is neither a product reference nor a slug: use lower-case letters, digits and hyphens.',
      { parameter: 'id' },
    );
  const locale = parseDetailQuery(context.search);
  if (!locale.ok)
    return sendFailure(response, 400, locale.message, { parameter: locale.parameter });
  const product = findProduct(state, id, locale.value, serving.imageBase);
  if (!product)
    return sendFailure(
      response,
      404,
      `No product has the reference or slug ${id}; see ${apiPaths.products}.`,
      { id },
      serving.headers(state),
    );
  send(serving, context, DETAIL, `one ${locale.value} ${id}`, () =>
    JSON.stringify({
      data: product,
      meta: { catalogue: { version: state.version, source: state.source } },
    }),
  );
}

function answerSnapshot(serving: Serving, context: Context): void {
  const after = parseFollowQuery(context.search);
  if (!after.ok)
    return sendFailure(context.response, 400, after.message, { parameter: after.parameter });
  const whole = (state: CatalogueState): void =>
    sendPrepared(
      context.request,
      context.response,
      prepared(state, 'whole', () => wholeJson(state)),
      serving.headers(state),
    );
  if (after.value === null || context.request.method === 'HEAD') return whole(context.state);
  serving.follow(context.request, context.response, after.value, whole);
}

function routeOf(path: string): string | null {
  if (path === apiPaths.products || path === `${apiPaths.products}/`) return apiPaths.products;
  if (!path.startsWith(`${apiPaths.products}/`)) return null;
  return path === apiPaths.snapshot ? apiPaths.snapshot : DETAIL;
}
