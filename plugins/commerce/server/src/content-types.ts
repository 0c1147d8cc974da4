import { ORDER_STATUSES, PROMOTION_KINDS } from '@comptoir/contracts';

import { REFUND_STATUSES } from '../../domain/order-model.ts';

/** Flat types written by SQL only; constraints and triggers are in `migrations/`. */
const ledger = (
  singularName: string,
  pluralName: string,
  displayName: string,
  attributes: Record<string, unknown>,
) => ({
  schema: {
    kind: 'collectionType',
    collectionName: pluralName.replaceAll('-', '_'),
    info: { singularName, pluralName, displayName },
    options: { draftAndPublish: false },
    pluginOptions: {
      'content-manager': { visible: true },
      'content-type-builder': { visible: false },
    },
    attributes,
  },
});
/** A fresh object each time: Strapi writes column names into them. */
const whole = () => ({ type: 'integer', required: true });
const count = () => ({ type: 'integer' });
const word = () => ({ type: 'string', required: true });
const short = () => ({ type: 'string' });
/** Text from outside, which may be longer than Strapi's 255. */
const long = () => ({ type: 'text' });
const instant = () => ({ type: 'datetime' });
const json = () => ({ type: 'json' });
/** Never an attribute named `status`: the Content Manager keeps that word to itself. */
const status = (values: readonly string[]) => ({
  type: 'enumeration',
  enum: [...values],
  columnName: 'status',
  required: true,
});

/** Strapi gives every type a `locale` column; in `orders` it holds the buyer's language. */
const order = ledger('order', 'orders', 'Commandes', {
  number: word(),
  order_status: status(ORDER_STATUSES),
  email: word(),
  country: word(),
  subtotal: whole(),
  discount: whole(),
  shipping: whole(),
  total: whole(),
  promotion_code: short(),
  test_mode: { type: 'boolean' },
  needs_review_reason: long(),
  /** The state that a review ends or goes on from; null when there is no review. */
  reviewed_from: { ...short(), visible: false },
  placed_at: instant(),
  paid_at: instant(),
  shipped_at: instant(),
  delivery: short(),
  min_days: whole(),
  max_days: whole(),
  tracking_carrier: short(),
  tracking_number: short(),
  customer_name: long(),
  phone: long(),
  shipping_address: json(),
  payment_attempt: whole(),
  stripe_session_id: long(),
  payment_url: { ...long(), private: true },
  session_expires_at: instant(),
  idempotency_key: { ...word(), private: true },
  request_hash: { ...word(), private: true },
  client_hash: { ...word(), private: true },
});

export const contentTypes = {
  'stock-level': ledger('stock-level', 'stock-levels', 'Stock', {
    sku: word(),
    on_hand: whole(),
    reserved: whole(),
    low_threshold: whole(),
  }),
  'stock-movement': ledger('stock-movement', 'stock-movements', 'Mouvements de stock', {
    sku: word(),
    delta: whole(),
    reserved_delta: whole(),
    /** Which of `STOCK_MOVES` an order made; null for a change by staff. */
    move: { ...long(), visible: false },
    reason: word(),
    order_number: short(),
    actor: word(),
    request: short(),
  }),
  order,
  'order-line': ledger('order-line', 'order-lines', 'Lignes de commande', {
    order_number: word(),
    position: whole(),
    sku: word(),
    reference: word(),
    title: long(),
    label: long(),
    unit_price: whole(),
    quantity: whole(),
    discount: whole(),
    total: whole(),
    vat_rate: whole(),
    weight: whole(),
  }),
  'order-event': ledger('order-event', 'order-events', 'Journal des commandes', {
    order_number: word(),
    at: instant(),
    kind: word(),
    actor: word(),
    detail: json(),
  }),
  payment: ledger('payment', 'payments', 'Paiements', {
    order_number: word(),
    stripe_payment_intent: word(),
    stripe_session_id: long(),
    amount: whole(),
    currency: word(),
    livemode: { type: 'boolean' },
    at: instant(),
  }),
  refund: ledger('refund', 'refunds', 'Remboursements', {
    order_number: word(),
    payment_intent: word(),
    stripe_refund: word(),
    request_key: short(),
    amount: whole(),
    reason: long(),
    actor: word(),
    refund_status: status(REFUND_STATUSES),
  }),
  dispute: ledger('dispute', 'disputes', 'Contestations bancaires', {
    order_number: word(),
    payment_intent: word(),
    stripe_dispute: word(),
    reference: word(),
    entry: word(),
    amount: whole(),
    currency: word(),
    dispute_status: { ...word(), columnName: 'status' },
    at: instant(),
  }),
  'promotion-code': ledger('promotion-code', 'promotion-codes', 'Codes promotionnels', {
    code: word(),
    kind: { type: 'enumeration', enum: [...PROMOTION_KINDS], required: true },
    value: whole(),
    starts_at: instant(),
    ends_at: instant(),
    minimum: whole(),
    usage_limit: count(),
    used: whole(),
  }),
  'promotion-use': ledger('promotion-use', 'promotion-uses', 'Utilisations de codes', {
    code: word(),
    order_number: word(),
  }),
};
/** What the Content Manager shows and lets no role write. */
export const LEDGERS: readonly string[] = Object.keys(contentTypes).map(
  (name) => `plugin::commerce.${name}`,
);
