import fc from 'fast-check';
import { expect, test } from 'vitest';

import { signOrderToken, verifyOrderToken } from './order-token.ts';

const number = 'AH-7K3M9QXT';
const token = signOrderToken(number, 'secret');

test('a link opens its own order, always the same way', () => {
  expect(token).toBe(signOrderToken(number, 'secret'));
  expect(verifyOrderToken(number, token, 'secret')).toBe(true);
});

test.each([
  ['another order', 'AH-00000000', token, 'secret'],
  ['another secret', number, token, 'other'],
  ['nothing', number, '', 'secret'],
  ['padding', number, `${token}=`, 'secret'],
  ['a part', number, token.slice(0, -1), 'secret'],
])('%s does not', (_, order, given, secret) => {
  expect(verifyOrderToken(order, given, secret)).toBe(false);
});

test('no other text opens it, not even a second spelling of the same bytes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.string({ minLength: 43, maxLength: 43, unit: 'grapheme' }),
      ),
      (text) => {
        expect(verifyOrderToken(number, text, 'secret')).toBe(false);
      },
    ),
  );
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    const text = token.slice(0, -1) + last;
    expect(verifyOrderToken(number, text, 'secret')).toBe(text === token);
  }
});

test('without a secret there is no link', () => {
  expect(() => signOrderToken(number, '')).toThrow('forgeable');
  expect(() => verifyOrderToken(number, token, '')).toThrow('forgeable');
});
