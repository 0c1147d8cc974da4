import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import { signPreview, verifyPreview } from './preview-token.ts';

const secret = 'a-secret-of-the-test';
const claims = {
  documentId: 'k3hx0s7c2m1p9q8w7e6r5t4y',
  locale: 'fr' as const,
  expiresAt: new Date('2026-11-23T12:00:00.000Z'),
};
const before = new Date('2026-11-23T11:59:59.999Z');
const token = signPreview(claims, secret);
const forged = { ok: false, reason: 'forged' };

describe('preview token', () => {
  test('opens what was signed until it expires', () => {
    expect(verifyPreview(token, secret, before)).toEqual({ ok: true, claims });
    expect(verifyPreview(token, secret, claims.expiresAt)).toEqual({
      ok: false,
      reason: 'expired',
    });
  });

  test('fits in an address as it is', () => expect(encodeURIComponent(token)).toBe(token));

  const [payload = '', signature = ''] = token.split('.');
  const otherPayload = Buffer.from(
    JSON.stringify({ d: 'other', l: 'fr', e: 9_999_999_999 }),
  ).toString('base64url');

  test.each([
    ['nothing', ''],
    ['only a dot', '.'],
    ['no signature', payload],
    ['an empty signature', `${payload}.`],
    ['another document', `${otherPayload}.${signature}`],
    ['a third part', `${token}.x`],
    ['a cut signature', `${payload}.${signature.slice(0, -2)}`],
    ['a padded signature', `${token}=`],
    [
      'a changed letter',
      `${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    ],
    ['bytes outside base64url', '%00.%ff'],
    ['10 kB', 'x'.repeat(10_000)],
  ])('refuses %s', (_what, bad) => {
    expect(verifyPreview(bad, secret, before)).toEqual(forged);
  });

  test('refuses another secret, and an empty one', () => {
    expect(verifyPreview(token, 'other', before)).toEqual(forged);
    expect(() => signPreview(claims, '')).toThrow(/PREVIEW_SECRET/);
    const withEmpty = `${payload}.${createHmac('sha256', '').update(`apercu.${payload}`).digest('base64url')}`;
    expect(verifyPreview(withEmpty, '', before)).toEqual(forged);
  });

  test('refuses a well signed token with strange claims', () => {
    const strange = Buffer.from(JSON.stringify({ d: '', l: 'de', e: 'soon' })).toString(
      'base64url',
    );
    expect(
      verifyPreview(
        `${strange}.${createHmac('sha256', secret).update(`apercu.${strange}`).digest('base64url')}`,
        secret,
        before,
      ),
    ).toEqual(forged);
  });
});
