import type Stripe from 'stripe';

import type { Payments } from '../../commerce/domain/payments-port.ts';
import { disputeSchema, foundSchema, intentSchema, refundSchema } from './answers.ts';
import { isMissing } from './stripe-client.ts';

const orNull = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });

/** Stripe's objects, read again when an event tells of them. */
export const stripeProvider = (stripe: Stripe, payments: Payments) => ({
  session: (id: string) => payments.read(id),
  refund: (id: string) =>
    orNull(
      stripe.refunds.retrieve(id).then((answer) => {
        const { payment_intent, metadata, ...refund } = refundSchema.parse(answer);
        return { ...refund, paymentIntent: payment_intent ?? null, key: metadata['key'] ?? null };
      }),
    ),
  dispute: (id: string) =>
    orNull(
      stripe.disputes.retrieve(id).then((answer) => {
        const {
          payment_intent,
          balance_transactions: funds,
          created: openedAt,
          ...dispute
        } = disputeSchema.parse(answer);
        return {
          ...dispute,
          paymentIntent: payment_intent ?? null,
          openedAt,
          readAt: new Date(),
          funds,
        };
      }),
    ),
  sessionOf: async (paymentIntent: string) => {
    const {
      data: [session],
    } = await stripe.checkout.sessions.list({ payment_intent: paymentIntent, limit: 1 });
    return session === undefined ? null : { state: foundSchema.parse(session).status };
  },
  orderOf: (paymentIntent: string) =>
    orNull(
      stripe.paymentIntents
        .retrieve(paymentIntent)
        .then((answer) => intentSchema.parse(answer).metadata['order'] ?? null),
    ),
});
