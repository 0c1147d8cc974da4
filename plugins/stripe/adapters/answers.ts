import { z } from 'zod';
import { countrySchema, type ShippingAddress } from '@comptoir/contracts';

import { cents } from '../../commerce/domain/cents.ts';
import type { PaymentSession } from '../../commerce/domain/payments-port.ts';

/** The fields of Stripe's answers that the shop relies on; all others may change. */
const id = z.string().min(1);
const idOf = z.union([id, z.object({ id }).transform((object) => object.id)]);
const amount = z.int().transform(cents);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

const shippingSchema = z
  .object({
    name: text,
    address: z.object({
      line1: text,
      line2: text,
      postal_code: text,
      city: text,
      country: countrySchema,
    }),
  })
  .transform(({ name, address: { postal_code: postalCode, ...address } }): ShippingAddress => ({
    name,
    ...address,
    postalCode,
  }));
const collected = z.object({ shipping_details: shippingSchema.nullish().catch(null) }).nullish();
const customer = z.object({ email: z.string().nullish(), phone: z.string().nullish() }).nullish();

export const sessionSchema = z.object({
  id,
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.string(),
  amount_total: amount,
  currency: z.string(),
  payment_intent: idOf.nullish(),
  livemode: z.boolean(),
  client_reference_id: z.string().nullish(),
  metadata,
  collected_information: collected,
  customer_details: customer,
  customer_email: z.string().nullish(),
  url: z.string().nullish(),
  expires_at: z.int(),
});
/** What says whether a session can be or was paid. */
export const foundSchema = sessionSchema.pick({
  id: true,
  status: true,
  url: true,
  expires_at: true,
});
export type SessionAnswer = z.output<typeof sessionSchema>;

/** A session in the shop's words. */
export const paymentSession = (answer: SessionAnswer): PaymentSession => ({
  id: answer.id,
  state: answer.status,
  paid: answer.payment_status === 'paid',
  amount: answer.amount_total,
  currency: answer.currency,
  paymentIntent: answer.payment_intent ?? null,
  livemode: answer.livemode,
  orderNumber: answer.client_reference_id ?? answer.metadata['order'] ?? null,
  email: answer.customer_details?.email ?? answer.customer_email ?? null,
  phone: answer.customer_details?.phone ?? null,
  shippingAddress: answer.collected_information?.shipping_details ?? null,
});

export const refundSchema = z.object({
  id,
  status: z
    .string()
    .nullish()
    .transform((status) => status ?? 'pending'),
  amount,
  payment_intent: idOf.nullish(),
  reason: z.string().nullish(),
  metadata,
});
const seconds = z.int().transform((value) => new Date(value * 1000));
const movedSchema = z
  .object({ id, amount, currency: z.string(), created: seconds })
  .transform(({ created: at, ...moved }) => ({ ...moved, at }));
export const disputeSchema = z.object({
  id,
  amount,
  currency: z.string(),
  status: z.string(),
  created: seconds,
  payment_intent: idOf.nullish(),
  balance_transactions: z.array(movedSchema),
});
export const intentSchema = z.object({ id, metadata });

/**
 * An event as it arrives, by webhook or by list: only what says which object to read again. Names
 * and addresses in it are not kept.
 */
export const eventSchema = z
  .object({
    id: z.string().regex(/^evt_\w{1,200}$/),
    type: z.string().min(1).max(200),
    livemode: z.boolean(),
    created: z.int(),
    data: z.object({
      object: z.looseObject({
        id: id.max(200).nullish(),
        payment_intent: idOf.nullish().catch(null),
      }),
    }),
  })
  .transform(({ id: eventId, type, livemode, created, data: { object } }) => ({
    id: eventId,
    type,
    livemode,
    created,
    object: { id: object.id ?? '', paymentIntent: object.payment_intent ?? null },
  }));
export type StripeEvent = z.output<typeof eventSchema>;
