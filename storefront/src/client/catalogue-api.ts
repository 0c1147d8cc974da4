import type { CatalogueSnapshot, FollowAnswer, Preview } from '@comptoir/contracts';
import {
  apiPaths,
  catalogueSnapshotSchema,
  followAnswerSchema,
  previewSchema,
} from '@comptoir/contracts';

/** Reads the catalogue from the API. Answers are parsed; an unexpected answer throws. */
export interface CatalogueApi {
  /**
   * The published catalogue, or null when it is unchanged since the answer that had this `etag`.
   */
  snapshot: (
    etag: string | null,
    signal: AbortSignal,
  ) => Promise<{ snapshot: CatalogueSnapshot; etag: string | null } | null>;
  /** Waits for changes after a version; null when the wait ended without any. */
  follow: (after: string, signal: AbortSignal) => Promise<FollowAnswer | null>;
  preview: (token: string) => Promise<PreviewAnswer>;
}
export type PreviewAnswer =
  { ok: true; preview: Preview } | { ok: false; reason: 'gone' | 'unreachable' };

/** After so many ms without an answer a long poll counts as lost; the API answers well before. */
const FOLLOW_TIMEOUT = 75_000;
const ANSWER_TIMEOUT = 10_000;

async function get(
  url: string,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...headers },
    signal,
    redirect: 'error',
  });
  if (!response.ok && response.status !== 304) {
    await response.body?.cancel();
    throw new Error(`The API answered ${response.status}`);
  }
  return response;
}

async function readPreview(url: string): Promise<PreviewAnswer> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(ANSWER_TIMEOUT),
    redirect: 'error',
  });
  if (response.ok) return { ok: true, preview: previewSchema.parse(await response.json()) };
  await response.body?.cancel();
  return { ok: false, reason: response.status < 500 ? 'gone' : 'unreachable' };
}

/** @param base address of the API, without a trailing slash. */
export function createCatalogueApi(base: string): CatalogueApi {
  return {
    async snapshot(etag, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT)]);
      const response = await get(
        base + apiPaths.snapshot,
        limit,
        etag ? { 'if-none-match': etag } : {},
      );
      if (response.status === 304) return null;
      return {
        snapshot: catalogueSnapshotSchema.parse(await response.json()),
        etag: response.headers.get('etag'),
      };
    },
    async follow(after, signal) {
      const response = await get(
        base + apiPaths.follow(after),
        AbortSignal.any([signal, AbortSignal.timeout(FOLLOW_TIMEOUT)]),
      );
      return response.status === 200 ? followAnswerSchema.parse(await response.json()) : null;
    },
    async preview(token) {
      return readPreview(base + apiPaths.preview(token)).catch((): PreviewAnswer => ({
        ok: false,
        reason: 'unreachable',
      }));
    },
  };
}
