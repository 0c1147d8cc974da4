import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Minio, minioMissing, startMinio } from '../../../infra/harness/minio.ts';
import { s3Store } from './s3-store.ts';
import { type ImageStore, ImageStoreError } from './store.ts';

const missing = minioMissing();
const origin = 'http://localhost:3000';

describe.skipIf(missing !== null)(
  `images on a real MinIO${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let minio: Minio;
    let store: ImageStore;
    const main = 'products/ah-001/main.png';
    const rendition = `renditions/${'a'.repeat(32)}/320.avif`;
    const address = (key: string): string => `${minio.endpoint}/${minio.bucket}/${key}`;

    beforeAll(async () => {
      minio = await startMinio({ corsOrigins: [origin] });
      const { S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = minio.env;
      store = s3Store({
        endpoint: minio.endpoint,
        region: 'us-east-1',
        bucket: minio.bucket,
        accessKeyId: S3_ACCESS_KEY_ID,
        secretAccessKey: S3_SECRET_ACCESS_KEY,
        forcePathStyle: true,
        signedUrlExpires: 900,
      });
      await store.put(main, Buffer.from('main'), 'image/png');
      await store.put(rendition, Buffer.from('avif'), 'image/avif');
      await store.put('originals/tasse.png', Buffer.from('original'), 'image/png');
    }, 900_000);
    afterAll(() => minio?.remove());

    test('keeps bytes, type and tag; lists; a miss is null', async () => {
      expect(await store.get(rendition)).toMatchObject({
        body: Buffer.from('avif'),
        contentType: 'image/avif',
        size: 4,
        etag: expect.stringMatching(/^".+"$/),
      });
      expect((await store.list('renditions/')).map(({ key }) => key)).toEqual([rendition]);
      expect(await store.get('products/none/main.png')).toBeNull();
      expect(await store.has('products/none/main.png')).toBe(false);

      await store.put('products/gone/main.png', Buffer.from('x'), 'image/png');
      await store.delete('products/gone/main.png');

      expect(await store.has('products/gone/main.png')).toBe(false);
      await expect(store.check()).resolves.toBeUndefined();
    });

    test('anonymous: main pictures may be read, nothing else may be read, listed or written', async () => {
      const head = await fetch(address(main), { method: 'HEAD' });

      expect([head.status, head.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect((await fetch(address(rendition))).status).toBe(403);
      expect((await fetch(address('originals/tasse.png'))).status).toBe(403);
      expect((await fetch(`${minio.endpoint}/${minio.bucket}/`)).status).toBe(403);
      expect((await fetch(address(main), { method: 'PUT', body: 'mine' })).status).toBe(403);
      expect((await fetch(address(main), { method: 'DELETE' })).status).toBe(403);
    });

    test('public mode: renditions may be read too, cached for ever; originals, listing and writing stay closed; private mode closes them again', async () => {
      await minio.bucketJob({ S3_PUBLIC_RENDITIONS: 'true' });
      const open = await fetch(address(rendition), { headers: { Origin: origin } });

      expect([
        open.status,
        open.headers.get('content-type'),
        open.headers.get('cache-control'),
      ]).toEqual([200, 'image/avif', 'public, max-age=31536000, immutable']);
      expect(open.headers.get('access-control-allow-origin')).toBe(origin);
      expect((await fetch(address(main))).headers.get('cache-control')).toBe(
        'public, max-age=60, must-revalidate',
      );
      for (const closed of [
        address('originals/tasse.png'),
        `${minio.endpoint}/${minio.bucket}/`,
        `${minio.endpoint}/${minio.bucket}/?list-type=2&prefix=renditions/`,
      ]) {
        expect([closed, (await fetch(closed)).status]).toEqual([closed, 403]);
      }
      expect((await fetch(address(rendition), { method: 'PUT', body: 'mine' })).status).toBe(403);
      expect((await fetch(address(rendition), { method: 'DELETE' })).status).toBe(403);

      await minio.bucketJob({});
      expect([
        (await fetch(address(rendition))).status,
        (await fetch(address(main))).status,
      ]).toEqual([403, 200]);
    });

    test('a signed address opens a private object, for its time only, and for its key only', async () => {
      const signed = (await store.signedUrl?.(rendition, 1)) ?? '';

      expect(new URL(signed).origin).toBe(minio.endpoint);

      const answer = await fetch(signed);
      expect([answer.status, await answer.text()]).toEqual([200, 'avif']);
      expect((await fetch(signed.replace('320.avif', '640.avif'))).status).toBe(403);
      await expect.poll(async () => (await fetch(signed)).status, { timeout: 5_000 }).toBe(403);
    });

    test('CORS: the shop may read from the bucket, other sites may not', async () => {
      expect(
        (await fetch(address(main), { headers: { Origin: origin } })).headers.get(
          'access-control-allow-origin',
        ),
      ).toBe(origin);
      expect(
        (
          await fetch(address(main), { headers: { Origin: 'https://elsewhere.example' } })
        ).headers.get('access-control-allow-origin'),
      ).toBeNull();
    });

    test('away: an error that says so, within seconds; back: it works again by itself', async () => {
      await minio.stop();
      await expect(store.get(main)).rejects.toThrow(ImageStoreError);
      await expect(store.check()).rejects.toThrow(/S3: cannot reach the bucket/);
      await minio.start();
      expect((await store.get(main))?.size).toBe(4);
    }, 30_000);
  },
);
