import { expect, test } from 'vitest';
import { paymentCheck, paymentRoute } from './payments.ts';

test.each([[undefined, 'off'], ['sk_test_1', 'test'], ['rk_test_1', 'test'], ['sk_live_1', 'live'], ['rk_live_1', 'live']] as const)('the key %s is %s', (key, route) => expect(paymentRoute(key)).toBe(route));

test.each([
  ['no key', 'off', null, { status: 'off', message: expect.stringContaining('STRIPE_SECRET_KEY') }],
  ['a test key', 'test', { failing: null, dead: 0, differences: 0 }, { status: 'ok', message: 'test mode' }],
  ['a live key', 'live', { failing: null, dead: 0, differences: 0 }, { status: 'ok' }],
  ['before the first boot', 'live', null, { status: 'ok' }],
  ['Stripe away', 'live', { failing: 'StripeConnectionError 10.0.0.1', dead: 1, differences: 0 }, { status: 'down', message: 'Stripe does not answer: the log of the API says why, and the shop catches up by itself' }],
  ['a key that Stripe refuses', 'live', { failing: 'StripeAuthenticationError sk_live_1', dead: 0, differences: 0 }, { status: 'down', message: 'Stripe refuses the key: check STRIPE_SECRET_KEY' }],
  ['events given up', 'live', { failing: null, dead: 2, differences: 0 }, { status: 'degraded', message: expect.stringContaining('2 payment events') }],
  ['ledgers that differ', 'live', { failing: null, dead: 0, differences: 3 }, { status: 'degraded', message: expect.stringContaining('3 differences') }],
] as const)('%s', (_, route, state, expected) => expect(paymentCheck(route, state)).toEqual(expected));
