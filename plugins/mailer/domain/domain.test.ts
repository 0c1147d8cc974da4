import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailSchema } from '@comptoir/contracts/mails';

import { afterTry, lineOf, MOST_ATTEMPTS, outcomeOf, retryDelay } from './delivery.ts';
import { mailboxOf, senderOf } from './message.ts';

const now = new Date('2026-11-25T10:00:00Z');
const reason = 'said the server';

test.each([
  [1, 60_000],
  [2, 120_000],
  [9, 256 * 60_000],
  [10, 6 * 3_600_000],
  [18, 6 * 3_600_000],
  [1000, 6 * 3_600_000],
])('try %d waits %d ms', (attempt, ms) => expect(retryDelay(attempt)).toBe(ms));

describe('what becomes of a mail', () => {
  test('sent', () => expect(afterTry(3, { kind: 'sent' }, now)).toEqual({ state: 'sent' }));
  test('a refusal is the end, with its reason', () =>
    expect(afterTry(0, { kind: 'refused', reason }, now)).toEqual({
      state: 'dead',
      attempts: 1,
      lastError: reason,
    }));
  test('not now: later', () =>
    expect(afterTry(1, { kind: 'later', reason }, now)).toEqual({
      state: 'waiting',
      attempts: 2,
      nextAt: new Date('2026-11-25T10:02:00Z'),
      lastError: reason,
    }));
  test('too often not now: the end', () =>
    expect(afterTry(MOST_ATTEMPTS - 1, { kind: 'later', reason }, now)).toMatchObject({
      state: 'dead',
      attempts: MOST_ATTEMPTS,
    }));
  test('a server that is away never costs a mail its life', () => {
    fc.assert(
      fc.property(fc.nat(), (attempts) => {
        expect(afterTry(attempts, { kind: 'unavailable', reason }, now)).toMatchObject({
          state: 'waiting',
          attempts,
        });
      }),
    );
  });
});

test.each([
  ['RCPT TO', 550, 'refused'],
  ['RCPT TO', 450, 'later'],
  ['DATA', 554, 'refused'],
  ['DATA', 452, 'later'],
  ['MAIL FROM', 550, 'unavailable'],
  ['AUTH PLAIN', 535, 'unavailable'],
  ['CONN', undefined, 'unavailable'],
  [undefined, undefined, 'unavailable'],
])('%s answered %s: %s', (command, responseCode, kind) =>
  expect(outcomeOf({ command, responseCode, message: reason })).toEqual({
    kind,
    reason,
    ...(responseCode === undefined ? {} : { code: String(responseCode) }),
  }),
);
test('the log has the code of a failure, never its words', () => {
  const refused = outcomeOf({
    command: 'RCPT TO',
    responseCode: 550,
    message: 'no camille@example.fr here',
  });
  const away = outcomeOf({ command: 'CONN', code: 'ECONNREFUSED', message: 'connect 192.0.2.1' });
  expect([
    lineOf('k', refused, 'dead'),
    lineOf('k', away, 'waiting'),
    lineOf('k', { kind: 'refused', reason: 'x' }, 'dead'),
    lineOf('k', { kind: 'sent' }, 'sent'),
  ]).toEqual([
    'mail k given up: refused 550',
    'mail k waits: unavailable ECONNREFUSED',
    'mail k given up: refused',
    'mail k sent',
  ]);
});

const link = {
  kind: 'order-link',
  key: 'order-link-1',
  to: 'a@shop.test',
  locale: 'fr',
  data: { orders: [{ number: 'AH-1', total: 1, url: 'https://shop.test/' }] },
};
test.each<[string, Record<string, unknown>]>([
  ['a key that is no file name', { key: '../x' }],
  ['a key that breaks a header', { key: 'a\r\nBcc: x' }],
  ['two addresses', { to: 'a@shop.test, b@shop.test' }],
  ['a broken address', { to: 'a@shop.test\r\nBcc: b@c.test' }],
  ['another kind', { kind: 'newsletter' }],
  [
    'half a cent',
    { data: { orders: [{ number: 'AH-1', total: 1.5, url: 'https://shop.test/' }] } },
  ],
  [
    'a script for a link',
    { data: { orders: [{ number: 'AH-1', total: 1, url: 'javascript:alert(1)' }] } },
  ],
  [
    'a link of two words',
    { data: { orders: [{ number: 'AH-1', total: 1, url: 'https://shop.test/a b' }] } },
  ],
])('%s is refused', (_what, change) => {
  expect(mailSchema.safeParse(link).success).toBe(true);
  expect(mailSchema.safeParse({ ...link, ...change }).success).toBe(false);
});

test.each([
  ['Atelier Huit <a@b.test>', { name: 'Atelier Huit', address: 'a@b.test' }],
  ['a@b.test', { name: '', address: 'a@b.test' }],
  ['<a@b.test>', { name: '', address: 'a@b.test' }],
])('%s is read', (text, box) => expect(mailboxOf(text)).toEqual(box));

const shop = {
  name: 'Huit\r\nBcc: x',
  address: [],
  email: 'bonjour@shop.test',
  phone: '',
  siteUrl: 'https://www.shop.test',
};
test.each([
  [undefined, shop.email, shop.email],
  ['no@b.test', shop.email, 'no@b.test'],
  [undefined, '', 'no-reply@www.shop.test'],
])('MAIL_FROM %s and settings %s: from %s', (mailFrom, email, address) => {
  expect(senderOf({ ...shop, email }, mailFrom)).toEqual({ name: 'Huit Bcc: x', address });
});
