import { expect, test } from 'vitest';

import { paymentCheck, paymentSetup } from './payment-health.ts';

const SECRET = 'whsec_1';
const BOTH = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'];
test.each([
  [undefined, SECRET, 'off', ['STRIPE_SECRET_KEY']],
  [undefined, undefined, 'off', BOTH],
  ['sk_test_1', SECRET, 'test', []],
  ['rk_test_1', undefined, 'test', ['STRIPE_WEBHOOK_SECRET']],
  ['sk_live_1', SECRET, 'live', []],
  ['rk_live_1', SECRET, 'live', []],
] as const)(
  'the key %s with the webhook secret %s',
  (stripeSecretKey, stripeWebhookSecret, mode, missing) => {
    expect(paymentSetup({ shopMode: 'live', stripeSecretKey, stripeWebhookSecret })).toEqual({
      mode,
      missing,
      sells: true,
    });
    expect(paymentSetup({ shopMode: 'demo', stripeSecretKey, stripeWebhookSecret })).toEqual({
      mode,
      missing,
      sells: false,
    });
  },
);

const given = (mode: 'off' | 'test' | 'live', missing: readonly string[] = [], sells = true) => ({
  mode,
  missing,
  sells,
});
const well = { failing: null, dead: 0, differences: 0, unbalanced: 0 };
test.each([
  [
    'no keys, in a demonstration',
    given('off', BOTH, false),
    null,
    {
      status: 'off',
      message: 'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set: the checkout is closed',
    },
  ],
  [
    'no keys, in a live shop',
    given('off', BOTH),
    null,
    {
      status: 'down',
      message: 'STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set: the checkout is closed',
    },
  ],
  [
    'no secret key, in a live shop',
    given('off', ['STRIPE_SECRET_KEY']),
    null,
    { status: 'down', message: 'STRIPE_SECRET_KEY is not set: the checkout is closed' },
  ],
  [
    'no webhook secret',
    given('live', ['STRIPE_WEBHOOK_SECRET']),
    well,
    {
      status: 'degraded',
      message:
        "STRIPE_WEBHOOK_SECRET is not set: Stripe's webhooks are refused, payments are seen a minute late",
    },
  ],
  ['a test key', given('test'), well, { status: 'ok', message: 'test mode' }],
  ['a live key', given('live'), well, { status: 'ok' }],
  ['before the first boot', given('live'), null, { status: 'ok' }],
  [
    'Stripe away',
    given('live'),
    { ...well, failing: 'StripeConnectionError 10.0.0.1', dead: 1 },
    {
      status: 'degraded',
      message:
        'Stripe does not answer: the log of the API says why, and the shop catches up by itself',
    },
  ],
  [
    'a key that Stripe refuses',
    given('live'),
    { ...well, failing: 'StripeAuthenticationError sk_live_1' },
    { status: 'down', message: 'Stripe refuses the key: check STRIPE_SECRET_KEY' },
  ],
  [
    'events given up',
    given('live'),
    { ...well, dead: 2 },
    { status: 'degraded', message: expect.stringContaining('2 payment events') },
  ],
  [
    'ledgers that differ',
    given('live'),
    { ...well, differences: 3 },
    { status: 'degraded', message: expect.stringContaining('3 differences') },
  ],
  [
    'stock that does not add up',
    given('live'),
    { ...well, unbalanced: 2 },
    {
      status: 'degraded',
      message: 'the stock of 2 SKUs is not the sum of its movements: see stock_imbalances',
    },
  ],
] as const)('%s', (_, setup, state, expected) =>
  expect(paymentCheck(setup, state)).toEqual(expected),
);
