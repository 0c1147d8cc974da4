import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { diskStore } from './disk-store.ts';
import { layered } from './open-store.ts';
import { type ImageStore, ImageStoreError, isKey } from './store.ts';

let root: string;
let store: ImageStore;
const key = `renditions/${'a'.repeat(32)}/320.webp`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'images-'));
  store = diskStore(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

test.each([
  ['products/ah-001/main.png', true],
  ['../secrets.json', false],
  ['renditions/../../x', false],
  ['/etc/passwd', false],
  ['a//b', false],
  ['a\\..\\b', false],
  ['.writing-1', false],
  ['a\0b', false],
  ['', false],
])('%j is a key: %s', (candidate, expected) => expect(isKey(candidate)).toBe(expected));

describe('disk store', () => {
  test('gives back what was put, with type, size and an etag that follows the bytes', async () => {
    await store.put(key, Buffer.from('one'), 'image/webp');
    const first = await store.get(key);

    expect(first).toMatchObject({ contentType: 'image/webp', size: 3 });

    await store.put(key, Buffer.from('two'), 'image/webp');
    const second = await store.get(key);

    expect(second?.body.toString()).toBe('two');
    expect(second?.etag).not.toBe(first?.etag);
  });

  test('lists by prefix, deletes twice without complaint, then has nothing', async () => {
    await store.put('products/ah-001/main.png', Buffer.from('png'), 'image/png');
    await store.put(key, Buffer.from('x'), 'image/webp');

    expect((await store.list('renditions/aa')).map((found) => found.key)).toEqual([key]);

    await store.delete(key);
    await store.delete(key);

    expect(await store.has(key)).toBe(false);
    expect(await store.get(key)).toBeNull();
    expect(await store.list('renditions/')).toEqual([]);
    expect(await store.list('nowhere/')).toEqual([]);
  });

  test('refuses to leave its folder', async () => {
    await expect(store.put('../out.png', Buffer.from(''), 'image/png')).rejects.toThrow(RangeError);
    expect(await store.get('../out.png')).toBeNull();
  });

  test('a write that fails leaves no half file and says where', async () => {
    await writeFile(join(root, 'file'), 'in the way');
    await expect(store.put('file/main.png', Buffer.from('x'), 'image/png')).rejects.toThrow(
      ImageStoreError,
    );
    expect(
      (await readdir(root, { recursive: true })).filter((name) => name.includes('.writing')),
    ).toEqual([]);
  });
});

describe('layers', () => {
  const away: ImageStore = {
    ...diskStore('/nowhere'),
    get: () => Promise.reject(new ImageStoreError('away')),
    has: () => Promise.reject(new ImageStoreError('away')),
  };

  test('with the store away the seed still answers; only a miss is an error', async () => {
    await store.put(key, Buffer.from('seed'), 'image/webp');
    const both = layered(away, store);
    expect((await both.get(key))?.body.toString()).toBe('seed');
    expect(await both.has(key)).toBe(true);
    await expect(both.get('products/ah-009/main.png')).rejects.toThrow('away');
  });

  test('the upper store wins', async () => {
    const upper = diskStore(join(root, 'upper'));
    await upper.put(key, Buffer.from('own'), 'image/webp');
    expect((await layered(upper, store).get(key))?.body.toString()).toBe('own');
  });
});
