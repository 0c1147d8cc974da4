import { afterAll, beforeAll, expect, test } from 'vitest';

import { tryDoor } from './door.fixture.ts';

const BYTES = Buffer.from('0123456789');
const RENDITION = `renditions/${'a'.repeat(32)}/320.avif`;
const SIGNED_AT = 'http://store.test/signed';

let hasAddresses = true;
let away = false;
let shop: Awaited<ReturnType<typeof tryDoor>>;
beforeAll(async () => {
  shop = await tryDoor({
    images: {
      async get(key) {
        if (away) throw new Error('away');
        const image = { body: BYTES, contentType: 'image/avif', size: 10, etag: '"one"' };
        return key === RENDITION ? image : null;
      },
      check: async () => undefined,
      signedUrl: async () => (hasAddresses ? SIGNED_AT : null),
    },
  });
});
afterAll(() => shop.close());

const NAMES = [
  'content-type',
  'content-length',
  'content-range',
  'cache-control',
  'etag',
  'accept-ranges',
  'access-control-allow-origin',
  'cross-origin-resource-policy',
  'x-content-type-options',
  'location',
  'allow',
  'retry-after',
];

/** Status, body, and of the headers those that matter for a picture. */
async function look(path: string, init: RequestInit = {}) {
  const answer = await shop.get(path, { redirect: 'manual', ...init });
  const headers = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return { status: answer.status, headers, text: await answer.text() };
}

const PICTURE = `/api/images/${RENDITION}`;
const SHARED = {
  'cache-control': 'public, max-age=31536000, immutable',
  etag: '"one"',
  'accept-ranges': 'bytes',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

test('a picture is sent whole, with its type as stored', async () => {
  const headers = { ...SHARED, 'content-type': 'image/avif', 'content-length': '10' };

  expect(await look(PICTURE)).toEqual({ status: 200, headers, text: '0123456789' });
  expect(await look(PICTURE, { method: 'HEAD' })).toEqual({ status: 200, headers, text: '' });
});

test('a client that has it gets no body and no type', async () => {
  const known = { headers: { 'if-none-match': 'W/"one"', range: 'bytes=99-' } };

  expect(await look(PICTURE, known)).toEqual({ status: 304, headers: SHARED, text: '' });
});

test.each([
  ['bytes=2-4', undefined, 206, '234'],
  ['bytes=-3', '"one"', 206, '789'],
  ['bytes=2-4', '"older"', 200, '0123456789'],
  ['bytes=1-2,4-5', undefined, 200, '0123456789'],
])('range %s with if-range %s is answered with %i', async (range, ifRange, status, text) => {
  const given = { range, ...(ifRange === undefined ? {} : { 'if-range': ifRange }) };

  const answer = await look(PICTURE, { headers: given });

  expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([
    status,
    text,
    String(text.length),
  ]);
  expect(answer.headers['content-range']).toBe(
    status === 206 ? `bytes ${text[0]}-${text.at(-1)}/10` : undefined,
  );
});

test('a range beyond the end is refused, and says how long the picture is', async () => {
  const { status, headers } = await look(PICTURE, { headers: { range: 'bytes=10-' } });

  expect(status).toBe(416);
  expect(headers).toMatchObject({ 'content-range': 'bytes */10', 'cache-control': 'no-store' });
  expect(headers).not.toHaveProperty('etag');
});

test('asked for its signed address, the store’s is given where it has one', async () => {
  const given = await look(`${PICTURE}?signed`);
  hasAddresses = false;
  const none = await look(`${PICTURE}?signed`);
  hasAddresses = true;

  expect(given).toMatchObject({
    status: 307,
    text: '',
    headers: { location: SIGNED_AT, 'cache-control': 'no-store' },
  });
  expect(given.headers).not.toHaveProperty('content-type');
  expect(none.status).toBe(400);
  expect(none.text).toContain('ask without ?signed');
});

test.each([
  ['an unknown key', `/api/images/renditions/${'b'.repeat(32)}/320.avif`, {}, 404, 'not stored'],
  [
    'a path out of the store',
    '/api/images/..%2fsecrets.json',
    {},
    404,
    'No image has this address',
  ],
  ['another method', PICTURE, { method: 'DELETE' }, 405, 'use GET'],
])('%s is refused in the API’s error shape', async (_, path, init, status, words) => {
  const answer = await look(path, init);

  expect(answer.status).toBe(status);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  expect(answer.text).toContain(words);
});

test('a store that is away is told, with when to come again', async () => {
  away = true;
  const answer = await look(PICTURE);
  away = false;

  expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
});
