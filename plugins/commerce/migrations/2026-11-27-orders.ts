import {
  index,
  type Migration,
  type SchemaObject,
  sqlFunction,
  strapiTable,
  trigger,
} from '@comptoir/database/migrate';

import {
  APPEND_ONLY,
  appendOnly,
  check,
  noDelete,
  noTruncate,
  present,
  toOrder,
  unique,
  written,
} from './ledger-rules.ts';

/** All but the e-mail address, which a merchant may be asked to correct. */
const AS_PLACED = [
  'number',
  'idempotency_key',
  'request_hash',
  'client_hash',
  'locale',
  'country',
  'delivery',
  'min_days',
  'max_days',
  'subtotal',
  'discount',
  'shipping',
  'total',
  'promotion_code',
  'test_mode',
  'placed_at',
];
const frozen = (row: 'new' | 'old'): string =>
  AS_PLACED.map((column) => `${row}.${column}`).join(', ');
/** What an order was when it was placed stays as it was. */
const FROZEN = `() returns trigger language plpgsql as $$
  begin
    if (${frozen('new')})
      is distinct from (${frozen('old')}) then
      raise exception 'order % is frozen: its amounts, key, delivery and mode never change', old.number using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;

const ORDER_RULES: readonly SchemaObject[] = [
  unique('orders', 'number', 'number'),
  unique('orders', 'idempotency_key', 'idempotency_key'),
  unique('orders', 'stripe_session', 'stripe_session_id'),
  check('orders', 'number', `number is not null and number ~ '^AH-[0-9A-HJKMNP-TV-Z]{8}$'`),
  check(
    'orders',
    'status',
    `status is not null and status in ('pending', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'needs_review', 'refunded')`,
  ),
  check(
    'orders',
    'amounts',
    `${present('subtotal', 'discount', 'shipping', 'total')} and subtotal >= 0 and discount between 0 and subtotal and shipping >= 0 and total = subtotal - discount + shipping`,
  ),
  check(
    'orders',
    'buyer',
    `${written('email')} and country is not null and country ~ '^[A-Z]{2}$' and locale is not null and locale in ('fr', 'en')`,
  ),
  check('orders', 'keys', written('idempotency_key', 'request_hash', 'client_hash')),
  check(
    'orders',
    'payment',
    `${present('test_mode', 'payment_attempt', 'placed_at')} and payment_attempt >= 0`,
  ),
  check(
    'orders',
    'delay',
    `${present('min_days', 'max_days')} and min_days between 0 and max_days`,
  ),
  check(
    'orders',
    'paid',
    `status not in ('paid', 'preparing', 'shipped', 'refunded') or paid_at is not null`,
  ),
  check('orders', 'shipped', `status <> 'shipped' or shipped_at is not null`),
  check('orders', 'review', `status <> 'needs_review' or ${written('needs_review_reason')}`),
];

const LINE_RULES: readonly SchemaObject[] = [
  toOrder('order_lines'),
  unique('order_lines', 'sku', 'order_number, sku'),
  check(
    'order_lines',
    'item',
    `${present('order_number', 'position')} and ${written('sku', 'reference', 'title')} and label is not null`,
  ),
  check(
    'order_lines',
    'amounts',
    `${present('unit_price', 'quantity', 'discount', 'total')} and unit_price >= 0 and quantity >= 1 and discount >= 0 and total >= 0 and total = unit_price * quantity - discount`,
  ),
  check(
    'order_lines',
    'goods',
    `${present('vat_rate', 'weight')} and vat_rate between 0 and 10000 and weight >= 0`,
  ),
];

const EVENT_RULES: readonly SchemaObject[] = [
  toOrder('order_events'),
  check(
    'order_events',
    'content',
    `${present('order_number', 'at', 'detail')} and ${written('kind', 'actor')}`,
  ),
];

const INDEXES: readonly SchemaObject[] = [
  index('orders_placed_idx', 'orders (placed_at)'),
  index('orders_status_idx', 'orders (status, placed_at)'),
  index('orders_pending_email_idx', `orders (lower(email)) where status = 'pending'`),
  index('orders_pending_client_idx', `orders (client_hash) where status = 'pending'`),
  index('orders_free_client_idx', 'orders (client_hash, placed_at) where total = 0'),
  index('orders_pending_expiry_idx', `orders (session_expires_at) where status = 'pending'`),
  index('orders_email_idx', 'orders (lower(email), placed_at)'),
  index('orders_paid_idx', 'orders (paid_at)'),
  index('order_lines_sku_idx', 'order_lines (sku)'),
  index('order_events_order_idx', 'order_events (order_number)'),
  index(
    'order_events_refund_key_idx',
    `order_events ((detail ->> 'key')) where kind in ('refund-requested', 'refund-refused')`,
  ),
  index(
    'order_events_refunds_idx',
    `order_events (at) where kind in ('refund-requested', 'refund-refused')`,
  ),
];

/** Orders, their lines and their timeline. */
export const orders: Migration = {
  name: '2026-11-27-orders',
  stage: 'after',
  steps: [
    ...['orders', 'order_lines', 'order_events'].map(strapiTable),
    sqlFunction('commerce_append_only', APPEND_ONLY),
    sqlFunction('commerce_frozen_order', FROZEN),
    ...INDEXES,
    ...ORDER_RULES,
    ...LINE_RULES,
    ...EVENT_RULES,
    trigger(
      'orders',
      'orders_frozen',
      'before update',
      'for each row execute function commerce_frozen_order()',
    ),
    noDelete('orders'),
    noTruncate('orders'),
    ...appendOnly('order_lines'),
    ...appendOnly('order_events'),
  ],
};
