import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  request as open,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { REQUEST_ID_HEADER } from '@comptoir/contracts';

import { sendBody } from './body-limit.ts';
import { type Client, createClientOf, PROXY_HEADER } from './proxied-client.ts';

/** Headers of one connection only, and what a client may not say about itself. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  PROXY_HEADER,
  REQUEST_ID_HEADER,
]);

/** Copies end-to-end headers; those named by `Connection` are hop-by-hop too. */
export function endToEnd(raw: readonly string[], connection: string | undefined): string[] {
  const named = new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const lower = name.toLowerCase();
    if (!DROPPED.has(lower) && !named.has(lower)) kept.push(name, raw[at + 1] ?? '');
  }
  return kept;
}

function outgoing(request: IncomingMessage, { address, proto }: Client, id: string): string[] {
  const headers = endToEnd(request.rawHeaders, request.headers.connection);
  headers.push('x-forwarded-for', address, 'x-forwarded-proto', proto, REQUEST_ID_HEADER, id);
  // A body of unknown length stays chunked; Node frames it anew.
  if (request.headers['transfer-encoding'] !== undefined)
    headers.push('transfer-encoding', 'chunked');
  return headers;
}

/**
 * Why Strapi gave no answer: it could not be reached at all, it died or hung up on the way, or it
 * said nothing for too long.
 */
export type Silence = 'unreachable' | 'lost' | 'too-slow';
type OnAway = (request: IncomingMessage, response: ServerResponse, silence: Silence) => void;

/** Longer than anything staff do in the admin; a request that hangs must end some time. */
const SILENCE_MS = 120_000;
const UNREACHABLE: readonly (string | undefined)[] = ['ECONNREFUSED', 'ENOENT', 'EACCES'];

/**
 * Passes requests and WebSocket upgrades to Strapi over its private socket. `onAway` answers in its
 * place when Strapi said nothing; a proxy that knows `secret` is believed about the client's
 * address.
 */
export function createProxy(socket: string, onAway: OnAway, secret?: string) {
  const clientOf = createClientOf(secret);
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const start = (request: IncomingMessage, headers: string[], pool: Agent | false): ClientRequest =>
    open({
      socketPath: socket,
      agent: pool,
      method: request.method,
      path: request.url,
      headers,
      setHost: false,
    });

  return {
    pass(request: IncomingMessage, response: ServerResponse, id: string): void {
      relay(
        start(request, outgoing(request, clientOf(request), id), agent),
        request,
        response,
        onAway,
      );
    },
    upgrade(request: IncomingMessage, client: Duplex, head: Buffer, id: string): void {
      const upstream = start(
        request,
        [
          ...outgoing(request, clientOf(request), id),
          'connection',
          'Upgrade',
          'upgrade',
          request.headers.upgrade ?? '',
        ],
        false,
      );
      tunnel(upstream, client, head);
    },
    close: (): void => agent.destroy(),
  };
}

const silenceOf = (code: string | undefined): Silence =>
  UNREACHABLE.includes(code) ? 'unreachable' : 'lost';

/** One request and its answer, streamed both ways; a body that grows too large is cut. */
function relay(
  upstream: ClientRequest,
  request: IncomingMessage,
  response: ServerResponse,
  onAway: OnAway,
): void {
  upstream.on('response', (answer) => {
    response.writeHead(
      answer.statusCode ?? 502,
      endToEnd(answer.rawHeaders, answer.headers.connection),
    );
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  let cut = false;
  let slow = false;
  upstream.setTimeout(SILENCE_MS, () => {
    slow = true;
    upstream.destroy();
  });
  upstream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (cut || response.destroyed) return;
    if (response.headersSent) response.destroy();
    else onAway(request, response, slow ? 'too-slow' : silenceOf(code));
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  sendBody(request, response, upstream, () => {
    cut = true;
  });
}

/** One WebSocket; when either end closes or fails, so does the other. */
function tunnel(upstream: ClientRequest, client: Duplex, head: Buffer): void {
  client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  upstream.on('response', () => client.destroy());
  upstream.on('upgrade', (answer, server, rest) => {
    const lines = answer.rawHeaders.flatMap((text, at) =>
      at % 2 === 0 ? [`${text}: ${answer.rawHeaders[at + 1] ?? ''}`] : [],
    );
    client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (rest.length > 0) client.write(rest);
    if (head.length > 0) server.write(head);
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    server.pipe(client).pipe(server);
  });
  upstream.end();
}
