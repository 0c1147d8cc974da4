import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiPaths, IMAGE_KEY_PATTERN } from '@comptoir/contracts';

import { isFresh, sendFailure } from './http-answer.ts';

/** What the door needs of the image store; `get` answers null for absent keys and throws when the store is away. */
export type ImageReader = {
  get(
    key: string,
  ): Promise<{ body: Buffer; contentType: string; size: number; etag: string } | null>;
  check(): Promise<void>;
  /** A temporary address of the store's own; null when the store has no addresses (local disk). */
  signedUrl(key: string): Promise<string | null>;
};

/** `?signed`: an API client wants the store's own address, not the bytes. Pages never ask for it: it would expire inside cached HTML. */
const SIGNED = 'signed';

/** Renditions never change under their name; a main picture follows each publish. */
const caching = (key: string): string =>
  key.startsWith('renditions/')
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=60, must-revalidate';

/**
 * Serves `/api/images/{key}`: 404 for unknown keys (pages then show their placeholder), 503 when the store is away.
 * With `?signed`: 307 to a temporary address of the store, 400 where the store has none.
 */
export async function serveImage(
  request: IncomingMessage,
  response: ServerResponse,
  { path, query }: { path: string; query: Readonly<Record<string, unknown>> },
  images: ImageReader,
): Promise<void> {
  request.resume();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendFailure(
      response,
      405,
      `${request.method} is not possible here; use GET.`,
      {},
      { allow: 'GET, HEAD' },
    );
  }
  const key = path.slice(apiPaths.images.length + 1);
  if (!IMAGE_KEY_PATTERN.test(key)) return sendFailure(response, 404, 'No image has this address.');
  let image;
  try {
    image = await images.get(key);
  } catch {
    return sendFailure(
      response,
      503,
      'The image store does not answer. Try again in a few seconds.',
      {},
      { 'retry-after': '5' },
    );
  }
  if (response.destroyed) return;
  if (image === null) return sendFailure(response, 404, 'This image is not stored.', { key });
  if (SIGNED in query) return sendSigned(response, await images.signedUrl(key));
  send(request, response, image, caching(key));
}

function sendSigned(response: ServerResponse, address: string | null): void {
  if (address === null)
    return sendFailure(
      response,
      400,
      'This shop keeps its pictures on disk, which has no addresses of its own: ask without ?signed.',
      { parameter: SIGNED },
    );
  response.writeHead(307, { location: address, 'cache-control': 'no-store' }).end();
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  image: { body: Buffer; contentType: string; etag: string },
  cacheControl: string,
): void {
  const headers = {
    etag: image.etag,
    'cache-control': cacheControl,
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  if (isFresh(request.headers['if-none-match'], image.etag.replaceAll('"', ''))) {
    response.writeHead(304, headers).end();
    return;
  }
  const total = image.body.length;
  const range =
    request.headers['if-range'] === undefined || request.headers['if-range'] === image.etag
      ? parseRange(request.headers.range, total)
      : null;
  if (range === 'unsatisfiable') {
    return sendFailure(
      response,
      416,
      `The image has ${total} bytes.`,
      {},
      { 'content-range': `bytes */${total}` },
    );
  }
  const body = range ? image.body.subarray(range.from, range.to + 1) : image.body;
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-type': image.contentType,
    'content-length': body.length,
    ...(range && { 'content-range': `bytes ${range.from}-${range.to}/${total}` }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** One byte range; null (send everything) for none, several or nonsense, as RFC 9110 allows. */
export function parseRange(
  header: string | undefined,
  total: number,
): { from: number; to: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const from = match[1] === '' ? Math.max(0, total - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? total - 1 : Math.min(total - 1, Number(match[2]));
  if (match[1] !== '' && match[2] !== '' && Number(match[2]) < from) return null;
  return from > to ? 'unsatisfiable' : { from, to };
}
