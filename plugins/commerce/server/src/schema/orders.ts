import { appendOnly, noTruncate, present, toOrder, written } from './append-only.ts';
import type { Facts, Named } from './ensure.ts';

const check = (table: string, name: string, rule: string): Named => ({
  table,
  name: `${table}_${name}_check`,
  definition: `check (${rule})`,
});
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
const FROZEN = `create or replace function commerce_frozen_order() returns trigger language plpgsql as $$
  begin
    if (${frozen('new')})
      is distinct from (${frozen('old')}) then
      raise exception 'order % is frozen: its amounts, key, delivery and mode never change', old.number using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;

/** Orders, their lines and their timeline. */
export const orderFacts: Facts = {
  prepare: [FROZEN],
  constraints: [
    { table: 'orders', name: 'orders_number_key', definition: 'unique (number)' },
    { table: 'orders', name: 'orders_idempotency_key_key', definition: 'unique (idempotency_key)' },
    {
      table: 'orders',
      name: 'orders_stripe_session_key',
      definition: 'unique (stripe_session_id)',
    },
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
    toOrder('order_lines'),
    { table: 'order_lines', name: 'order_lines_sku_key', definition: 'unique (order_number, sku)' },
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
    toOrder('order_events'),
    check(
      'order_events',
      'content',
      `${present('order_number', 'at', 'detail')} and ${written('kind', 'actor')}`,
    ),
  ],
  indexes: [
    `create index if not exists orders_placed_idx on orders (placed_at)`,
    `create index if not exists orders_status_idx on orders (status, placed_at)`,
    `create index if not exists orders_pending_email_idx on orders (lower(email)) where status = 'pending'`,
    `create index if not exists orders_pending_client_idx on orders (client_hash) where status = 'pending'`,
    `create index if not exists orders_free_client_idx on orders (client_hash, placed_at) where total = 0`,
    `create index if not exists orders_pending_expiry_idx on orders (session_expires_at) where status = 'pending'`,
    `create index if not exists orders_email_idx on orders (lower(email), placed_at)`,
    `create index if not exists orders_paid_idx on orders (paid_at)`,
    `create index if not exists order_lines_sku_idx on order_lines (sku)`,
    `create index if not exists order_events_order_idx on order_events (order_number)`,
    `create index if not exists order_events_refund_key_idx on order_events ((detail ->> 'key')) where kind in ('refund-requested', 'refund-refused')`,
    `create index if not exists order_events_refunds_idx on order_events (at) where kind in ('refund-requested', 'refund-refused')`,
  ],
  triggers: [
    {
      table: 'orders',
      name: 'orders_frozen',
      definition: 'before update on for each row execute function commerce_frozen_order()',
    },
    {
      table: 'orders',
      name: 'orders_no_delete',
      definition: 'before delete on for each row execute function commerce_append_only()',
    },
    noTruncate('orders'),
    ...appendOnly('order_lines'),
    ...appendOnly('order_events'),
  ],
};
