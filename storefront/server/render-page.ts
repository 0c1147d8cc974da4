import type { RequestListener } from 'node:http';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import type { ShopLocals } from '../src/client/shop-locals.ts';
import type { PersonalProps } from '../src/features/personal-pages.ts';
import type { Rendered } from './html-cache.ts';

/** What `astro build` exports: a handler for Node's requests that takes `locals`. */
export type AstroHandler = (
  ...args: [
    ...Parameters<RequestListener>,
    (() => void) | undefined,
    { shop: ShopLocals; personalProps?: PersonalProps },
  ]
) => Promise<void>;

/** Longest a page may take, in ms. Pages render from memory; only a preview waits for the API. */
const RENDER_TIMEOUT = 15_000;

/** A response that is written to memory. */
class Captured extends ServerResponse {
  readonly chunks: Buffer[] = [];
  override writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status;
    const headers = rest.find((part) => typeof part === 'object' && part !== null);
    for (const [name, value] of Object.entries(headers ?? {}))
      this.setHeader(name, Array.isArray(value) ? value.map(String) : String(value));
    return this;
  }
  override write(chunk: unknown, ...rest: unknown[]): boolean {
    this.chunks.push(
      typeof chunk === 'string'
        ? Buffer.from(chunk)
        : Buffer.from(chunk instanceof Uint8Array ? chunk : []),
    );
    const done = rest.find((part) => typeof part === 'function');
    if (done) done();
    return true;
  }
  override end(chunk?: unknown): this {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk);
    this.emit('finish');
    return this;
  }
  override destroy(error?: Error): this {
    this.emit('failed', error ?? new Error('The page broke off while it was rendered'));
    return this;
  }
}

/**
 * A request with a path and no data of the visitor: a cached page must be the same for all
 * visitors.
 */
function anonymousRequest(path: string, host: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = 'GET';
  request.url = path;
  request.headers = { host, accept: 'text/html' };
  return request;
}

/**
 * Renders one path; `personalProps` is what a personal page shows.
 * @throws Error when the page breaks off or takes too long.
 */
export async function renderPage(
  handler: AstroHandler,
  path: string,
  shop: ShopLocals,
  personalProps?: PersonalProps,
): Promise<Rendered> {
  const request = anonymousRequest(path, new URL(shop.siteUrl).host);
  const response = new Captured(request);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => reject(new Error(`${path} took longer than ${RENDER_TIMEOUT} ms`)),
    RENDER_TIMEOUT,
  );
  response.once('finish', () => resolve());
  response.once('failed', reject);
  try {
    await Promise.all([
      promise,
      handler(request, response, undefined, { shop, ...(personalProps && { personalProps }) }),
    ]);
  } finally {
    clearTimeout(timer);
  }
  const headers = Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
  return {
    status: response.statusCode,
    headers,
    body: Buffer.concat(response.chunks),
    tags: shop.catalogue.tags,
  };
}
