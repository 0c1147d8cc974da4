import { expect, test } from 'vitest';

import {
  type ClientClaim,
  clientOf,
  readClientAddress,
  signClientAddress,
} from './client-address-claim.ts';

const secret = 'a-secret-of-the-test';
const now = new Date('2026-11-25T12:00:00.500Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const header = signClientAddress('203.0.113.7', now, secret);

const believed = (address: string): ClientClaim => ({ kind: 'believed', address });
const forged: ClientClaim = { kind: 'refused', why: 'signature' };
test.each<[string, string | undefined, Date, ClientClaim]>([
  ['what was signed', header, now, believed('203.0.113.7')],
  ['an IPv6 address', signClientAddress('2001:db8::7', now, secret), now, believed('2001:db8::7')],
  ['a minute old', header, later(59), believed('203.0.113.7')],
  ['too old', header, later(61), { kind: 'refused', why: 'clock', seconds: 62 }],
  ['from the future', header, later(-62), { kind: 'refused', why: 'clock', seconds: -61 }],
  ['no header', undefined, now, { kind: 'none' }],
  ['an empty one', '', now, { kind: 'none' }],
  ['another address', header.replace('.7;', '.8;'), now, forged],
  ['a cut signature', header.slice(0, -1), now, forged],
  ['something behind', `${header};x`, now, forged],
  ['a bare address', '203.0.113.7', now, forged],
  ['another secret', signClientAddress('203.0.113.7', now, 'another-secret-of-it'), now, forged],
  ['no address', signClientAddress('localhost', now, secret), now, forged],
])('%s', (_what, text, at, address) =>
  expect(readClientAddress(text, secret, at)).toEqual(address),
);

test('without a secret nothing is signed and nothing believed', () => {
  expect(() => signClientAddress('203.0.113.7', now, '')).toThrow('CLIENT_ADDRESS_SECRET');
  expect(readClientAddress(header, '', now)).toEqual(forged);
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:0db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8::7', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, client) => expect(clientOf(address)).toBe(client));
