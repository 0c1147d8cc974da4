import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { encodeBody, matchesTag, negotiate } from './encoding.ts';

const long = Buffer.from('grès émaillé '.repeat(100));

test('every form holds the same text, and short texts stay as they are', async () => {
  const { br, gzip } = await encodeBody(long);
  expect(br && brotliDecompressSync(br)).toEqual(long);
  expect(gzip && gunzipSync(gzip)).toEqual(long);
  expect(await encodeBody(Buffer.from('short'))).toEqual({ identity: Buffer.from('short') });
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['identity', 'identity'],
  ['', 'identity'],
  [undefined, 'identity'],
  ['BR', 'br'],
  ['br;q=0, *;q=0', 'identity'],
])('Accept-Encoding %s gets %s', async (accept, encoding) => {
  expect(negotiate(accept, await encodeBody(long))).toBe(encoding);
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  [undefined, false],
])('If-None-Match %s of "a" is %s', (header, expected) => {
  expect(matchesTag(header, '"a"')).toBe(expected);
});
