import Stripe from 'stripe';
import { expect, test } from 'vitest';

import { MOST_ATTEMPTS } from '../../domain/webhook-retry.ts';
import { handleNext } from './webhook-worker.ts';

const { StripeAPIError, StripeConnectionError, StripeInvalidRequestError, StripeRateLimitError } =
  Stripe.errors;

test.each<[what: string, error: Error, state: string, attempts: number, othersAnswered?: boolean]>([
  [
    'no connection',
    new StripeConnectionError({ type: 'api_error', message: 'no connection' }),
    'received',
    MOST_ATTEMPTS - 1,
  ],
  [
    'a failure of its own',
    new StripeAPIError({ type: 'api_error', message: 'oops', statusCode: 503 }),
    'received',
    MOST_ATTEMPTS - 1,
  ],
  [
    'a failure of its own that others do not meet',
    new StripeAPIError({ type: 'api_error', message: 'oops', statusCode: 503 }),
    'dead',
    MOST_ATTEMPTS,
    true,
  ],
  [
    'too many questions',
    new StripeRateLimitError({ type: 'rate_limit_error', message: 'slow down', statusCode: 429 }),
    'received',
    MOST_ATTEMPTS - 1,
  ],
  [
    'a refusal',
    new StripeInvalidRequestError({
      type: 'invalid_request_error',
      message: 'no',
      statusCode: 400,
    }),
    'dead',
    MOST_ATTEMPTS,
  ],
  ['a failure of ours', new Error('bug'), 'dead', MOST_ATTEMPTS],
])(
  'the last try of an event meets %s',
  async (_, error, state, attempts, othersAnswered = false) => {
    const written: unknown[][] = [];
    const row = {
      eventId: 'evt_1',
      type: 'refund.created',
      livemode: false,
      attempts: MOST_ATTEMPTS - 1,
      othersAnswered,
      payload: '{"id":"re_1","paymentIntent":null}',
    };
    const sql = {
      raw: (text: string, bindings: readonly unknown[]) => {
        if (text.startsWith('update')) written.push([...bindings]);
        return Promise.resolve({ rows: text.startsWith('select') ? [row] : [] });
      },
    };
    await handleNext({
      database: { ...sql, transaction: (work) => work(sql) },
      handle: () => Promise.reject(error),
      now: () => new Date('2026-11-25T12:00:00Z'),
      log: () => undefined,
    });
    expect(written[0]?.slice(0, 2)).toEqual([state, attempts]);
  },
);
