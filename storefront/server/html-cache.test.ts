import { expect, test } from 'vitest';

import type { Rendered } from './html-cache.ts';
import { cacheKey, HtmlCache } from './html-cache.ts';

const MEGABYTE = 1024 * 1024;
const rendered = (text: string, tags: string[] = [], status = 200): Rendered => ({
  status,
  headers: {},
  body: Buffer.from(text),
  tags: new Set(tags),
});
const text = async (
  cache: HtmlCache,
  key: string,
  render: () => Promise<Rendered>,
): Promise<string> => (await cache.get(key, render)).page.body.identity.toString();

test('visitors who come together share one rendering', async () => {
  const cache = new HtmlCache(MEGABYTE);
  let renders = 0;
  const render = async (): Promise<Rendered> => rendered(`page ${++renders}`);

  expect(await Promise.all([1, 2, 3].map(() => text(cache, 'a', render)))).toEqual([
    'page 1',
    'page 1',
    'page 1',
  ]);
  expect((await cache.get('a', render)).result).toBe('hit');
});

test('a touch marks the pages that show the entry, and no other', async () => {
  const cache = new HtmlCache(MEGABYTE);
  await cache.get('mug', async () => rendered('28', ['product:mug']));
  await cache.get('bowl', async () => rendered('36', ['product:bowl']));
  expect(cache.touch(['product:mug'])).toBe(1);
  expect(await text(cache, 'mug', async () => rendered('30', ['product:mug']))).toBe('30');
  expect((await cache.get('bowl', async () => rendered('never'))).result).toBe('hit');
});

test('a page touched while it was being rendered is rendered again for the next visitor', async () => {
  const cache = new HtmlCache(MEGABYTE);
  const slow = Promise.withResolvers<Rendered>();
  const first = text(cache, 'a', () => slow.promise);
  cache.touch(['x']);
  const second = text(cache, 'a', async () => rendered('new', ['x']));
  slow.resolve(rendered('old', ['x']));

  expect(await first).toBe('old');
  expect(await second).toBe('new');
  expect(await text(cache, 'a', async () => rendered('newest', ['x']))).toBe('new');
});

test.each([
  ['the renderer throws', (): Promise<Rendered> => Promise.reject(new Error('broken'))],
  ['the renderer answers 500', async (): Promise<Rendered> => rendered('broken', [], 500)],
])('the old page is served when %s', async (_, render) => {
  const cache = new HtmlCache(MEGABYTE);
  await cache.get('a', async () => rendered('old', ['x']));
  cache.touch(['x']);
  expect((await cache.get('a', render)).result).toBe('stale');
  expect(await text(cache, 'a', async () => rendered('healed'))).toBe('healed');
});

test.each([
  [200, 'hit'],
  [301, 'hit'],
  [404, 'hit'],
  [302, 'miss'],
  [500, 'miss'],
  [503, 'miss'],
])('status %i is a %s the second time', async (status, result) => {
  const cache = new HtmlCache(MEGABYTE);
  const render = async (): Promise<Rendered> => rendered('x', [], status);
  await cache.get('a', render);
  expect((await cache.get('a', render)).result).toBe(result);
});

test('the cache stays within its bytes', async () => {
  const cache = new HtmlCache(10_000);
  for (let n = 0; n < 50; n += 1) await cache.get(String(n), async () => rendered('x'.repeat(500)));
  expect(cache.bytes).toBeLessThanOrEqual(10_000);
  expect(cache.pages).toBeGreaterThan(0);
});

test('the key holds the path, the allowed parameters and the build, nothing else', () => {
  const key = (address: string): string => cacheKey(new URL(address, 'http://any'), ['tri'], 'b1');
  expect(key('/produits?utm_source=x&fbclid=1')).toBe(key('/produits'));
  expect(key('/produits?tri=prix&x=1')).not.toBe(key('/produits'));
  expect(key('/produits?tri=a%26b')).not.toBe(key('/produits?tri=a&b'));
});
