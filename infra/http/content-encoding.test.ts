import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { encodeBody, negotiateEncoding } from './content-encoding.ts';

const long = Buffer.from('grès émaillé '.repeat(100));
const encoded = await encodeBody(long);

test('every form holds the same text', () => {
  const { br, gzip } = encoded;
  expect(br && brotliDecompressSync(br)).toEqual(long);
  expect(gzip && gunzipSync(gzip)).toEqual(long);
});

test.each([
  [1023, ['identity']],
  [1024, ['br', 'gzip', 'identity']],
])('a body of %i bytes has the forms %j', async (bytes, forms) => {
  const body = await encodeBody(Buffer.alloc(bytes, 'x'));
  expect(Object.keys(body).sort()).toEqual(forms);
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
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip;q=0.8, br;q=0.8', 'br'],
  ['br;q=0.5, identity', 'identity'],
  ['gzip;q=0.5, *', 'br'],
  ['br ; Q=1, gzip ; q=0.9', 'br'],
  ['br;q=0.000', 'identity'],
  ['br;q=high, gzip', 'gzip'],
  ['br;q=9, gzip', 'gzip'],
  ['bread, x-gzip', 'identity'],
  [',, ;q=1,', 'identity'],
])('Accept-Encoding %s gets %s', (accept, encoding) =>
  expect(negotiateEncoding(accept, encoded)).toBe(encoding),
);

test('a header is read alike the first time and again, and however long it is', () => {
  const long = `${'x;q=0.1, '.repeat(100)}gzip`;
  for (const accept of ['gzip;q=0.9', 'gzip;q=0.9', long, long])
    expect(negotiateEncoding(accept, encoded)).toBe('gzip');
});

test('a form that is not there yet is not chosen', () => {
  expect(negotiateEncoding('br, gzip', { identity: long })).toBe('identity');
  expect(negotiateEncoding('br, gzip', { identity: long, gzip: long })).toBe('gzip');
});
