import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';

import {
  createDatabase,
  type RunningApi,
  shopEnv,
  startApi,
  startStorefront,
  testAdmin,
  type TestDatabase,
} from '../../../../../infra/harness/index.ts';
import { type Minio, minioMissing, startMinio } from '../../../../../infra/harness/minio.ts';
import { diskStore } from '../../../images/disk-store.ts';
import { pictureHash } from '../../../images/hash.ts';
import { hostileFiles } from '../../../images/hostile.fixture.ts';
import { s3Store } from '../../../images/s3-store.ts';
import type { ImageStore } from '../../../images/store.ts';
import {
  type AdminLibrary,
  type LibraryFile,
  openLibrary,
  type Sent,
} from './admin-library.fixture.ts';

const run = promisify(execFile);
const missing = minioMissing();
const SIGNED_SECONDS = 2;
const hostile = await hostileFiles();
const picture = async (background: string, name = 'vase.png'): Promise<Sent> => ({
  bytes: await sharp({ create: { width: 700, height: 500, channels: 3, background } })
    .png()
    .toBuffer(),
  name,
  type: 'image/png',
});
/** Its pixels: Strapi packs a PNG again, without metadata, before it stores it. */
const pixels = async (bytes: Buffer | undefined): Promise<string> =>
  (await sharp(bytes).removeAlpha().raw().toBuffer()).toString('hex', 0, 300);

describe('media library on local disk', () => {
  let api: RunningApi;
  let library: AdminLibrary;
  beforeAll(async () => {
    api = await startApi();
    library = await openLibrary(api.url, testAdmin);
  });
  afterAll(() => api?.stop());

  test('upload, serve, replace, delete', async () => {
    const sent = await picture('sienna');
    const [file] = (await library.upload(sent)).files as [LibraryFile];

    expect((await fetch(new URL(file.url, api.url))).status).toBe(200);

    const renditions = `renditions/${pictureHash(sent.bytes)}/`;
    const images = diskStore(join(api.dataDir, 'images'));

    expect(await images.list(renditions)).toHaveLength(6);
    expect(
      (await fetch(`${api.url}/api/images/${renditions}640.avif`)).headers.get('content-type'),
    ).toBe('image/avif');
    expect((await fetch(`${api.url}/api/images/${renditions}640.avif?signed`)).status).toBe(400);

    const other = await picture('olive');
    expect((await library.replace(file.id, other)).status).toBe(200);
    expect(await images.list(`renditions/${pictureHash(other.bytes)}/`)).toHaveLength(6);
    expect(await library.remove(file.id)).toBe(200);
    expect((await fetch(new URL(file.url, api.url))).status).toBe(404);
  });

  test.each(hostile)('$what is refused in French and leaves nothing', async (sent) => {
    const before = await library.list();
    const answer = await library.upload(sent);
    expect(answer.status).toBe(400);
    expect(answer.message).toMatch(sent.refusal);
    expect(await library.list()).toEqual(before);
  });

  test('one bad file among good ones refuses them all', async () => {
    const before = await library.list();
    const answer = await library.upload(await picture('teal', 'a.png'), hostile[6] as Sent);
    expect(answer.status).toBe(400);
    expect(await library.list()).toEqual(before);
  });
});

