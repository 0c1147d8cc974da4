import type { IncomingMessage, ServerResponse } from 'node:http';
import { entityTag, matchingTag, negotiateEncoding } from '@comptoir/http';

import type { CachedPage } from './html-cache.ts';

/**
 * Sends a prepared page or file: right encoding, strong tag, 304 when the client has it, no body
 * for HEAD.
 */
export function sendPrepared(
  request: IncomingMessage,
  response: ServerResponse,
  page: CachedPage,
): void {
  const encoding = negotiateEncoding(request.headers['accept-encoding'], page.body);
  const body = page.body[encoding] ?? page.body.identity;
  const etag = page.etag && entityTag(page.etag, encoding);
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  response.setHeader('vary', 'accept-encoding');
  if (page.status === 200 && etag) {
    response.setHeader('etag', etag);
    if (matchingTag(request.headers['if-none-match'], [etag]) !== null)
      return void response.writeHead(304).end();
  }
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding);
  response.writeHead(page.status, { 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Sends a short text. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    })
    .end(text);
}

/** Sends JSON that clients and caches must not keep. */
export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
