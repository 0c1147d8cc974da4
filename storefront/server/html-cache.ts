import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Encoded } from '@comptoir/http';
import { encodeBody } from '@comptoir/http';

/** A page as the renderer made it. */
export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  tags: ReadonlySet<string>;
}
/**
 * A page ready to send. `etag` is without quotes and encoding; null for pages that clients never
 * keep.
 */
export interface CachedPage {
  status: number;
  headers: Record<string, string>;
  body: Encoded;
  etag: string | null;
}
export type CacheResult = 'hit' | 'miss' | 'stale';
interface KeptPage extends CachedPage {
  tags: ReadonlySet<string>;
  fresh: boolean;
}
interface Flight {
  since: number;
  page: Promise<KeptPage>;
}

const CACHED_STATUS = new Set([200, 301, 404]);
const size = ({ body }: KeptPage): number =>
  body.identity.length + (body.br?.length ?? 0) + (body.gzip?.length ?? 0) + 1024;

async function prepare(rendered: Rendered): Promise<KeptPage> {
  const etag = createHash('sha256').update(rendered.body).digest('base64url').slice(0, 22);
  return {
    status: rendered.status,
    headers: rendered.headers,
    tags: rendered.tags,
    body: await encodeBody(rendered.body),
    etag,
    fresh: true,
  };
}

/**
 * Rendered pages in memory, bounded in bytes. A touched page is rendered again for its next
 * visitor; should that fail, the old one is served. Visitors who come while a page is being
 * rendered wait for the same rendering.
 */
export class HtmlCache {
  readonly #pages: LRUCache<string, KeptPage>;
  readonly #flights = new Map<string, Flight>();
  /** Tag → number of the touch that hit it last, for renderings under way. */
  readonly #touchedAt = new Map<string, number>();
  #touches = 0;

  constructor(maxBytes: number) {
    this.#pages = new LRUCache({ maxSize: maxBytes, sizeCalculation: size });
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#pages.calculatedSize;
  }
  get pages(): number {
    return this.#pages.size;
  }

  /** Marks every page that shows one of these tags; returns how many. */
  touch(tags: readonly string[]): number {
    this.#touches += 1;
    if (this.#flights.size > 0) for (const tag of tags) this.#touchedAt.set(tag, this.#touches);
    let marked = 0;
    for (const page of this.#pages.values()) {
      if (!page.fresh || !tags.some((tag) => page.tags.has(tag))) continue;
      page.fresh = false;
      marked += 1;
    }
    return marked;
  }

  /**
   * The page at `key`, rendered when it is missing or touched.
   * @throws what `render` throws when there is no older page.
   */
  async get(
    key: string,
    render: () => Promise<Rendered>,
  ): Promise<{ page: CachedPage; result: CacheResult }> {
    const kept = this.#pages.get(key);
    if (kept?.fresh) return { page: kept, result: 'hit' };
    try {
      const page = await this.#renderOnce(key, render);
      if (page.status >= 500 && kept) return { page: kept, result: 'stale' };
      return { page, result: 'miss' };
    } catch (error) {
      if (kept) return { page: kept, result: 'stale' };
      throw error;
    }
  }

  #renderOnce(key: string, render: () => Promise<Rendered>): Promise<KeptPage> {
    const flight = this.#flights.get(key);
    // A rendering that began before the last touch may show the old state, so this visitor does not
    // wait for it.
    if (flight?.since === this.#touches) return flight.page;
    const mine: Flight = { since: this.#touches, page: this.#render(key, render, this.#touches) };
    this.#flights.set(key, mine);
    const done = (): void => {
      if (this.#flights.get(key) === mine) this.#flights.delete(key);
      if (this.#flights.size === 0) this.#touchedAt.clear();
    };
    mine.page.then(done, done);
    return mine.page;
  }

  async #render(key: string, render: () => Promise<Rendered>, since: number): Promise<KeptPage> {
    const page = await prepare(await render());
    page.fresh = ![...page.tags].some((tag) => (this.#touchedAt.get(tag) ?? 0) > since);
    const newer = this.#flights.get(key);
    if (CACHED_STATUS.has(page.status) && (!newer || newer.since <= since))
      this.#pages.set(key, page);
    return page;
  }
}

/**
 * Key of a page: its path, the parameters that pages read, and the build. Everything else in the
 * query is ignored.
 */
export function cacheKey(url: URL, allowed: readonly string[], build: string): string {
  const parameters = allowed.flatMap((name) =>
    url.searchParams.getAll(name).map((value) => `${name}=${encodeURIComponent(value)}`),
  );
  return `${build} ${url.pathname}?${parameters.join('&')}`;
}
