import type Stripe from 'stripe';
import { z } from 'zod';

import { cents } from '../../commerce/domain/cents.ts';
import type { LedgerRefund, Period, Side, TheirPayment } from '../domain/ledger-differences.ts';
import { isMissing } from './stripe-client.ts';

const PAGE = 100;
const id = z.string().min(1);
const order = z
  .record(z.string(), z.string())
  .nullish()
  .transform((metadata) => metadata?.['order'] ?? null);
const paymentSchema = z.object({
  id,
  status: z.string(),
  amount_received: z.int().transform(cents),
  currency: z.string(),
  metadata: order,
});
const refundSchema = z.object({
  id,
  status: z.string().nullish(),
  amount: z.int().transform(cents),
  currency: z.string(),
  metadata: order,
  payment_intent: z.unknown(),
});

/** One that succeeded; null: no money came. */
function paymentOf(answer: unknown): TheirPayment | null {
  const { status, amount_received: amount, metadata, ...payment } = paymentSchema.parse(answer);
  return status === 'succeeded'
    ? { id: payment.id, currency: payment.currency, amount, order: metadata }
    : null;
}
function refundOf(answer: unknown): LedgerRefund {
  const { id: refund, status, amount, currency, metadata } = refundSchema.parse(answer);
  return {
    id: refund,
    amount,
    currency,
    order: metadata,
    counts: status !== 'failed' && status !== 'canceled',
  };
}

const created = ({ from, to }: Period) => ({
  created: { gte: Math.floor(from.getTime() / 1000), lt: Math.floor(to.getTime() / 1000) },
  limit: PAGE,
});

function side<Row>(
  list: (period: Period) => AsyncIterable<unknown>,
  retrieve: (id: string) => Promise<unknown>,
  parse: (answer: unknown) => Row | null,
): Side<Row> {
  const present = (rows: (Row | null)[]): Row[] => rows.filter((row) => row !== null);
  const one = (row: string): Promise<Row | null> =>
    retrieve(row)
      .then(parse)
      .catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
  return {
    async within(period) {
      const rows: (Row | null)[] = [];
      for await (const answer of list(period)) rows.push(parse(answer));
      return present(rows);
    },
    async byId(ids) {
      const rows: (Row | null)[] = [];
      for (const row of ids) rows.push(await one(row));
      return present(rows);
    },
  };
}

/** Stripe's account as a ledger: payments that succeeded, and refunds. */
export const stripeLedger = (stripe: Stripe) => ({
  payments: side(
    (period) => stripe.paymentIntents.list(created(period)),
    (row) => stripe.paymentIntents.retrieve(row),
    paymentOf,
  ),
  refunds: side(
    (period) => stripe.refunds.list(created(period)),
    (row) => stripe.refunds.retrieve(row),
    refundOf,
  ),
});

/** The session a payment was made on; null when it was made elsewhere. */
export async function sessionOfPayment(
  stripe: Stripe,
  paymentIntent: string,
): Promise<string | null> {
  const { data } = await stripe.checkout.sessions.list({ payment_intent: paymentIntent, limit: 1 });
  return data[0]?.id ?? null;
}