describe.skipIf(missing !== null)(
  `media library on S3${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let minio: Minio;
    let database: TestDatabase;
    let api: RunningApi;
    let library: AdminLibrary;
    let store: ImageStore;
    const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-s3-'));
    const address = (key: string): string => `${minio.endpoint}/${minio.bucket}/${key}`;
    const originalKey = (file: LibraryFile): string => `originals/${file.hash}${file.ext}`;

    beforeAll(async () => {
      minio = await startMinio();
      const env = { ...minio.env, S3_SIGNED_URL_EXPIRES: String(SIGNED_SECONDS) };
      const { S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = minio.env;
      store = s3Store({
        endpoint: minio.endpoint,
        region: 'us-east-1',
        bucket: minio.bucket,
        accessKeyId: S3_ACCESS_KEY_ID,
        secretAccessKey: S3_SECRET_ACCESS_KEY,
        forcePathStyle: true,
        signedUrlExpires: SIGNED_SECONDS,
      });
      database = await createDatabase();
      await run(process.execPath, [join(ROOT, 'cms/run.ts'), 'setup'], {
        cwd: ROOT,
        env: { ...shopEnv(database.url, dataDir), ...env },
        maxBuffer: 1e8,
      });
      api = await startApi({ databaseUrl: database.url, dataDir, env });
      library = await openLibrary(api.url, testAdmin);
    }, 900_000);

    afterAll(async () => {
      await api?.stop();
      await database?.drop();
      await minio?.remove();
      rmSync(dataDir, { recursive: true, force: true });
    });

    test('after the seed the main picture of a product is public', async () => {
      await expect
        .poll(
          async () => (await fetch(address('products/ah-001/main.png'), { method: 'HEAD' })).status,
          { timeout: 30_000 },
        )
        .toBe(200);
      const shown = await sharp(
        Buffer.from(await (await fetch(address('products/ah-001/main.png'))).arrayBuffer()),
      ).metadata();
      expect(shown).toMatchObject({ format: 'png', width: 960 });
    });

    test('upload, replace, delete: object, privacy, signed address and its end', async () => {
      const sent = await picture('sienna');
      const [file] = (await library.upload(sent)).files as [LibraryFile];

      expect(file).toMatchObject({ isUrlSigned: true, mime: 'image/png' });
      expect(await pixels((await store.get(originalKey(file)))?.body)).toBe(
        await pixels(sent.bytes),
      );
      expect((await fetch(address(originalKey(file)))).status).toBe(403);
      expect(new URL(file.url).origin).toBe(minio.endpoint);
      expect((await fetch(file.url)).status).toBe(200);
      await expect.poll(async () => (await fetch(file.url)).status, { timeout: 10_000 }).toBe(403);

      const other = await picture('olive');
      const [replaced] = (await library.replace(file.id, other)).files as [LibraryFile];

      expect(originalKey(replaced)).toBe(originalKey(file));
      expect(await pixels((await store.get(originalKey(file)))?.body)).toBe(
        await pixels(other.bytes),
      );
      expect(await store.list(`renditions/${pictureHash(other.bytes)}/`)).toHaveLength(6);

      expect(await library.remove(file.id)).toBe(200);
      expect(await store.has(originalKey(file))).toBe(false);
    });

    test('private bucket: the API serves what the bucket will not', async () => {
      const sent = await picture('navy');
      await library.upload(sent);
      const key = `renditions/${pictureHash(sent.bytes)}/640.webp`;

      expect((await fetch(address(key))).status).toBe(403);

      const served = await fetch(`${api.url}/api/images/${key}`);
      expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp']);

      const signed = await fetch(`${api.url}/api/images/${key}?signed`, { redirect: 'manual' });
      expect([signed.status, signed.headers.get('cache-control')]).toEqual([307, 'no-store']);
      expect((await fetch(signed.headers.get('location') ?? '')).status).toBe(200);
    });

    test('public bucket: every picture of a page, shipped ones included, is in the bucket and open', async () => {
      await minio.bucketJob({ S3_PUBLIC_RENDITIONS: 'true' });
      const base = `${minio.endpoint}/${minio.bucket}`;
      const storefront = await startStorefront({
        apiUrl: api.url,
        env: { PUBLIC_IMAGE_BASE: base },
      });
      try {
        const pages = await Promise.all(
          ['/', '/produits', '/produits/tasse-rivage'].map(async (path) =>
            (await fetch(`${storefront.url}${path}`)).text(),
          ),
        );
        const named = new Set(
          pages.flatMap((page) =>
            [...page.matchAll(/http:[^\s"',]+\.(?:avif|webp|png)/g)].map(([url]) => url),
          ),
        );
        expect(named.size).toBeGreaterThan(80);
        const statuses = await Promise.all(
          [...named].map(async (url) => [
            url.startsWith(`${base}/`),
            (await fetch(url, { method: 'HEAD' })).status,
            url,
          ]),
        );
        expect(statuses.filter(([fromBucket, status]) => !fromBucket || status !== 200)).toEqual(
          [],
        );
      } finally {
        await storefront.stop();
        await minio.bucketJob({});
      }
    });

    test('store away: a clear refusal, nothing half-saved; back: the same upload succeeds', async () => {
      const before = (await library.list()).length;
      const sent = await picture('gold', 'or.png');
      await minio.stop();
      const answer = await library.upload(sent);

      expect(answer.status).toBe(503);
      expect(answer.message).toMatch(/stockage des images ne répond pas/);

      await minio.start();
      expect(await library.list()).toHaveLength(before);
      expect((await library.upload(sent)).status).toBe(201);
    });
  },
);
