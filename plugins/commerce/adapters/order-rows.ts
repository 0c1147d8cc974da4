import { z } from 'zod';
import {
  centsSchema,
  localeSchema,
  ORDER_STATUSES,
  shippingAddressSchema,
} from '@comptoir/contracts';
import { jsonOf, zoned } from '@comptoir/database';

import {
  DISPUTE_ENTRIES,
  type Holding,
  type LinePart,
  type Order,
  REFUND_STATUSES,
  REVIEW_REASONS,
  STOCK_MOVES,
  type StockMove,
} from '../domain/order-model.ts';
import type { OrderRecord } from '../domain/order-ports.ts';

/** A row of `refund_requests q` as {@link refundRequestSchema} reads it. */
export const REQUEST = `jsonb_build_object('key', q.key, 'paymentIntent', q.payment_intent, 'amount', q.amount, 'reason', q.reason, 'actor', q.actor,
      'lines', q.lines, 'shipping', q.shipping)`;

/**
 * One order with its rows. Read it after locking, never in the locking statement: subqueries there
 * keep an older view of other tables.
 */
export const RECORD = `select o.number, o.status, o.locale, o.email, o.country, o.idempotency_key, o.request_hash, o.client_hash, o.subtotal, o.discount, o.shipping, o.total,
    o.promotion_code, o.test_mode, o.needs_review_reason, o.payment_attempt, o.stripe_session_id, o.payment_url, o.delivery, o.min_days, o.max_days, o.shipping_address, o.phone,
    o.tracking_carrier, o.tracking_number, ${['session_expires_at', 'placed_at', 'paid_at', 'shipped_at'].map((column) => `${zoned(`o.${column}`)} as ${column}`).join(', ')},
    coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'reference', l.reference, 'title', l.title, 'label', l.label, 'unitPrice', l.unit_price, 'quantity', l.quantity,
      'discount', l.discount, 'total', l.total, 'vatRate', l.vat_rate, 'weight', l.weight) order by l.position) from order_lines l where l.order_number = o.number), '[]') as lines,
    coalesce((select jsonb_agg(jsonb_build_object('paymentIntent', p.stripe_payment_intent, 'sessionId', p.stripe_session_id, 'amount', p.amount, 'currency', p.currency,
      'livemode', p.livemode, 'at', ${zoned('p.at')}) order by p.id) from payments p where p.order_number = o.number), '[]') as payments,
    coalesce((select jsonb_agg(jsonb_build_object('id', r.stripe_refund, 'paymentIntent', r.payment_intent, 'amount', r.amount, 'status', r.status, 'reason', r.reason,
      'actor', r.actor, 'key', r.request_key) order by r.id) from refunds r where r.order_number = o.number), '[]') as refunds,
    coalesce((select jsonb_agg(${REQUEST} order by q.id) from refund_requests q where q.order_number = o.number), '[]') as asked,
    o.reviewed_from,
    coalesce((select jsonb_agg(q.key order by q.id) from refund_requests q where q.order_number = o.number and q.state = 'refused'), '[]') as refused,
    coalesce((select jsonb_agg(jsonb_build_object('reference', d.reference, 'disputeId', d.stripe_dispute, 'paymentIntent', d.payment_intent, 'entry', d.entry, 'amount', d.amount,
      'currency', d.currency, 'status', d.status, 'at', ${zoned('d.at')}) order by d.id) from disputes d where d.order_number = o.number), '[]') as disputes,
    coalesce((select jsonb_agg(jsonb_build_object('sku', m.sku, 'delta', m.delta, 'reserved', m.reserved_delta, 'move', m.move) order by m.id) from stock_movements m where m.order_number = o.number), '[]') as moves
  from orders o where o.number = ?`;

const lineSchema = z.object({
  sku: z.string(),
  reference: z.string(),
  title: z.string(),
  label: z.string(),
  unitPrice: centsSchema,
  quantity: z.int(),
  discount: centsSchema,
  total: centsSchema,
  vatRate: z.int(),
  weight: z.int(),
});
const paymentSchema = z.object({
  paymentIntent: z.string(),
  sessionId: z.string(),
  amount: centsSchema,
  currency: z.string(),
  livemode: z.boolean(),
  at: z.coerce.date(),
});
const partSchema = z.object({ sku: z.string(), quantity: z.int() });
const moneyBack = z.object({
  key: z.string(),
  paymentIntent: z.string(),
  amount: centsSchema,
  reason: z.string(),
  actor: z.string(),
});
export const refundRequestSchema = moneyBack.extend({
  lines: z.array(partSchema),
  shipping: z.boolean(),
});
const refundSchema = moneyBack.extend({
  id: z.string(),
  status: z.enum(REFUND_STATUSES),
  key: z.string().nullable(),
});
const disputeSchema = z.object({
  reference: z.string(),
  disputeId: z.string(),
  paymentIntent: z.string(),
  entry: z.enum(DISPUTE_ENTRIES),
  amount: centsSchema,
  currency: z.string(),
  status: z.string(),
  at: z.coerce.date(),
});
const MOVES = [
  'reserve',
  'release',
  'sell',
  'take',
  'restock',
  'return',
] as const satisfies readonly StockMove[];
const moveSchema = z.object({
  sku: z.string(),
  delta: z.int(),
  reserved: z.int(),
  move: z.enum(MOVES).nullable(),
});

