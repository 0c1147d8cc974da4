import { apiPaths, IMAGE_KEY_PATTERN } from '@comptoir/contracts';

import { answerFailure, type DoorContext, type DoorMiddleware } from './door-context.ts';
import { isFresh } from './http-answer.ts';

/**
 * What the door needs of the image store; `get` answers null for absent keys and throws when the
 * store is away.
 */
export type ImageReader = {
  get(
    key: string,
  ): Promise<{ body: Buffer; contentType: string; size: number; etag: string } | null>;
  check(): Promise<void>;
  /** A temporary address of the store's own; null when the store has no addresses (local disk). */
  signedUrl(key: string): Promise<string | null>;
};

/**
 * `?signed`: an API client wants the store's own address, not the bytes. Pages never ask for it: it
 * would expire inside cached HTML.
 */
const SIGNED = 'signed';

/** Renditions never change under their name; a main picture follows each publish. */
const caching = (key: string): string =>
  key.startsWith('renditions/')
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=60, must-revalidate';

/**
 * Serves `/api/images/{key}`: 404 for unknown keys (pages then show their placeholder), 503 when
 * the store is away. With `?signed`: 307 to a temporary address of the store, 400 where the store
 * has none.
 */
export function imageRoute(images: ImageReader): DoorMiddleware {
  return async (context, next) => {
    if (!context.path.startsWith(`${apiPaths.images}/`)) return next();
    context.state.route = apiPaths.images;
    context.req.resume();
    if (context.method !== 'GET' && context.method !== 'HEAD') {
      const message = `${context.method} is not possible here; use GET.`;
      return answerFailure(context, 405, message, { headers: { allow: 'GET, HEAD' } });
    }
    return answerImage(context, images);
  };
}

async function answerImage(context: DoorContext, images: ImageReader): Promise<void> {
  const key = context.path.slice(apiPaths.images.length + 1);
  if (!IMAGE_KEY_PATTERN.test(key))
    return answerFailure(context, 404, 'No image has this address.');
  let image;
  try {
    image = await images.get(key);
  } catch {
    const message = 'The image store does not answer. Try again in a few seconds.';
    return answerFailure(context, 503, message, { headers: { 'retry-after': '5' } });
  }
  if (image === null)
    return answerFailure(context, 404, 'This image is not stored.', { details: { key } });
  if (SIGNED in context.query) return answerSigned(context, await images.signedUrl(key));
  return answerBytes(context, image, caching(key));
}

function answerSigned(context: DoorContext, address: string | null): void {
  if (address === null) {
    const message =
      'This shop keeps its pictures on disk, which has no addresses of its own: ask without ?signed.';
    return answerFailure(context, 400, message, { details: { parameter: SIGNED } });
  }
  // The body first: Koa turns an answer without one into 204.
  context.body = null;
  context.status = 307;
  context.set({ location: address, 'cache-control': 'no-store' });
}

/** The picture, or the one range of it that is asked for; 304 when the client has it. */
function answerBytes(
  context: DoorContext,
  image: { body: Buffer; contentType: string; etag: string },
  cacheControl: string,
): void {
  const { headers } = context.req;
  const known = isFresh(headers['if-none-match'], image.etag.replaceAll('"', ''));
  const total = image.body.length;
  const sameVersion = headers['if-range'] === undefined || headers['if-range'] === image.etag;
  const range = sameVersion && !known ? parseRange(headers.range, total) : null;
  if (range === 'unsatisfiable') {
    const unsatisfied = { 'content-range': `bytes */${total}` };
    return answerFailure(context, 416, `The image has ${total} bytes.`, { headers: unsatisfied });
  }
  context.set({
    etag: image.etag,
    'cache-control': cacheControl,
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (known) {
    context.status = 304;
    return;
  }
  context.set('content-type', image.contentType);
  if (range) context.set('content-range', `bytes ${range.from}-${range.to}/${total}`);
  context.status = range ? 206 : 200;
  context.body = range ? image.body.subarray(range.from, range.to + 1) : image.body;
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
