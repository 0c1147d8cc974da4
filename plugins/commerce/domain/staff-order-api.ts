import { z } from 'zod';
import {
  type Cents,
  centsSchema,
  ORDER_STATUSES,
  type OrderStatus,
  type ShippingAddress,
  statusesThat,
} from '@comptoir/contracts';

import type { RefundStatus, ReviewReason } from './order-model.ts';
import { storable } from './storable-text.ts';

/**
 * What crosses between the admin's order pages and their routes (`/commerce/orders…`, an
 * administrator's session). Cents VAT included; instants ISO 8601 UTC.
 */

/** `todo`: what staff have to act on. */
export const ORDER_FILTERS = ['todo', ...ORDER_STATUSES] as const;
export type OrderFilter = (typeof ORDER_FILTERS)[number];
export const TO_ACT_ON: readonly OrderStatus[] = statusesThat('awaitsStaff');

/** `GET /commerce/orders`: `search` looks in number, e-mail and name. */
export const orderListQuerySchema = z.object({
  search: storable(z.string().trim().max(120, 'au plus 120 caractères')).default(''),
  filter: z.enum(ORDER_FILTERS, `un filtre parmi ${ORDER_FILTERS.join(', ')}`).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(25),
});
export type OrderListQuery = z.output<typeof orderListQuerySchema>;

export interface OrderSummary {
  number: string;
  status: OrderStatus;
  reviewReason: ReviewReason | null;
  testMode: boolean;
  email: string;
  customerName: string | null;
  country: string;
  /** How it is sent, in the buyer's words; may be empty. */
  delivery: string;
  pieces: number;
  total: Cents;
  refunded: Cents;
  placedAt: string;
  paidAt: string | null;
}
/**
 * `{data: OrderSummary[], meta}`; orders to review come first, then the oldest of what is to be
 * done, the newest of all others. `refunded` is of the order's own price. `counts` are of all
 * orders, whatever is searched.
 */
export interface OrderListMeta {
  page: number;
  pageSize: number;
  total: number;
  counts: Record<OrderFilter, number>;
}

export interface StaffLine {
  sku: string;
  reference: string;
  title: string;
  label: string;
  unitPrice: Cents;
  quantity: number;
  discount: Cents;
  total: Cents;
  vatRate: number;
  /** Pieces whose money was given back, or is on its way. */
  refundedQuantity: number;
  /** Pieces put back in stock. */
  restocked: number;
}
/** `at`: when staff asked for it, or when it was made in Stripe. */
export interface StaffRefund {
  id: string;
  at: string | null;
  amount: Cents;
  status: RefundStatus | 'asked';
  reason: string;
  actor: string;
}
interface StaffPayment {
  paymentIntent: string;
  amount: Cents;
  currency: string;
  at: string;
  livemode: boolean;
}

/**
 * What happened, newest last: the order's events, its mails and the movements of its stock. `text`
 * is French, for people.
 */
export type TimelineItem =
  | { kind: 'event'; at: string; actor: string; text: string }
  | {
      kind: 'mail';
      at: string;
      text: string;
      to: string;
      state: 'waiting' | 'sent' | 'dead';
      key: string;
      error: string | null;
    }
  | { kind: 'stock'; at: string; actor: string; text: string }
  | {
      kind: 'webhook';
      at: string;
      text: string;
      state: 'received' | 'done' | 'dead';
      id: string;
      error: string | null;
    };

/** What the order's state allows; a role may allow less. */
export const ORDER_ACTIONS = [
  'prepare',
  'ship',
  'correct-tracking',
  'cancel',
  'approve',
  'retry-refunds',
  'put-aside',
  'refund',
] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

