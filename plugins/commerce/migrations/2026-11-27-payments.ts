import {
  index,
  type Migration,
  type SchemaObject,
  sqlFunction,
  strapiTable,
  trigger,
} from '@comptoir/database/migrate';

import {
  appendOnly,
  check,
  noDelete,
  noTruncate,
  present,
  toOrder,
  toPayment,
  unique,
  written,
} from './ledger-rules.ts';

/**
 * A refund's outcome may still arrive; what it is, never changes. Failed is final: later news of
 * the same refund is stale.
 */
const REFUND_FROZEN = `() returns trigger language plpgsql as $$
  begin
    if (to_jsonb(new) - array['status', 'updated_at']) is distinct from (to_jsonb(old) - array['status', 'updated_at']) or old.status in ('failed', 'canceled') then
      raise exception 'refund % is frozen: only the status of an open one may change', old.stripe_refund using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;
const REFUND_COVERED = `() returns trigger language plpgsql as $$
  declare received bigint; returned bigint;
  begin
    -- Told late, one that gave nothing back counts for nothing.
    if new.status in ('failed', 'canceled') then return new; end if;
    select amount into received from payments where stripe_payment_intent = new.payment_intent and order_number = new.order_number for update;
    select coalesce(sum(amount), 0) into returned from refunds where payment_intent = new.payment_intent and status not in ('failed', 'canceled');
    if received is null or returned + new.amount > received then
      raise exception 'refunds of % would exceed what was paid for order %', new.payment_intent, new.order_number using errcode = 'check_violation';
    end if;
    return new;
  end $$`;

const PAYMENT_RULES: readonly SchemaObject[] = [
  unique('payments', 'intent', 'stripe_payment_intent'),
  toOrder('payments'),
  check(
    'payments',
    'content',
    `${present('order_number', 'amount', 'at', 'livemode')} and ${written('stripe_payment_intent', 'stripe_session_id')} and amount > 0 and currency is not null and currency ~ '^[A-Za-z]{3}$'`,
  ),
];

const REFUND_RULES: readonly SchemaObject[] = [
  unique('refunds', 'stripe', 'stripe_refund'),
  unique('refunds', 'request', 'request_key'),
  toOrder('refunds'),
  toPayment('refunds'),
  check(
    'refunds',
    'content',
    `${present('order_number', 'payment_intent', 'amount')} and ${written('stripe_refund', 'reason', 'actor')} and amount > 0`,
  ),
  check(
    'refunds',
    'status',
    `status is not null and status in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')`,
  ),
];

const DISPUTE_RULES: readonly SchemaObject[] = [
  unique('disputes', 'reference', 'reference'),
  toOrder('disputes'),
  toPayment('disputes'),
  check(
    'disputes',
    'content',
    `${present('order_number', 'payment_intent', 'amount', 'at')} and ${written('stripe_dispute', 'reference', 'status')} and currency is not null and currency ~ '^[A-Za-z]{3}$'`,
  ),
  check(
    'disputes',
    'entry',
    `entry is not null and case entry when 'opened' then amount > 0 when 'funds' then amount <> 0 when 'closed' then amount >= 0 else false end`,
  ),
];

/** Money received, given back, and contested. */
export const payments: Migration = {
  name: '2026-11-27-payments',
  stage: 'after',
  steps: [
    ...['payments', 'refunds', 'disputes'].map(strapiTable),
    sqlFunction('commerce_frozen_refund', REFUND_FROZEN),
    sqlFunction('commerce_covered_refund', REFUND_COVERED),
    index('payments_at_idx', 'payments (at)'),
    index('refunds_created_idx', 'refunds (created_at)'),
    index('disputes_order_idx', 'disputes (order_number)'),
    index('payments_order_idx', 'payments (order_number)'),
    index('refunds_order_idx', 'refunds (order_number)'),
    index('refunds_payment_idx', 'refunds (payment_intent)'),
    ...PAYMENT_RULES,
    ...REFUND_RULES,
    ...DISPUTE_RULES,
    ...appendOnly('payments'),
    ...appendOnly('disputes'),
    trigger(
      'refunds',
      'refunds_frozen',
      'before update',
      'for each row execute function commerce_frozen_refund()',
    ),
    trigger(
      'refunds',
      'refunds_covered',
      'before insert',
      'for each row execute function commerce_covered_refund()',
    ),
    noDelete('refunds'),
    noTruncate('refunds'),
  ],
};
