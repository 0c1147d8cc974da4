/**
 * Every mail the shop sends: its kind, and the data its template needs. Amounts are euro cents, VAT
 * included; addresses of pages are complete. `key` names the mail for ever: the same key is the
 * same mail, never sent twice on purpose.
 *
 * An entry of its own (`@comptoir/contracts/mails`): no shopper's page needs it.
 */
import { z } from 'zod';

import { centsSchema } from './money.ts';

const text = z.string();
const url = z
  .url({ protocol: /^https?$/, error: 'must be a complete http(s) address' })
  .regex(/^[^\s\p{Cc}]+$/u, 'must be one word');
const line = z.object({
  name: text,
  label: text.default(''),
  quantity: z.int().positive(),
  total: centsSchema,
});
const address = z.object({
  name: text,
  street: z.array(text).max(3),
  postalCode: text,
  city: text,
  country: text,
});
const order = z.object({
  number: text.min(1),
  lines: z.array(line).min(1),
  subtotal: centsSchema,
  discount: centsSchema,
  shipping: centsSchema,
  /** How it is sent, in the buyer's words; may be empty. */
  delivery: text.default(''),
  total: centsSchema,
  /** Basis points, and the VAT in the total at that rate. */
  vat: z.array(z.object({ rate: z.int().min(0), vat: centsSchema })),
  testMode: z.boolean().default(false),
});
const days = z.object({ min: z.int().min(0), max: z.int().min(0) });

const toShopper = {
  key: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/,
      'a key has 1 to 150 letters, digits, dots, dashes',
    ),
  to: z.email(),
  locale: z.enum(['fr', 'en']),
};
/** Staff read French. */
const toStaff = { ...toShopper, locale: z.literal('fr') };

export const mailSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order-confirmed'),
    ...toShopper,
    data: z.object({ order, address: address.nullable(), delivery: days.nullable(), url }),
  }),
  z.object({
    kind: z.literal('order-shipped'),
    ...toShopper,
    data: z.object({
      number: text,
      corrected: z.boolean().default(false),
      lines: z.array(line),
      address: address.nullable(),
      carrier: text.nullable(),
      trackingNumber: text.nullable(),
      trackingUrl: url.nullable(),
      url,
    }),
  }),
  z.object({
    kind: z.literal('order-refunded'),
    ...toShopper,
    data: z.object({
      number: text,
      amount: centsSchema,
      full: z.boolean(),
      reason: text.nullable(),
      url,
    }),
  }),
  z.object({
    kind: z.literal('payment-failed'),
    ...toShopper,
    data: z.object({ number: text, total: centsSchema, url }),
  }),
  z.object({
    kind: z.literal('order-expired'),
    ...toShopper,
    data: z.object({ number: text, total: centsSchema, bounced: z.boolean().default(false), url }),
  }),
  z.object({
    kind: z.literal('order-link'),
    ...toShopper,
    data: z.object({ orders: z.array(z.object({ number: text, total: centsSchema, url })).min(1) }),
  }),
  z.object({
    kind: z.literal('merchant-new-order'),
    ...toStaff,
    data: z.object({ order, email: text, address: address.nullable(), url }),
  }),
  z.object({
    kind: z.literal('merchant-low-stock'),
    ...toStaff,
    data: z.object({
      pieces: z
        .array(
          z.object({
            sku: text,
            name: text,
            label: text.default(''),
            available: z.int(),
            threshold: z.int(),
          }),
        )
        .min(1),
      url,
    }),
  }),
  z.object({
    kind: z.literal('merchant-needs-review'),
    ...toStaff,
    data: z.object({ number: text, total: centsSchema, reason: text, url }),
  }),
  z.object({ kind: z.literal('staff-password'), ...toStaff, data: z.object({ url }) }),
  /** What Strapi itself sends besides, such as the test message of its settings page. */
  z.object({
    kind: z.literal('staff-message'),
    ...toStaff,
    data: z.object({ subject: text, text }),
  }),
]);

/** A mail as the outbox gives it back. */
export type Mail = z.output<typeof mailSchema>;
/** A mail as callers write it: plain integers for cents, optional fields left out. */
export type NewMail = z.input<typeof mailSchema>;
export type MailKind = Mail['kind'];
export type MailOf<K extends MailKind> = Extract<Mail, { kind: K }>;
/** What a caller says in a mail of each kind. */
export type MailData = { [K in MailKind]: Extract<NewMail, { kind: K }>['data'] };
/**
 * A mail of one kind as callers write it. Whether its key, address and language fit is checked when
 * it is put into the outbox.
 */
export interface MailMessage<K extends MailKind> {
  kind: K;
  key: string;
  to: string;
  locale: MailLocale;
  data: MailData[K];
}
export type MailLocale = Mail['locale'];
export type OrderInMail = z.output<typeof order>;
export type AddressInMail = z.output<typeof address>;
export type LineInMail = z.output<typeof line>;
