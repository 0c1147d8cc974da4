import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { failure } from '@comptoir/contracts';

import { JSON_TYPE } from './http-answer.ts';

const MIB = 1024 * 1024;
/**
 * The admin sends one picture a request; up to 20 MiB are accepted there, and what is somewhat
 * larger gets the admin's own French words.
 */
const UPLOADS = 64 * MIB;
/** Long pages with everything they hold; Strapi parses as much (cms/config/middlewares.ts). */
const ADMIN = 5 * MIB;
const PUBLIC = MIB;
/**
 * How long a refused sender may go on sending: hanging up at once would lose the answer on its way.
 */
const LINGER_MS = 1000;

/**
 * The largest body, in bytes, that `url` takes. Strapi unpacks files before it checks the sender's
 * rights, so only the admin's uploads may be large.
 */
export function bodyLimit(url: string): number {
  const [, first = ''] = url.split(/[/?]/, 2);
  if (first === 'upload') return UPLOADS;
  return first === 'admin' || first === 'content-manager' ? ADMIN : PUBLIC;
}

/** True, and answered with 413, when the request announces more than its address takes. */
export function refusedForLength(request: IncomingMessage, response: ServerResponse): boolean {
  const limit = bodyLimit(request.url ?? '/');
  if (Number(request.headers['content-length'] ?? 0) <= limit) return false;
  sendTooLarge(request, response, limit);
  return true;
}

/**
 * Streams a request's body to Strapi. A body of unknown length is counted on its way and cut at the
 * limit: `upstream` is destroyed, so that Strapi never sees the end of it, and the client is told
 * 413. `cut` is called first: an error on `upstream` is then no failure of Strapi's.
 */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: ClientRequest,
  cut: () => void,
): void {
  // The parser itself ends an announced body at its length, which was checked before.
  if (request.headers['transfer-encoding'] === undefined) {
    request.pipe(upstream);
    return;
  }
  const limit = bodyLimit(request.url ?? '/');
  const counted = countUpTo(limit);
  counted.once('error', () => {
    cut();
    upstream.destroy();
    if (response.headersSent) response.destroy();
    else sendTooLarge(request, response, limit);
  });
  request.pipe(counted).pipe(upstream);
}

function countUpTo(limit: number): Transform {
  let seen = 0;
  return new Transform({
    transform(part: Buffer, _, done): void {
      seen += part.length;
      if (seen > limit) done(new Error('too large'));
      else done(null, part);
    },
  });
}

/** Answers in full at once, but ends only when the client has stopped sending or its time is up. */
function sendTooLarge(request: IncomingMessage, response: ServerResponse, limit: number): void {
  const body = Buffer.from(
    JSON.stringify(
      failure(413, `The request is larger than ${limit / MIB} MiB; send less at once.`),
    ),
  );
  response.writeHead(413, {
    'content-type': JSON_TYPE,
    'content-length': body.length,
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  if (request.complete) end();
  else request.once('close', end).resume();
}
