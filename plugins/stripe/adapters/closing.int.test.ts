import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { type Simulator, startSimulator } from '../../../infra/stripe-simulator/index.ts';
import { cents } from '../../commerce/domain/cents.ts';
import type { Payments } from '../../commerce/domain/payments-port.ts';
import { stripeClient } from './stripe-client.ts';
import { stripePayments } from './stripe-payments.ts';

const KEY = 'sk_test_0123456789';
const heard: { key: string | undefined; path: string }[] = [];
const keysOf = (sessionId: string): unknown[] => [
  ...new Set(heard.filter(({ path }) => path.includes(sessionId)).map(({ key }) => key)),
];
let listener: Simulator;
let closing: Payments;
beforeAll(async () => {
  listener = await startSimulator({ secretKey: KEY });
  const stripe = stripeClient({ secretKey: KEY, apiBase: listener.url });
  stripe.on('request', ({ path, idempotency_key: key }: Stripe.RequestEvent) => {
    if (path.endsWith('/expire')) heard.push({ key, path });
  });
  closing = stripePayments(stripe, {
    testMode: true,
    siteUrl: 'https://shop.test',
    onFailure: () => undefined,
  });
});
afterEach(() => listener.faults.clear());
afterAll(() => listener?.close());
let last = 0;
const page = async (): Promise<string> => {
  const answer = await closing.open(
    {
      number: `AH-0000000${(last += 1)}`,
      token: 'token',
      locale: 'fr',
      email: 'ana@example.fr',
      country: 'FR',
      delivery: '',
      minDays: 2,
      maxDays: 4,
      placedAt: new Date(),
      total: cents(2800),
      shipping: cents(0),
      lines: [{ title: 'Tasse', label: '', quantity: 1, total: cents(2800) }],
    },
    1,
  );
  return answer.kind === 'open' ? answer.sessionId : '';
};

test('a page that is to be closed is asked for under a key of its own, the same however often', async () => {
  const sessionId = await page();
  expect([
    await closing.expire(sessionId),
    await closing.expire(sessionId),
    keysOf(sessionId),
  ]).toEqual(['expired', 'expired', [`expire-${sessionId}-v1`]]);
});
test.each([
  ['not done', 'fail-before', ['v1', 'v2']],
  ['done', 'fail-after', ['v1']],
] as const)(
  'a failure that Stripe keeps under that key, the page %s, holds it open no longer than one that it does not',
  async (_, kind, versions) => {
    const sessionId = await page();
    listener.faults.add([{ kind, on: 'sessions.expire', remembered: true }]);
    expect([await closing.expire(sessionId), (await closing.read(sessionId))?.state]).toEqual([
      'expired',
      'expired',
    ]);
    expect(keysOf(sessionId)).toEqual(versions.map((version) => `expire-${sessionId}-${version}`));
  },
);
test('a Stripe that keeps failing is not asked for ever', async () => {
  const sessionId = await page();
  listener.faults.add([
    { kind: 'fail-before', on: 'sessions.expire', remembered: true, times: 20 },
  ]);
  expect([
    await closing.expire(sessionId),
    keysOf(sessionId).length,
    (await closing.read(sessionId))?.state,
  ]).toEqual(['unknown', 5, 'open']);
});
