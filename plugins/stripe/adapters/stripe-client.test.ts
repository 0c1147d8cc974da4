import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { ZodError } from 'zod';

import { codeOf, isStripes } from './stripe-client.ts';

test('an error is told by its kind and codes, never by words that may quote a buyer', () => {
  const quoting = new Stripe.errors.StripeInvalidRequestError({
    type: 'invalid_request_error',
    code: 'email_invalid',
    statusCode: 400,
    message: 'Invalid email address: camille@example.fr',
  });
  const nameless = new Stripe.errors.StripeConnectionError({
    type: 'api_error',
    message: 'camille@example.fr',
  });
  expect([
    codeOf(quoting),
    codeOf(nameless),
    codeOf(new TypeError('camille@example.fr')),
    codeOf('camille@example.fr'),
  ]).toEqual([
    'StripeInvalidRequestError email_invalid 400',
    'StripeConnectionError',
    'TypeError',
    'unknown error',
  ]);
});

test('a failure of our own database is not told of Stripe', () => {
  expect(
    [
      new Stripe.errors.StripeConnectionError({ type: 'api_error', message: 'x' }),
      new ZodError([]),
      new Error('relation "x" does not exist'),
      'text',
    ].map(isStripes),
  ).toEqual([true, true, false, false]);
});
