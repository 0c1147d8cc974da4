import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';

import { signatureProblem } from './signature.ts';

const [NOW, SECRET] = [1_795_000_000, 'whsec_0123456789'];
const body = Buffer.from('{"id":"evt_1"}');
const v1 = (at: number, secret = SECRET): string =>
  `v1=${createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')}`;
const OLD = NOW - 3600;

test.each<[string, string, ReturnType<typeof signatureProblem>]>([
  ['signed just now', `t=${NOW},${v1(NOW)}`, null],
  ['five minutes ago', `t=${NOW - 300},${v1(NOW - 300)}`, null],
  ['in five minutes', `t=${NOW + 300},${v1(NOW + 300)}`, null],
  [
    'a signature of an older secret beside it',
    `t=${NOW},${v1(NOW, 'whsec_other')},${v1(NOW)}`,
    null,
  ],
  ['older', `t=${NOW - 301},${v1(NOW - 301)}`, 'stale'],
  ['later', `t=${NOW + 301},${v1(NOW + 301)}`, 'future'],
  ['by somebody else', `t=${NOW},${v1(NOW, 'whsec_other')}`, 'forged'],
  ['an old signature under a new date', `t=${NOW},${v1(OLD)}`, 'forged'],
  // Stripe's library believes the last date, so a replay could show us another one first.
  ['a new date before the signed one', `t=${NOW},t=${OLD},${v1(OLD)}`, 'unsigned'],
  ['a new date after the signed one', `t=${OLD},${v1(OLD)},t=${NOW}`, 'unsigned'],
  ['a signed date that only the library reads', `t=${NOW},t=${OLD}x,${v1(OLD)}`, 'unsigned'],
  ['a new date that only we read', ` t=${NOW},t=${OLD},${v1(OLD)}`, 'unsigned'],
  ['no date', v1(NOW), 'unsigned'],
  ['nothing', '', 'unsigned'],
])('%s', (_, header, problem) =>
  expect(signatureProblem(body, header, [SECRET, 'whsec_newer'], NOW * 1000)).toBe(problem),
);

test('without a secret nothing is believed', () =>
  expect(signatureProblem(body, `t=${NOW},${v1(NOW)}`, [], NOW * 1000)).toBe('forged'));
