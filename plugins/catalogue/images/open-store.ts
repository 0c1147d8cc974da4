import { join } from 'node:path';

import { diskStore } from './disk-store.ts';
import { type S3Settings, s3Store } from './s3-store.ts';
import { type ImageStore, ImageStoreError } from './store.ts';

/**
 * The part of the environment that says where images live; `loadEnv(…)` of `@comptoir/env` has all
 * of it.
 */
interface ImageEnv {
  imageStore: 'disk' | 's3';
  dataDir: string;
  s3Endpoint?: string | undefined;
  s3Region: string;
  s3Bucket: string;
  s3AccessKeyId?: string | undefined;
  s3SecretAccessKey?: string | undefined;
  s3ForcePathStyle: boolean;
  s3SignedUrlExpires: number;
}

/** The S3 settings of an environment. */
function s3SettingsOf(env: ImageEnv): S3Settings {
  return {
    endpoint: env.s3Endpoint ?? '',
    region: env.s3Region,
    bucket: env.s3Bucket,
    accessKeyId: env.s3AccessKeyId ?? '',
    secretAccessKey: env.s3SecretAccessKey ?? '',
    forcePathStyle: env.s3ForcePathStyle,
    signedUrlExpires: env.s3SignedUrlExpires,
  };
}

/** The folder images live in when `IMAGE_STORE=disk`. */
const imageFolder = (dataDir: string): string => join(dataDir, 'images');

/**
 * Reads from `upper`, then from `lower`; when `upper` does not answer, `lower` still does, and only
 * a miss there is an error.
 */
async function firstOf<T>(
  upper: () => Promise<T>,
  lower: () => Promise<T>,
  found: (value: T) => boolean,
): Promise<T> {
  let away: unknown = null;
  try {
    const value = await upper();
    if (found(value)) return value;
  } catch (error) {
    if (!(error instanceof ImageStoreError)) throw error;
    away = error;
  }
  const value = await lower();
  if (!found(value) && away !== null) throw away;
  return value;
}

/**
 * `upper` over a read-only `lower`: writes, deletes, listings, addresses and health are the upper
 * store's alone.
 */
export function layered(upper: ImageStore, lower: Pick<ImageStore, 'get' | 'has'>): ImageStore {
  return {
    ...upper,
    get: (key) =>
      firstOf(
        () => upper.get(key),
        () => lower.get(key),
        (image) => image !== null,
      ),
    has: (key) =>
      firstOf(
        () => upper.has(key),
        () => lower.has(key),
        Boolean,
      ),
  };
}

/**
 * The store the environment names, without the shipped seed below it; for sweeps and writers that
 * must know what is really stored.
 */
export function openOwnStore(env: ImageEnv): ImageStore {
  return env.imageStore === 's3' ? s3Store(s3SettingsOf(env)) : diskStore(imageFolder(env.dataDir));
}

/** The renditions shipped in `seedDir` (`infra/seed`); read only. */
export const openShipped = (seedDir: string): Pick<ImageStore, 'get' | 'has'> => diskStore(seedDir);

/**
 * The shop's images: the store the environment names, over the renditions shipped in `seedDir`
 * (`infra/seed`).
 *
 * For `GET /api/images/{key}`:
 * - refuse keys that do not match `IMAGE_KEY_PATTERN` (contracts) with 404;
 * - `const image = await store.get(key)`: `null` is 404;
 * - {@link ImageStoreError} is 503 with `Retry-After`: the store does not answer and the seed does
 *   not have the image;
 * - otherwise send `image.body` with `image.contentType`, `ETag: image.etag` and
 *   `Cache-Control: cacheControlOf(key)`.
 *
 * `store.check()` is the `storage` line of `/health`. `products/{reference}/main.png` is in no
 * seed: with nothing stored yet it is 404, and pages use renditions anyway.
 */
export function openImageStore(env: ImageEnv, seedDir: string): ImageStore {
  return layered(openOwnStore(env), openShipped(seedDir));
}
