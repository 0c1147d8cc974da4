import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';

import { type ImageStore, ImageStoreError, type StoredImage } from '../../../images/store.ts';
import { pictureFacts } from '../read-model/stored-documents.ts';
import { acceptPicture, type RenditionStores } from './accept-picture.ts';
import { type Query, writeMainPictures } from './main-pictures.ts';
import { withFacts } from './picture-facts.ts';
import { orphans, sweepRenditions } from './sweep-renditions.ts';

/** A store in memory that counts its writes. */
function memoryStore(): ImageStore & { kept: Map<string, StoredImage>; writes: string[] } {
  const kept = new Map<string, StoredImage>();
  const writes: string[] = [];
  return {
    kept,
    writes,
    async put(key, body, contentType) {
      writes.push(key);
      kept.set(key, { body, contentType, size: body.length, etag: '"x"' });
    },
    get: async (key) => kept.get(key) ?? null,
    has: async (key) => kept.has(key),
    async delete(key) {
      kept.delete(key);
    },
    list: async (prefix) =>
      [...kept.keys()]
        .filter((key) => key.startsWith(prefix))
        .map((key) => ({ key, modifiedAt: new Date(0), size: kept.get(key)?.size ?? 0 })),
    check: async () => undefined,
  };
}

const claim = { name: 'tasse.png', type: 'image/png' };
let png: Buffer;
let images: ReturnType<typeof memoryStore>;
let shipped: ReturnType<typeof memoryStore>;
let stores: RenditionStores;
beforeEach(async () => {
  png = await sharp({ create: { width: 350, height: 200, channels: 3, background: 'green' } })
    .png()
    .toBuffer();
  images = memoryStore();
  shipped = memoryStore();
  stores = { own: images, shipped };
});

describe('accepting a picture', () => {
  test('stores its renditions once: the same bytes are recognised', async () => {
    const first = await acceptPicture(stores, png, claim);
    expect(first).toMatchObject({ ok: true, facts: { width: 350, height: 200, widths: [320] } });
    expect(images.writes).toHaveLength(2);
    expect(await acceptPicture(stores, png, claim)).toEqual(first);
    expect(images.writes).toHaveLength(2);
  });

  test('shipped renditions are copied, not made again: browsers may fetch from the store itself', async () => {
    await acceptPicture({ own: shipped, shipped: images }, png, claim);
    for (const image of shipped.kept.values()) image.body = Buffer.from('shipped');
    await acceptPicture(stores, png, claim);

    expect(images.writes).toHaveLength(2);
    expect([...images.kept.values()].map(({ body }) => body.toString())).toEqual([
      'shipped',
      'shipped',
    ]);
  });

  test('a refused one leaves nothing', async () => {
    expect(await acceptPicture(stores, png.subarray(0, 90), claim)).toMatchObject({ ok: false });
    expect(images.writes).toEqual([]);
  });

  test('a store that is away is an error, not a refusal', async () => {
    const away = { ...images, has: () => Promise.reject(new ImageStoreError('away')) };
    await expect(acceptPicture({ own: away, shipped }, png, claim)).rejects.toThrow(
      ImageStoreError,
    );
  });
});

test('facts live beside what the provider keeps, and are read back', () => {
  const facts = { hash: 'a'.repeat(32), width: 10, height: 20, widths: [10] };
  const metadata = withFacts({ etag: 'x' }, facts);
  expect(metadata).toMatchObject({ etag: 'x' });
  expect(pictureFacts({ provider_metadata: metadata })).toEqual(facts);
  expect(pictureFacts({ provider_metadata: null })).toBeNull();
});

describe('main pictures', () => {
  const query =
    (rows: unknown[], log: string[]): Query =>
    async (sql) => {
      log.push(sql.trim().slice(0, 6));
      return sql.includes('full join') ? rows : [];
    };

  test('written from the renditions; one failure does not stop the others', async () => {
    const accepted = await acceptPicture(stores, png, claim);
    if (!accepted.ok) throw new Error(accepted.reason);
    const log: string[] = [];
    const rows = [
      { reference: 'ah-000', hash: 'b'.repeat(32), widths: '[320]' },
      { reference: 'ah-001', hash: accepted.facts.hash, widths: '[320]' },
    ];
    const run = await writeMainPictures(images, query(rows, log));

    expect(run.done).toBe(1);
    expect(Object.keys(run.failed)).toEqual(['ah-000']);

    const main = await images.get('products/ah-001/main.png');
    expect(await sharp(main?.body).metadata()).toMatchObject({ format: 'png', width: 320 });
    expect(log).toEqual(['select', 'insert']);
  });

  test('withdrawn: taken away', async () => {
    await images.put('products/ah-001/main.png', png, 'image/png');
    const log: string[] = [];
    await writeMainPictures(
      images,
      query([{ reference: 'ah-001', hash: null, widths: null }], log),
    );

    expect(await images.has('products/ah-001/main.png')).toBe(false);
    expect(log).toEqual(['select', 'delete']);
  });
});

test('orphans: neither referenced nor young', () => {
  const [used, lost, young] = ['a', 'b', 'c'].map(
    (letter) => `renditions/${letter.repeat(32)}/320.avif`,
  ) as [string, string, string];
  const now = new Date('2026-11-23T12:00:00Z');
  const old = new Date('2026-11-20T12:00:00Z');
  const keys = [
    { key: used, modifiedAt: old, size: 1 },
    { key: lost, modifiedAt: old, size: 2 },
    { key: young, modifiedAt: now, size: 4 },
  ];

  expect(orphans(keys, new Set(['a'.repeat(32)]), now).map(({ key }) => key)).toEqual([lost]);
});

describe('the sweep', () => {
  const [used, lost] = ['a', 'b'].map((letter) => `renditions/${letter.repeat(32)}/320.avif`) as [
    string,
    string,
  ];
  const now = new Date('2026-11-23T12:00:00Z');
  const refersTo =
    (...hashes: string[]): Query =>
    async () =>
      hashes.map((hash) => ({ hash }));
  beforeEach(async () => {
    for (const key of [used, lost]) await images.put(key, Buffer.from('avif'), 'image/avif');
  });

  test('removes what nothing refers to, and says how much that was', async () => {
    expect(await sweepRenditions(images, refersTo('a'.repeat(32)), now, true)).toEqual({
      ok: true,
      orphans: [lost],
      bytes: 4,
      kept: 1,
    });
    expect(await images.has(lost)).toBe(true);

    await sweepRenditions(images, refersTo('a'.repeat(32)), now, false);
    expect([...images.kept.keys()]).toEqual([used]);
  });

  test('an empty database removes nothing', async () => {
    expect(await sweepRenditions(images, refersTo(), now, false)).toEqual({
      ok: false,
      reason: 'nothing-referenced',
      stored: 2,
    });
    expect(images.kept.size).toBe(2);
  });
});
