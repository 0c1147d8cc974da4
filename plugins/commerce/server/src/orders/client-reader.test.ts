import { expect, test } from 'vitest';

import { signClientAddress } from '../../../domain/client-address-claim.ts';
import { clientReader } from './client-reader.ts';
import type { Exchange } from './public-request.ts';

const secret = 'a-secret-of-the-controller';
const start = new Date('2026-11-25T12:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const claim = (at: Date, by = secret): string => signClientAddress('203.0.113.7', at, by);

/** Reads headers one after another. @returns who each counted as, and what the log got */
function read(...asked: [header: string, now: Date][]): { clients: string[]; said: string[] } {
  const said: string[] = [];
  const clientIn = clientReader();
  const clients = asked.map(([header, now]) => {
    const ctx: Exchange = {
      params: {},
      query: {},
      request: { ip: '192.0.2.1' },
      status: 200,
      body: null,
      get: () => header,
      set: () => undefined,
    };
    return clientIn(ctx, {
      secret,
      now,
      warn: (message) => {
        said.push(message);
      },
    });
  });
  return { clients, said };
}

test('no header, or one that is believed, is no news', () => {
  expect(read(['', start], [claim(start), later(30)])).toEqual({
    clients: ['192.0.2.1', '203.0.113.7'],
    said: [],
  });
});

test.each<[string, string, RegExp]>([
  [
    'the storefront’s clock is behind',
    claim(later(-75)),
    /one client.*signed 75 s before this clock's time.*synchronise both clocks.*runbook, H\.14/,
  ],
  ['the storefront’s clock is ahead', claim(later(75)), /signed 75 s after this clock's time/],
  [
    'another secret signed it',
    claim(start, 'another-secret-of-it'),
    /one client.*same CLIENT_ADDRESS_SECRET/,
  ],
  ['somebody made it up', 'x;y;z', /somebody else wrote it/],
])('a refused header is told, with its cause and remedy: %s', (_, header, words) => {
  const { clients, said } = read([header, start]);

  expect([clients, said]).toEqual([['192.0.2.1'], [expect.stringMatching(words)]]);
  expect(said.join()).not.toContain('203.0.113.7');
});

test('it is told once a minute, however often it happens', () => {
  const bad = claim(later(-500));

  expect(read([bad, start], [bad, later(1)], [bad, later(59)]).said).toHaveLength(1);
  expect(
    read([bad, start], [bad, later(59)], [bad, later(60)], [bad, later(61)]).said,
  ).toHaveLength(2);
});
