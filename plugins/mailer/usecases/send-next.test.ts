import { expect, test } from 'vitest';
import { z } from 'zod';

import type { NextState } from '../domain/delivery.ts';
import { specimens } from '../fixture/mail-specimens.ts';
import { sendNext, Unwritable } from './send-next.ts';

const { 'order-link': mail } = specimens('fr');
const waiting = { ...mail, id: '1', attempts: 0, enclosure: null };

/** What becomes of a waiting mail when writing it fails. */
async function writing(error: Error): Promise<NextState | undefined> {
  let next: NextState | undefined;
  await sendNext({
    withNext: async (work) => (next = await work(waiting)),
    write: () => Promise.reject(error),
    deliver: () => Promise.reject(new Error('nothing to deliver')),
    now: () => new Date('2026-11-25T12:00:00Z'),
    onAttempt: () => undefined,
  });
  return next;
}

test('a mail that its template cannot write is given up, and holds up no other', async () => {
  expect(await writing(new Unwritable(new TypeError('no such word')))).toEqual({
    state: 'dead',
    attempts: 1,
    lastError: 'the mail cannot be written: no such word',
  });
});

test.each([new z.ZodError([]), new SyntaxError('no JSON')])(
  'while the settings cannot be read a mail waits behind the others: %s',
  async (error) => {
    expect(await writing(error)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      nextAt: new Date('2026-11-25T12:01:00Z'),
    });
  },
);

test('a database that does not answer says nothing about the mail', async () => {
  await expect(writing(new Error('connection terminated'))).rejects.toThrow(
    'connection terminated',
  );
});
