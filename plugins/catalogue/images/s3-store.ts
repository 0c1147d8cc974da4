import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

import {
  assertKey,
  cacheControlOf,
  contentTypeOf,
  type ImageStore,
  ImageStoreError,
  isKey,
  type StoredImage,
  type StoredKey,
} from './store.ts';

/**
 * How to reach a bucket. `endpoint` is the address browsers use too: it is part of every signature.
 * Empty = AWS.
 */
export interface S3Settings {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  forcePathStyle: boolean;
  /** Default life of a signed address, in seconds. */
  signedUrlExpires: number;
}

/** S3 clones refuse the SDK's newer checksums, so they are sent only where S3 requires them. */
function s3ClientOptions(settings: S3Settings): S3ClientConfig {
  return {
    region: settings.region,
    ...(settings.endpoint === '' ? {} : { endpoint: settings.endpoint }),
    forcePathStyle: settings.forcePathStyle,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Unknown');
const isAbsent = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes(nameOf(error));

/**
 * Turns "not there" into `absent` and everything else into one error type with a message for
 * people.
 */
async function asking<T, A>(what: string, absent: A, call: () => Promise<T>): Promise<T | A> {
  try {
    return await call();
  } catch (error) {
    if (isAbsent(error)) return absent;
    throw new ImageStoreError(
      `S3: cannot ${what} (${nameOf(error)}: ${error instanceof Error ? error.message : String(error)})`,
      { cause: error },
    );
  }
}

interface Bucket {
  client: S3Client;
  name: string;
}

async function getImage({ client, name }: Bucket, key: string): Promise<StoredImage | null> {
  const answer = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
  if (answer.Body === undefined) return null;
  const body = Buffer.from(await answer.Body.transformToByteArray());
  return {
    body,
    contentType: answer.ContentType ?? contentTypeOf(key),
    size: body.length,
    etag: answer.ETag ?? `"${body.length}"`,
  };
}

async function listKeys({ client, name }: Bucket, prefix: string): Promise<StoredKey[]> {
  const keys: StoredKey[] = [];
  for await (const page of paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix })) {
    for (const { Key, LastModified, Size } of page.Contents ?? []) {
      if (Key !== undefined)
        keys.push({ key: Key, modifiedAt: LastModified ?? new Date(0), size: Size ?? 0 });
    }
  }
  return keys;
}

/**
 * Keeps images in one bucket of S3 or anything that speaks it. Object ACLs are never sent: the
 * bucket's policy decides.
 */
export function s3Store(settings: S3Settings): ImageStore {
  // Short timeouts: when the store does not answer, the door serves the shipped seed or 503 rather
  // than hang.
  const requestHandler = {
    connectionTimeout: 1_500,
    requestTimeout: 10_000,
    throwOnRequestTimeout: true,
  };
  const client = new S3Client({ ...s3ClientOptions(settings), maxAttempts: 2, requestHandler });
  const bucket: Bucket = { client, name: settings.bucket };
  const at = (key: string): { Bucket: string; Key: string } => ({ Bucket: bucket.name, Key: key });
  return {
    async put(key, bytes, contentType) {
      assertKey(key);
      const object = {
        ...at(key),
        Body: bytes,
        ContentType: contentType,
        CacheControl: cacheControlOf(key),
      };
      await asking(`write ${key}`, undefined, () => client.send(new PutObjectCommand(object)));
    },
    get: async (key) =>
      isKey(key) ? asking(`read ${key}`, null, () => getImage(bucket, key)) : null,
    has: async (key) =>
      isKey(key) &&
      (await asking(`find ${key}`, null, () => client.send(new HeadObjectCommand(at(key))))) !==
        null,
    async delete(key) {
      assertKey(key);
      await asking(`delete ${key}`, undefined, () => client.send(new DeleteObjectCommand(at(key))));
    },
    list: (prefix) => asking(`list ${prefix}`, [], () => listKeys(bucket, prefix)),
    async check() {
      const found = await asking('reach the bucket', null, () =>
        client.send(new HeadBucketCommand({ Bucket: bucket.name })),
      );
      if (found === null) throw new ImageStoreError(`S3: the bucket ${bucket.name} does not exist`);
    },
    signedUrl: (key, seconds = settings.signedUrlExpires) =>
      getSignedUrl(client, new GetObjectCommand(at(key)), { expiresIn: seconds }),
  };
}
