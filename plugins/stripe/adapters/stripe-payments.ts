import type Stripe from 'stripe';
import { z } from 'zod';

import {
  type FoundSession,
  type Opened,
  PAGE_MINUTES,
  type Payments,
  type RefundAnswer,
} from '../../commerce/domain/payments-port.ts';
import {
  foundSchema,
  paymentSession,
  refundSchema,
  type SessionAnswer,
  sessionSchema,
} from './answers.ts';
import { sessionRequest } from './session-request.ts';
import { isKeySpent, isMissing, isStoredFailure, refusalOf } from './stripe-client.ts';

export interface PaymentOptions {
  testMode: boolean;
  /** The storefront, without a slash at the end. */
  siteUrl: string;
  /** Called with the reason when Stripe gave no usable answer, for the log. */
  onFailure(what: string, error: unknown): void;
}

/** Our clock and Stripe's may differ. */
const CLOCK_DRIFT_SECONDS = 300;
const LIST_PAGE = 100;
/** Sessions looked through for one order before that is given up: its window is 25 minutes. */
const MOST_LISTED = 20 * LIST_PAGE;
/** Stripe makes no page that would end sooner. */
const SHORTEST_PAGE_MINUTES = 30;
const MOST_EXPIRE_KEYS = 5;

/** The log tells an error by its name. */
class TooManySessions extends Error {
  override name = 'TooManySessions';
}

async function read(stripe: Stripe, sessionId: string): Promise<SessionAnswer | null> {
  try {
    return sessionSchema.parse(await stripe.checkout.sessions.retrieve(sessionId));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

const openedSchema = sessionSchema.extend({ url: z.string() });
/**
 * An idempotent repeat answers with the session as it was first made; one that can no longer be
 * paid has lost its address since.
 */
const opened = (answer: unknown): Opened => {
  const { id, url, expires_at } = openedSchema.parse(answer);
  return { kind: 'open', sessionId: id, url, expiresAt: new Date(expires_at * 1000) };
};

/**
 * `expired` on Stripe's word only. A session that cannot be expired is read again: paid, expired
 * before, or never there.
 *
 * Stripe repeats what it answered first under a key for a day. That does no harm to a success or a
 * refusal, for a session that has ceased to be open never opens again. A failure of Stripe's own
 * would keep the page open and its pieces reserved for that day: once it is known to be such a
 * repetition and the session is still open, the next version of the key asks anew. No version need
 * be written down: each call begins with the first, and what that repeats leads to the next.
 */
async function expire(
  stripe: Stripe,
  sessionId: string,
  version = 1,
): Promise<'expired' | 'complete' | 'missing' | 'unknown'> {
  try {
    await stripe.checkout.sessions.expire(
      sessionId,
      {},
      { idempotencyKey: `expire-${sessionId}-v${version}` },
    );
    return 'expired';
  } catch (error) {
    const repeated = isStoredFailure(error);
    if (refusalOf(error) === null && !repeated) throw error;
    const session = await read(stripe, sessionId);
    if (session === null) return 'missing';
    if (session.status !== 'open') return session.status;
    return repeated && version < MOST_EXPIRE_KEYS
      ? expire(stripe, sessionId, version + 1)
      : 'unknown';
  }
}

/**
 * Stripe has no filter for an order: the pages made while one of its own could be are looked
 * through.
 * @throws TooManySessions when those are too many to look through: half of them would say nothing
 */
async function find(
  stripe: Stripe,
  { number, placedAt }: Parameters<Payments['find']>[0],
): Promise<FoundSession[]> {
  const found: FoundSession[] = [];
  const placed = Math.floor(placedAt.getTime() / 1000);
  const created = {
    gte: placed - CLOCK_DRIFT_SECONDS,
    lte: placed + (PAGE_MINUTES - SHORTEST_PAGE_MINUTES) * 60 + CLOCK_DRIFT_SECONDS,
  };
  let listed = 0;
  for await (const row of stripe.checkout.sessions.list({ created, limit: LIST_PAGE })) {
    if ((listed += 1) > MOST_LISTED)
      throw new TooManySessions(`more than ${MOST_LISTED} were made around ${number}`);
    // Pages of other orders, and of whatever else the account is used for, need not be of a form
    // known here.
    if (row.client_reference_id !== number) continue;
    const { id, status, url, expires_at } = foundSchema.parse(row);
    found.push({
      sessionId: id,
      state: status,
      url: url ?? null,
      expiresAt: new Date(expires_at * 1000),
    });
  }
  return found;
}

type RefundRequest = Parameters<Payments['refund']>[0];
const refundAnswer = (answer: unknown): RefundAnswer => {
  const { id, status } = refundSchema.parse(answer);
  return { kind: 'done', refundId: id, status };
};
/**
 * The refund that bears a key. Stripe forgets keys after a day; what it made under them it keeps.
 */
async function findRefund(
  stripe: Stripe,
  { paymentIntent, key }: RefundRequest,
): Promise<RefundAnswer | null> {
  for await (const row of stripe.refunds.list({ payment_intent: paymentIntent, limit: LIST_PAGE }))
    if (row.metadata?.['key'] === key) return refundAnswer(row);
  return null;
}

/**
 * Asks for a refund unless it is there already. A failure stored under the key is as good as a
 * refusal once no refund bears it.
 */
async function refund(stripe: Stripe, request: RefundRequest): Promise<RefundAnswer> {
  const before = await findRefund(stripe, request);
  if (before) return before;
  const { order, paymentIntent, amount, key } = request;
  try {
    return refundAnswer(
      await stripe.refunds.create(
        { payment_intent: paymentIntent, amount, metadata: { order, key } },
        { idempotencyKey: key },
      ),
    );
  } catch (error) {
    if (!isStoredFailure(error)) throw error;
    return (
      (await findRefund(stripe, request)) ?? {
        kind: 'refused',
        message: 'Stripe failed, and made no refund under this key',
      }
    );
  }
}

/**
 * The shop's payments on Stripe. Timeouts, 5xx, rate limits, a bad key or an unreadable answer are
 * `unknown`: they say nothing about what was done before.
 */
export function stripePayments(
  stripe: Stripe,
  { testMode, siteUrl, onFailure }: PaymentOptions,
): Payments {
  const answerOf = (
    what: string,
    error: unknown,
  ): { kind: 'refused'; message: string } | { kind: 'unknown' } => {
    const message = refusalOf(error);
    onFailure(what, error);
    return message === null ? { kind: 'unknown' } : { kind: 'refused', message };
  };
  return {
    available: () => ({ ok: true, testMode }),
    open: (order, attempt) =>
      stripe.checkout.sessions
        .create(sessionRequest(order, siteUrl), {
          idempotencyKey: `order-${order.number}-v${attempt}`,
        })
        .then(opened)
        .catch((error: unknown): Opened => {
          const answer = answerOf(`opening the payment of ${order.number}`, error);
          return isStoredFailure(error) || isKeySpent(error) ? { kind: 'stuck' } : answer;
        }),
    find: (order) =>
      find(stripe, order).catch((error: unknown) => {
        onFailure(`looking for the payment of ${order.number}`, error);
        return null;
      }),
    read: async (sessionId) => {
      const answer = await read(stripe, sessionId);
      return answer && paymentSession(answer);
    },
    expire: (sessionId) =>
      expire(stripe, sessionId).catch((error: unknown) => {
        onFailure(`expiring ${sessionId}`, error);
        return 'unknown' as const;
      }),
    refund: (request) =>
      refund(stripe, request).catch((error: unknown) =>
        answerOf(`refunding ${request.order}`, error),
      ),
  };
}
