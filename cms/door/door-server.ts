import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { failure, REQUEST_ID_HEADER } from '@comptoir/contracts';
import { requestIdFrom } from '@comptoir/telemetry';

import type { CatalogueRoutes } from './catalogue-routes.ts';
import { sendUnexpected } from './http-answer.ts';
import { refusalOf } from './refusals.ts';
import { recordRequest, type Telemetry } from './request-record.ts';

export type ServerParts = Telemetry & {
  routes: CatalogueRoutes;
  /** Everything but the catalogue; it records its requests itself. */
  rest: RequestListener;
  /**
   * Null: with no listener Node answers a request that asks to upgrade (h2c, for one) like any
   * other.
   */
  upgrade: ((request: IncomingMessage, client: Duplex, head: Buffer, id: string) => void) | null;
};

const LIMITS = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 300_000,
  keepAliveTimeout: 65_000,
};

/** The public server: the catalogue first, from memory, and Koa for the rest. Not yet listening. */
export function createDoorServer(parts: ServerParts): Server {
  const server = createServer(LIMITS, (request, response) => answer(parts, request, response));
  const { upgrade } = parts;
  if (upgrade !== null) {
    server.on('upgrade', (request: IncomingMessage, client: Duplex, head: Buffer) => {
      // A WebSocket begins with GET; anything else asking to upgrade is trying to get around the
      // door's refusals.
      if (request.method !== 'GET' || refusalOf(request) !== null) client.destroy();
      else upgrade(request, client, head, requestIdFrom(request.headers[REQUEST_ID_HEADER]));
    });
  }
  server.on('clientError', refuseUnreadable);
  server.maxHeadersCount = 100;
  return server;
}

function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): void {
  const id = requestIdFrom(request.headers[REQUEST_ID_HEADER]);
  const began = performance.now();
  // After the answer, whose `close` comes in a later turn: nothing is set up for requests that Koa
  // records.
  const record = (route: string): void => {
    response.once('close', () => recordRequest(parts, request, response, { id, route, began }));
  };
  try {
    const route = catalogueRoute(parts.routes, request, response, id);
    if (route === null) parts.rest(request, response);
    else record(route);
  } catch (error) {
    record('refused');
    parts.log.error({ id, err: error }, 'request failed');
    sendUnexpected(response, id);
  }
}

/**
 * Answers what is the catalogue's.
 * @returns the route's template, or null when it is another part's
 */
function catalogueRoute(
  routes: CatalogueRoutes,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): string | null {
  const repeated = routes.repeat(request, response, id);
  if (repeated !== null) return repeated;
  response.setHeader(REQUEST_ID_HEADER, id);
  response.setHeader('x-content-type-options', 'nosniff');
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return routes.handle(request, response, path, at < 0 ? '' : url.slice(at));
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
