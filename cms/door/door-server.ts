import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { apiPaths, failure, REQUEST_ID_HEADER } from '@comptoir/contracts';
import { type Log, type Metrics, requestIdFrom } from '@comptoir/telemetry';

import { refusedForLength } from './body-limit.ts';
import type { CatalogueRoutes } from './catalogue-routes.ts';
import { sendFailure } from './http-answer.ts';
import { refusalOf, sendRefusal } from './refusals.ts';

export type ServerParts = {
  routes: CatalogueRoutes;
  /** Everything but the catalogue: health, images, Strapi. Returns the route's template. */
  rest(request: IncomingMessage, response: ServerResponse, id: string): string;
  /** Null: with no listener Node answers a request that asks to upgrade (h2c, for one) like any other. */
  upgrade: ((request: IncomingMessage, client: Duplex, head: Buffer, id: string) => void) | null;
  log: Log;
  metrics: Metrics;
};

/** The public server: limits, request ids, logs and metrics, the catalogue first and Koa for the rest. Not yet listening. */
export function createDoorServer(parts: ServerParts): Server {
  const server = createServer(
    {
      maxHeaderSize: 32 * 1024,
      headersTimeout: 15_000,
      requestTimeout: 300_000,
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      const id = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
      const began = performance.now();
      let route = 'refused';
      response.once('close', () => record(parts, request, response, { id, route, began }));
      try {
        route =
          parts.routes.repeat(request, response, id) ?? dispatch(parts, request, response, id);
      } catch (error) {
        parts.log.error({ id, err: error }, 'request failed');
        if (response.headersSent) response.destroy();
        else
          sendFailure(
            response,
            500,
            `Unexpected error; quote request ${id} to whoever runs the shop.`,
          );
      }
    },
  );
  const { upgrade } = parts;
  if (upgrade !== null) {
    server.on('upgrade', (request: IncomingMessage, client: Duplex, head: Buffer) => {
      // A WebSocket begins with GET; anything else asking to upgrade is trying to get around the door's refusals.
      if (request.method !== 'GET' || refusalOf(request) !== null) client.destroy();
      else upgrade(request, client, head, requestIdFrom(request.headers[REQUEST_ID_HEADER]));
    });
  }
  server.on('clientError', refuseUnreadable);
  server.maxHeadersCount = 100;
  return server;
}

function dispatch(
  { routes, rest }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): string {
  response.setHeader(REQUEST_ID_HEADER, id);
  response.setHeader('x-content-type-options', 'nosniff');
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  const route = routes.handle(request, response, path, at < 0 ? '' : url.slice(at));
  if (route !== null) return route;
  const refusal = refusalOf(request);
  if (refusal !== null) {
    sendRefusal(response, refusal);
    return 'refused';
  }
  return refusedForLength(request, response) ? 'refused' : rest(request, response, id);
}

/** Statuses for what Node's parser reports; any other report is a bad request. */
const UNREADABLE_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what Node could not even parse, in the API's error shape. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = UNREADABLE_STATUS[error.code ?? ''] ?? 400;
  const body = JSON.stringify(
    failure(status, 'The request is not readable HTTP, is too long or came too slowly.'),
  );
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** A preview's address is its authorisation: the log gets the route instead. */
const PREVIEW = apiPaths.preview(':token').replace(encodeURIComponent(':token'), '');
const withoutToken = (url: string): string => (url.startsWith(PREVIEW) ? `${PREVIEW}:token` : url);

function record(
  { log, metrics }: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  details: { id: string; route: string; began: number },
): void {
  const ms = performance.now() - details.began;
  const status = response.writableFinished || response.headersSent ? response.statusCode : 499;
  metrics.request({ route: details.route, method: request.method ?? '', status }, ms / 1000);
  log.request({
    id: details.id,
    method: request.method ?? '',
    url: withoutToken(request.url ?? ''),
    route: details.route,
    status,
    ms,
  });
}
