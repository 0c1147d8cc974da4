import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** What the simulator remembers. All instants are Unix seconds, all amounts cents. */
const seconds = z.number().int();
const cents = z.number().int().nonnegative();
const texts = z.record(z.string(), z.string());

export const detailsSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  address: z
    .object({
      line1: z.string(),
      line2: z.string().nullable(),
      postal_code: z.string(),
      city: z.string(),
      state: z.string().nullable(),
      country: z.string(),
    })
    .nullable(),
});
/** Who pays and where it goes, as typed on the pay page. */
export type Details = z.infer<typeof detailsSchema>;

export const sessionSchema = z.object({
  id: z.string(),
  created: seconds,
  expiresAt: seconds,
  status: z.enum(['open', 'complete', 'expired']),
  paymentStatus: z.enum(['paid', 'unpaid', 'no_payment_required']),
  order: z.string().nullable(),
  metadata: texts,
  customerEmail: z.string().nullable(),
  customerCreation: z.string().nullable(),
  locale: z.string(),
  lines: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      unitAmount: cents,
      quantity: z.number().int(),
    }),
  ),
  shipping: z.object({ id: z.string(), name: z.string(), amount: cents }).nullable(),
  countries: z.array(z.string()).nullable(),
  phone: z.boolean(),
  excluded: z.array(z.string()),
  allowed: z.array(z.string()).nullable(),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
  intent: z.string().nullable(),
  details: detailsSchema.nullable(),
  intentData: z.object({
    description: z.string().nullable(),
    metadata: texts,
    receiptEmail: z.string().nullable(),
  }),
  billing: z.string().nullable(),
  submit: z.string().nullable(),
  terms: z.string().nullable(),
  customText: z.record(z.string(), z.string().nullable()),
});
export type Session = z.infer<typeof sessionSchema>;

export const intentSchema = z.object({
  id: z.string(),
  created: seconds,
  session: z.string(),
  amount: cents,
  refunded: cents,
  status: z.enum([
    'requires_payment_method',
    'requires_action',
    'processing',
    'succeeded',
    'canceled',
  ]),
  charge: z
    .object({
      id: z.string(),
      created: seconds,
      status: z.enum(['succeeded', 'pending', 'failed']),
    })
    .nullable(),
  failure: z.string().nullable(),
  settlesAt: seconds.nullable(),
});
export type Intent = z.infer<typeof intentSchema>;

export const refundSchema = z.object({
  id: z.string(),
  created: seconds,
  intent: z.string(),
  charge: z.string(),
  amount: cents,
  reason: z.string().nullable(),
  metadata: texts,
  status: z.enum(['succeeded', 'failed']).default('succeeded'),
});
export type Refund = z.infer<typeof refundSchema>;

export const disputeSchema = z.object({
  id: z.string(),
  created: seconds,
  intent: z.string(),
  charge: z.string(),
  amount: cents,
  reason: z.string(),
  status: z.enum(['warning_needs_response', 'warning_closed', 'needs_response', 'won', 'lost']),
  /** What moved because of it, less than zero = taken. */
  funds: z.array(z.object({ id: z.string(), amount: z.number().int(), created: seconds })),
});
export type Dispute = z.infer<typeof disputeSchema>;

export const eventSchema = z.object({
  id: z.string(),
  created: seconds,
  type: z.string(),
  object: z.record(z.string(), z.unknown()),
  delivery: z.enum(['pending', 'delivered', 'dropped', 'given-up']),
});
export type StoredEvent = z.infer<typeof eventSchema>;

export const keptAnswerSchema = z.object({
  key: z.string(),
  hash: z.string(),
  at: seconds,
  status: z.number().int(),
  body: z.record(z.string(), z.unknown()),
});
/** The answer that a repeated idempotency key gets again. */
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;

/** A fresh identifier in Stripe's form, such as `cs_test_…`. */
export const identifier = (prefix: string): string =>
  `${prefix}_${randomBytes(18).toString('hex')}`;

/** Cents that the buyer pays for a session, shipping included. */
export const totalOf = (session: Session): number =>
  subtotalOf(session) + (session.shipping?.amount ?? 0);
export const subtotalOf = (session: Session): number =>
  session.lines.reduce((sum, line) => sum + line.unitAmount * line.quantity, 0);