export const recordSchema = z.object({
  number: z.string(),
  status: z.enum(ORDER_STATUSES),
  locale: localeSchema,
  email: z.string(),
  country: z.string(),
  idempotency_key: z.string(),
  request_hash: z.string(),
  client_hash: z.string(),
  subtotal: centsSchema,
  discount: centsSchema,
  shipping: centsSchema,
  total: centsSchema,
  promotion_code: z.string().nullable(),
  test_mode: z.boolean(),
  needs_review_reason: z.enum(REVIEW_REASONS).nullable(),
  reviewed_from: z.enum(ORDER_STATUSES).nullable(),
  payment_attempt: z.int(),
  stripe_session_id: z.string().nullable(),
  payment_url: z.string().nullable(),
  delivery: z.string().nullable(),
  min_days: z.int(),
  max_days: z.int(),
  shipping_address: jsonOf(shippingAddressSchema.nullable()),
  phone: z.string().nullable(),
  tracking_carrier: z.string().nullable(),
  tracking_number: z.string().nullable(),
  session_expires_at: z.date().nullable(),
  placed_at: z.date(),
  paid_at: z.date().nullable(),
  shipped_at: z.date().nullable(),
  lines: jsonOf(z.array(lineSchema)),
  payments: jsonOf(z.array(paymentSchema)),
  refunds: jsonOf(z.array(refundSchema)),
  asked: jsonOf(z.array(refundRequestSchema)),
  refused: jsonOf(z.array(z.string())),
  disputes: jsonOf(z.array(disputeSchema)),
  moves: jsonOf(z.array(moveSchema)),
});
type Row = z.infer<typeof recordSchema>;

/**
 * The order's movements since its pieces last left the shelf; none when they never did, or all came
 * back at once.
 */
function sinceSold({ moves }: Row): Row['moves'] {
  const at = (names: readonly StockMove[]): number =>
    moves.findLastIndex(({ move }) => move !== null && names.includes(move));
  const sold = at(['sell', 'take']);
  return sold > at(['restock']) ? moves.slice(sold) : [];
}

/**
 * Whether the order let its pieces go, now or before it came into review. Movements cannot tell:
 * one whose pieces were back already had none left to put back.
 */
function isReleased({ status, reviewed_from: before, shipped_at: sent }: Row): boolean {
  const state = status === 'needs_review' ? before : status;
  return state === 'cancelled' || state === 'expired' || (state === 'refunded' && sent === null);
}

/**
 * What the order's own movements add up to, and what of it is back on the shelf while the order
 * holds the rest.
 */
function shelfOf(row: Row): { holding: Holding; returned: LinePart[] } {
  const moves = sinceSold(row);
  if (moves.length > 0 && isReleased(row)) return { holding: 'none', returned: [] };
  if (moves.length > 0)
    return {
      holding: 'sold',
      returned: moves
        .filter(({ move }) => move === 'return')
        .map(({ sku, delta }) => ({ sku, quantity: delta * STOCK_MOVES.return.onHand })),
    };
  return {
    holding: row.moves.reduce((held, { reserved }) => held + reserved, 0) > 0 ? 'reserved' : 'none',
    returned: [],
  };
}

const orderOf = (row: Row): Order => ({
  number: row.number,
  status: row.status,
  total: row.total,
  testMode: row.test_mode,
  lines: row.lines,
  ...shelfOf(row),
  sessionId: row.stripe_session_id,
  paymentUrl: row.payment_url,
  sessionExpiresAt: row.session_expires_at,
  paymentAttempt: row.payment_attempt,
  reviewReason: row.needs_review_reason,
  tracking:
    row.tracking_carrier === null
      ? null
      : { carrier: row.tracking_carrier, number: row.tracking_number ?? '' },
  paidAt: row.paid_at,
  shippedAt: row.shipped_at,
  payments: row.payments,
  refunds: row.refunds,
  inFlight: row.asked.filter(
    ({ key }) => !row.refused.includes(key) && !row.refunds.some((refund) => refund.key === key),
  ),
  asked: row.asked,
  refused: row.refused,
  disputes: row.disputes,
});

/** A row of {@link RECORD} as the use cases know it. */
export const recordOf = (row: Row): OrderRecord => ({
  order: orderOf(row),
  placement: {
    number: row.number,
    email: row.email,
    locale: row.locale,
    country: row.country,
    idempotencyKey: row.idempotency_key,
    requestHash: row.request_hash,
    clientHash: row.client_hash,
    lines: row.lines,
    promotionCode: row.promotion_code,
    subtotal: row.subtotal,
    discount: row.discount,
    shipping: row.shipping,
    total: row.total,
    delivery: row.delivery ?? '',
    minDays: row.min_days,
    maxDays: row.max_days,
    testMode: row.test_mode,
    placedAt: row.placed_at,
  },
  delivery: { address: row.shipping_address, phone: row.phone },
});
