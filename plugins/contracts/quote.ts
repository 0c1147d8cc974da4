import { z } from 'zod';

import { cartSchema } from './cart.ts';
import {
  countrySchema,
  DEFAULT_LOCALE,
  deliveryMethodSchema,
  localeSchema,
  STANDARD_DELIVERY,
} from './identity.ts';
import { cents, moneySchema } from './money.ts';
import { ONE_LINE_TEXT } from './text.ts';

export const DEFAULT_COUNTRY = 'FR';
export const MAX_PROMOTION_CODE = 40;

/**
 * A code as a shopper types it: any case, spaces around it, empty = none. Unknown codes are the
 * quote's business, not an input error.
 */
export const promotionCodeSchema = z
  .string()
  .trim()
  .max(MAX_PROMOTION_CODE, `at most ${MAX_PROMOTION_CODE} characters`)
  .regex(ONE_LINE_TEXT, 'a control character cannot be part of a code: type it again')
  .transform((code) => (code === '' ? undefined : code.toUpperCase()))
  .optional();

/** `POST /api/panier/devis`. */
export const quoteRequestSchema = z.object({
  cart: cartSchema,
  country: countrySchema.default(DEFAULT_COUNTRY),
  /** Absent, or not to be had for this country and weight: the first that is. */
  delivery: deliveryMethodSchema.optional(),
  promotionCode: promotionCodeSchema,
  locale: localeSchema.default(DEFAULT_LOCALE),
});
export type QuoteRequest = z.infer<typeof quoteRequestSchema>;

/** `short`: fewer pieces than asked; `gone`: no longer sold, counts 0 and may have no name. */
export const QUOTE_LINE_STATES = ['ok', 'short', 'gone'] as const;
export type QuoteLineState = (typeof QUOTE_LINE_STATES)[number];

export const quoteLineSchema = z.object({
  sku: z.string(),
  reference: z.string(),
  slug: z.string(),
  name: z.string(),
  label: z.string(),
  /** Pieces asked for. */
  quantity: z.int().min(1),
  /** VAT included, as all amounts here. */
  unitPrice: moneySchema,
  /** This line's part of the promotion. */
  discount: moneySchema,
  /** `unitPrice × quantity − discount`. */
  total: moneySchema,
  /** Basis points. */
  vatRate: z.int().min(0).max(10_000),
  /** Grams of one piece. */
  weight: z.int().min(0),
  state: z.enum(QUOTE_LINE_STATES),
  /** Pieces that could be had now, never more than asked for. */
  available: z.int().min(0),
});
export type QuoteLine = z.infer<typeof quoteLineSchema>;

/** A country this cart can be sent to, with the price that fits its weight. */
export const quoteCountrySchema = z.object({
  code: countrySchema,
  price: moneySchema,
  freeFrom: moneySchema.nullable(),
  /** Working days. */
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
});
export type QuoteCountry = z.infer<typeof quoteCountrySchema>;

/** A way to send this cart to its country. `price` is what is charged, 0 when `free`. */
export const quoteDeliverySchema = z.object({
  method: deliveryMethodSchema.default(STANDARD_DELIVERY),
  /** In the quote's language; empty when it has none. */
  name: z.string().default(''),
  price: moneySchema,
  free: z.boolean(),
  /** Goods from which it is free; null = never. */
  freeFrom: moneySchema.nullable().default(null),
  /** Working days. */
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
});
export type QuoteDelivery = z.infer<typeof quoteDeliverySchema>;

/** One VAT rate's part of a total, shipping included: `net + vat = gross`. */
export const vatPartSchema = z.object({
  rate: z.int().min(0).max(10_000),
  net: moneySchema,
  vat: moneySchema,
  gross: moneySchema,
});
export type VatPart = z.infer<typeof vatPartSchema>;

export const PROMOTION_KINDS = ['percentage', 'amount', 'free_shipping'] as const;
export type PromotionKind = (typeof PROMOTION_KINDS)[number];
/** Why a code gives nothing today. */
export const PROMOTION_PROBLEMS = [
  'unknown',
  'not-started',
  'ended',
  'minimum',
  'used-up',
] as const;
export type PromotionProblem = (typeof PROMOTION_PROBLEMS)[number];
/**
 * Least cents a payment by card can be: Stripe's minimum charge in EUR (docs.stripe.com/currencies,
 * "Minimum and maximum charge amounts"). Nothing to pay at all is fine.
 */
export const MIN_CARD_PAYMENT = cents(50);
/**
 * Why a quote cannot be ordered. `too-many-pieces`: above `MAX_ORDER_PIECES`; `below-minimum`:
 * something to pay, but less than {@link MIN_CARD_PAYMENT}.
 */
export const ORDER_OBSTACLES = [
  'closed',
  'empty',
  'gone',
  'short',
  'no-shipping',
  'too-many-pieces',
  'below-minimum',
] as const;
export type OrderObstacle = (typeof ORDER_OBSTACLES)[number];

/** The server's price for a cart: `subtotal − discount + shipping.price = total = Σ vat.gross`. */
export const quoteSchema = z.object({
  lines: z.array(quoteLineSchema),
  country: countrySchema,
  countries: z.array(quoteCountrySchema),
  /** The chosen one of `deliveries`. Null when nothing goes to this country at this weight. */
  shipping: quoteDeliverySchema.nullable(),
  /** In the order of the shop's settings. */
  deliveries: z.array(quoteDeliverySchema).default([]),
  promotion: z
    .object({ code: z.string(), kind: z.enum(PROMOTION_KINDS), discount: moneySchema })
    .nullable(),
  promotionProblem: z.enum(PROMOTION_PROBLEMS).nullable(),
  /** What `subtotal` must come to for the code; only while that is the problem (`minimum`). */
  promotionMinimum: moneySchema.nullable().default(null),
  subtotal: moneySchema,
  discount: moneySchema,
  /** By rate, ascending. */
  vat: z.array(vatPartSchema),
  total: moneySchema,
  /** False: the shop takes no orders now. */
  open: z.boolean(),
  orderable: z.boolean(),
  /** Empty exactly when `orderable`. */
  reasons: z.array(z.enum(ORDER_OBSTACLES)),
});
export type Quote = z.infer<typeof quoteSchema>;

export const quoteAnswerSchema = z.object({ data: quoteSchema });
export type QuoteAnswer = z.infer<typeof quoteAnswerSchema>;
