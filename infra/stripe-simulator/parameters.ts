import { z } from 'zod';

import {
  address,
  amount,
  country,
  currency,
  flag,
  integer,
  list,
  metadata,
  positive,
  text,
} from './form-fields.ts';

/**
 * What the shop may send, in API 2026-10-28. Everything else is refused: a parameter that Stripe
 * removed (`payment_method_types`, `ui_mode: hosted`) or one that breaks the shop's amounts
 * (promotion codes, adjustable quantities).
 */
const days = z.strictObject({ unit: z.enum(['business_day', 'day']), value: positive });
const message = z.strictObject({ message: text(1200) });

const productData = z.strictObject({
  name: text(250),
  description: text(40_000).optional(),
  images: list(address, 8).optional(),
  metadata: metadata.optional(),
});
const lineItem = z.strictObject({
  quantity: positive,
  price_data: z.strictObject({
    currency,
    unit_amount: amount,
    product_data: productData,
    tax_behavior: z.enum(['inclusive', 'exclusive', 'unspecified']).optional(),
  }),
});
const shippingOption = z.strictObject({
  shipping_rate_data: z.strictObject({
    type: z.literal('fixed_amount'),
    display_name: text(100),
    fixed_amount: z.strictObject({ amount, currency }),
    metadata: metadata.optional(),
    tax_behavior: z.enum(['inclusive', 'exclusive', 'unspecified']).optional(),
    delivery_estimate: z
      .strictObject({ minimum: days.optional(), maximum: days.optional() })
      .optional(),
  }),
});

const expand = list(text(200), 20).default([]);

export const createSession = z.strictObject({
  mode: z.literal('payment', 'The simulator takes mode=payment only.'),
  line_items: list(lineItem),
  success_url: address,
  cancel_url: address.optional(),
  client_reference_id: text(200).optional(),
  customer_email: text(512)
    .refine((value) => /^[^@\s]+@[^@\s]+$/.test(value), 'Invalid email address')
    .optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  locale: z
    .enum(['auto', 'fr', 'en'], 'Invalid locale: the simulated page speaks auto, fr and en.')
    .default('auto'),
  metadata: metadata.default({}),
  expires_at: integer.optional(),
  adaptive_pricing: z
    .strictObject({
      enabled: z.literal(
        'false',
        'Adaptive pricing must be off: it changes the currency that is paid.',
      ),
    })
    .optional(),
  allow_promotion_codes: z
    .literal('false', 'Promotion codes are priced by the shop, not by Stripe.')
    .optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  shipping_address_collection: z.strictObject({ allowed_countries: list(country, 250) }).optional(),
  shipping_options: list(shippingOption, 5)
    .refine(
      (options) => options.length === 1,
      'Exactly one shipping option: the buyer has already chosen in the cart.',
    )
    .optional(),
  phone_number_collection: z.strictObject({ enabled: flag }).optional(),
  excluded_payment_method_types: list(text(40)).default([]),
  allowed_payment_method_types: list(text(40)).optional(),
  payment_intent_data: z
    .strictObject({
      description: text(1000).optional(),
      metadata: metadata.optional(),
      receipt_email: text(512).optional(),
      statement_descriptor_suffix: text(22).optional(),
    })
    .optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay']).optional(),
  consent_collection: z
    .strictObject({ terms_of_service: z.enum(['none', 'required']).optional() })
    .optional(),
  custom_text: z
    .strictObject({
      submit: message.optional(),
      after_submit: message.optional(),
      shipping_address: message.optional(),
      terms_of_service_acceptance: message.optional(),
    })
    .optional(),
  ui_mode: z
    .literal('hosted_page', 'Invalid ui_mode: leave it out, or send hosted_page.')
    .optional(),
  expand,
});
export type CreateSession = z.output<typeof createSession>;

export const onlyExpand = z.strictObject({ expand });

const range = z.union([
  integer.transform((value) => ({ gte: value, lte: value, gt: undefined, lt: undefined })),
  z.strictObject({
    gt: integer.optional(),
    gte: integer.optional(),
    lt: integer.optional(),
    lte: integer.optional(),
  }),
]);
export type Range = z.output<typeof range>;
const paging = {
  created: range.optional(),
  limit: integer
    .refine((value) => value >= 1 && value <= 100, 'Invalid limit: 1 to 100')
    .default(10),
  starting_after: text(200).optional(),
  ending_before: text(200).optional(),
  expand,
};

export const listSessions = z.strictObject({
  ...paging,
  payment_intent: text(200).optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
});
export const listIntents = z.strictObject(paging);
export const listCharges = z.strictObject({ ...paging, payment_intent: text(200).optional() });
export const listRefunds = z.strictObject({
  ...paging,
  payment_intent: text(200).optional(),
  charge: text(200).optional(),
});
export const listDisputes = listRefunds;
export const listEvents = z.strictObject({
  ...paging,
  type: text(100).optional(),
  types: list(text(100), 20).optional(),
  delivery_success: flag.optional(),
});

export const createRefund = z.strictObject({
  payment_intent: text(200).optional(),
  charge: text(200).optional(),
  amount: positive.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.default({}),
  expand,
});