/** `GET /commerce/orders/:number` → `{data: StaffOrder}`, and what every action answers. */
export interface StaffOrder extends Omit<OrderSummary, 'pieces'> {
  locale: 'fr' | 'en';
  phone: string | null;
  address: ShippingAddress | null;
  lines: StaffLine[];
  promotionCode: string | null;
  subtotal: Cents;
  discount: Cents;
  shipping: Cents;
  vat: { rate: number; net: Cents; vat: Cents; gross: Cents }[];
  paid: Cents;
  refundable: Cents;
  /** Euros that the buyer's bank holds or has taken. */
  disputed: Cents;
  shippingRefunded: boolean;
  payments: StaffPayment[];
  refunds: StaffRefund[];
  tracking: { carrier: string; number: string } | null;
  shippedAt: string | null;
  minDays: number;
  maxDays: number;
  /** The order as its buyer sees it. */
  shopperUrl: string;
  actions: OrderAction[];
  timeline: TimelineItem[];
}

const reason = storable(
  z.string('un motif').trim().min(1, 'indiquez un motif').max(200, 'au plus 200 caractères'),
);
const word = storable(z.string().trim().max(100, 'au plus 100 caractères'));

/**
 * `POST …/:number/shipment`. Empty: sent without tracking. Again with another number: the tracking
 * is corrected and the buyer told.
 */
export const shipmentSchema = z
  .object({
    carrier: word.default(''),
    trackingNumber: word
      .regex(
        /^[A-Za-z0-9 ._/-]*$/,
        'des lettres sans accent, des chiffres, espaces, points, tirets ou barres',
      )
      .default(''),
  })
  .refine(({ carrier, trackingNumber }) => trackingNumber === '' || carrier !== '', {
    path: ['carrier'],
    message: 'indiquez le transporteur de ce numéro de suivi',
  });
/** `POST …/:number/cancellation`, and `…/put-aside` (the money was given back by other means). */
export const cancellationSchema = z.object({ reason });
/**
 * `POST …/:number/refunds`. Without `amount` it is what the lines and the shipping cost after
 * discount; with it that amount, which `lines` then only explain. `request` is made by the page
 * once per dialog: sent twice, it is one refund. `restock` puts the pieces of `lines` back in
 * stock.
 */
export const refundFormSchema = z.object({
  request: z.string().regex(/^[A-Za-z0-9-]{8,64}$/, 'de 8 à 64 lettres, chiffres ou tirets'),
  lines: z
    .array(z.object({ sku: storable(z.string().min(1).max(100)), quantity: z.int().min(1) }))
    .max(100)
    .refine(
      (lines) => new Set(lines.map(({ sku }) => sku)).size === lines.length,
      'une ligne par article : additionnez les quantités',
    )
    .default([]),
  shipping: z.boolean().default(false),
  amount: centsSchema
    .refine((amount) => amount > 0, 'un montant supérieur à zéro, en centimes')
    .nullish()
    .transform((amount) => amount ?? null),
  restock: z.boolean().default(false),
  reason,
});
export type RefundForm = z.output<typeof refundFormSchema>;

/**
 * `GET /commerce/failures` → `{data: Failures}`: what was given up after its last try, or does not
 * add up.
 */
export interface Failures {
  events: { id: string; type: string; error: string | null; at: string; order: string | null }[];
  mails: { key: string; kind: string; to: string; error: string | null; at: string }[];
  /** What Stripe's account and the ledger disagree about; `title` says it in French. */
  differences: {
    kind: string;
    object: string;
    title: string;
    detail: string;
    order: string | null;
    at: string;
  }[];
  /** SKUs whose stock is not the sum of its movements, since when that is known. */
  stock: { sku: string; at: string }[];
}
/** `POST /commerce/failures/differences/dismissal`: staff have dealt with one. */
export const differenceSchema = z.object({
  kind: storable(z.string().min(1).max(100)),
  object: storable(z.string().min(1).max(255)),
});

/**
 * `GET /commerce/today` → `{data: Today}`. The day is the shop's, in Paris; test orders count as
 * orders of their own and never as revenue.
 */
export interface Today {
  /** Paid today. */
  orders: number;
  testOrders: number;
  /** Received today less given back today; null for a role that may not decide about money. */
  revenue: Cents | null;
  toPrepare: number;
  needsReview: number;
  failures: number;
}
