import { z } from 'zod';

import { cartSchema } from './cart.ts';
import { failureSchema } from './failure.ts';
import { countrySchema, deliveryMethodSchema, localeSchema } from './identity.ts';
import { centsSchema, moneySchema } from './money.ts';
import { promotionCodeSchema, quoteSchema, vatPartSchema } from './quote.ts';

/** `AH-` and eight random Crockford base32 characters (no I, L, O, U). */
export const ORDER_NUMBER_PATTERN = /^AH-[0-9A-HJKMNP-TV-Z]{8}$/;
export const orderNumberSchema = z
  .string()
  .regex(ORDER_NUMBER_PATTERN, 'an order number looks like AH-7K3M9QXT');
/** Opens one order without an account; opaque to clients. */
export const orderTokenSchema = z
  .string()
  .min(1, 'the link is incomplete')
  .max(200, 'the link is damaged');

export const ORDER_STATUSES = [
  'pending',
  'paid',
  'preparing',
  'shipped',
  'expired',
  'cancelled',
  'needs_review',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An e-mail address as typed: spaces around it are dropped, nothing else is changed. */
export const emailSchema = z
  .string('an e-mail address')
  .trim()
  .max(254, 'at most 254 characters')
  .pipe(z.email('an e-mail address, such as nom@exemple.fr'));
/** Made by the client, once per order it means to place. */
export const idempotencyKeySchema = z
  .string('16 to 64 letters, digits, - or _')
  .regex(/^[A-Za-z0-9_-]{16,64}$/, '16 to 64 letters, digits, - or _');

/** `POST /api/commandes`. */
export const orderRequestSchema = z.object({
  cart: cartSchema,
  country: countrySchema,
  email: emailSchema,
  locale: localeSchema,
  /** The one the shopper saw priced; another one is answered 409 with the new quote. */
  delivery: deliveryMethodSchema.optional(),
  promotionCode: promotionCodeSchema,
  /** The total the shopper saw, in cents; another total is answered 409 with the new quote. */
  expectedTotal: centsSchema.refine((total) => total >= 0, 'the total shown, in cents'),
  idempotencyKey: idempotencyKeySchema,
  termsAccepted: z.literal(true, 'the terms of sale must be accepted'),
  /** One's own unpaid order that this one replaces. */
  previous: z.object({ number: orderNumberSchema, token: orderTokenSchema }).optional(),
});
export type OrderRequest = z.infer<typeof orderRequestSchema>;

/**
 * 201 and 202. Go to `paymentUrl` when it is there, else to the order's page: nothing is due (201),
 * or Stripe has not answered yet (202).
 */
export const orderPlacedSchema = z.object({
  data: z.object({
    number: orderNumberSchema,
    token: orderTokenSchema,
    paymentUrl: z.url().optional(),
  }),
});
export type OrderPlaced = z.infer<typeof orderPlacedSchema>;

/**
 * 409: the total changed or stock is short (`quote` is the price now), or the key already belongs
 * to another request.
 */
export const orderConflictSchema = failureSchema.extend({
  error: failureSchema.shape.error.extend({
    details: z.union([
      z.object({ quote: quoteSchema }),
      z.object({ reason: z.literal('key-reused') }),
    ]),
  }),
});
export type OrderConflict = z.infer<typeof orderConflictSchema>;

export const orderLineSchema = z.object({
  sku: z.string(),
  reference: z.string(),
  title: z.string(),
  label: z.string(),
  quantity: z.int().min(1),
  unitPrice: moneySchema,
  discount: moneySchema,
  /** `unitPrice × quantity − discount`. */
  total: moneySchema,
  /** Basis points. */
  vatRate: z.int().min(0).max(10_000),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** Where the parcel goes; known once Stripe has asked for it. */
export const shippingAddressSchema = z.object({
  name: z.string(),
  line1: z.string(),
  line2: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: countrySchema,
});
export type ShippingAddress = z.infer<typeof shippingAddressSchema>;

/** An order as its buyer sees it: frozen prices, VAT included. Instants are ISO 8601 UTC. */
export const orderViewSchema = z.object({
  number: orderNumberSchema,
  status: z.enum(ORDER_STATUSES),
  /** Paid with test keys or on the simulator: nothing was charged. */
  testMode: z.boolean(),
  locale: localeSchema,
  email: z.string(),
  country: countrySchema,
  lines: z.array(orderLineSchema),
  promotionCode: z.string().nullable(),
  subtotal: moneySchema,
  discount: moneySchema,
  shipping: moneySchema,
  /** How it is sent, in the order's language; empty when the shop has one way only. */
  delivery: z.string().default(''),
  /** `subtotal − discount + shipping`. */
  total: moneySchema,
  vat: z.array(vatPartSchema),
  /** What of the total was given back; the return of a payment made twice is none of it. */
  refunded: moneySchema,
  /** Only while `pending` and the session is open. */
  paymentUrl: z.url().nullable(),
  shippingAddress: shippingAddressSchema.nullable(),
  /** `number` may be empty; `url` is where the parcel can be followed, if that is known. */
  tracking: z
    .object({ carrier: z.string(), number: z.string(), url: z.url().nullable().default(null) })
    .nullable(),
  /** Working days from payment. */
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
  placedAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  shippedAt: z.iso.datetime().nullable(),
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** `GET /api/commandes/:number?token=`. */
export const orderAnswerSchema = z.object({ data: orderViewSchema });
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;

/**
 * `POST /api/commandes/lien`: one order's link, or those of every order of an address. Always
 * answered 202.
 */
export const orderLinkRequestSchema = z.object({
  email: emailSchema,
  number: orderNumberSchema.optional(),
});
export type OrderLinkRequest = z.infer<typeof orderLinkRequestSchema>;
