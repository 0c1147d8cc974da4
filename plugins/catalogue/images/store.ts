/**
 * An image as a store gives it back. `etag` is a quoted entity tag that changes with the bytes;
 * `size` is in bytes.
 */
export interface StoredImage {
  body: Buffer;
  contentType: string;
  size: number;
  etag: string;
}

/** One line of a store's listing. */
export interface StoredKey {
  key: string;
  modifiedAt: Date;
  /** In bytes. */
  size: number;
}

/**
 * Where renditions and main pictures are kept: on disk, in S3, or in the shipped seed. Absent keys
 * are values (`null`, `false`), never errors; a store that cannot be reached throws {@link
 * ImageStoreError}. A key that is not well formed is treated as absent by readers and refused with
 * a RangeError by writers.
 */
export interface ImageStore {
  /** Writes whole or not at all; overwrites. */
  put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  get(key: string): Promise<StoredImage | null>;
  has(key: string): Promise<boolean>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Every key that starts with `prefix`, in no order. */
  list(prefix: string): Promise<StoredKey[]>;
  /** Resolves when the store can be used, for health; throws {@link ImageStoreError} otherwise. */
  check(): Promise<void>;
  /**
   * A temporary address for API clients, `seconds` long; absent on stores that have no addresses.
   */
  signedUrl?(key: string, seconds?: number): Promise<string>;
}

/** The store did not answer or refused; `cause` says why. */
export class ImageStoreError extends Error {
  override name = 'ImageStoreError';
}

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * True for keys every store can hold: slash-separated plain names, so a key can never leave the
 * store's folder.
 */
export function isKey(key: string): boolean {
  return key.length <= 200 && key.split('/').every((segment) => SEGMENT.test(segment));
}

/** @throws RangeError when `key` is malformed. */
export function assertKey(key: string): void {
  if (!isKey(key)) throw new RangeError(`Not an image key: ${JSON.stringify(key.slice(0, 100))}`);
}

const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  webp: 'image/webp',
  png: 'image/png',
  jpg: 'image/jpeg',
  json: 'application/json',
};

/** Media type of a key by its ending; `application/octet-stream` when unknown. */
export function contentTypeOf(key: string): string {
  return TYPES[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

/** Shared caching of stored images: renditions never change under their name, main pictures do. */
export function cacheControlOf(key: string): string {
  return key.startsWith('renditions/')
    ? 'public, max-age=31536000, immutable'
    : 'public, max-age=60, must-revalidate';
}
