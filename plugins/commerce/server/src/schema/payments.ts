import { appendOnly, noTruncate, present, toOrder, written } from './append-only.ts';
import type { Facts } from './ensure.ts';

/** A refund's outcome may still arrive; what it is, never changes. Failed is final: later news of the same refund is stale. */
const REFUND_FROZEN = `create or replace function commerce_frozen_refund() returns trigger language plpgsql as $$
  begin
    if (to_jsonb(new) - array['status', 'updated_at']) is distinct from (to_jsonb(old) - array['status', 'updated_at']) or old.status in ('failed', 'canceled') then
      raise exception 'refund % is frozen: only the status of an open one may change', old.stripe_refund using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;
const REFUND_COVERED = `create or replace function commerce_covered_refund() returns trigger language plpgsql as $$
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

/** Money received, given back, and contested. */
export const paymentFacts: Facts = {
  prepare: [REFUND_FROZEN, REFUND_COVERED],
  constraints: [
    {
      table: 'payments',
      name: 'payments_intent_key',
      definition: 'unique (stripe_payment_intent)',
    },
    toOrder('payments'),
    {
      table: 'payments',
      name: 'payments_content_check',
      definition: `check (${present('order_number', 'amount', 'at', 'livemode')} and ${written('stripe_payment_intent', 'stripe_session_id')} and amount > 0 and currency is not null and currency ~ '^[A-Za-z]{3}$')`,
    },
    { table: 'refunds', name: 'refunds_stripe_key', definition: 'unique (stripe_refund)' },
    { table: 'refunds', name: 'refunds_request_key', definition: 'unique (request_key)' },
    toOrder('refunds'),
    {
      table: 'refunds',
      name: 'refunds_payment_fk',
      definition:
        'foreign key (payment_intent) references payments (stripe_payment_intent) on delete restrict',
    },
    {
      table: 'refunds',
      name: 'refunds_content_check',
      definition: `check (${present('order_number', 'payment_intent', 'amount')} and ${written('stripe_refund', 'reason', 'actor')} and amount > 0)`,
    },
    {
      table: 'refunds',
      name: 'refunds_status_check',
      definition: `check (status is not null and status in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled'))`,
    },
    { table: 'disputes', name: 'disputes_reference_key', definition: 'unique (reference)' },
    toOrder('disputes'),
    {
      table: 'disputes',
      name: 'disputes_payment_fk',
      definition:
        'foreign key (payment_intent) references payments (stripe_payment_intent) on delete restrict',
    },
    {
      table: 'disputes',
      name: 'disputes_content_check',
      definition: `check (${present('order_number', 'payment_intent', 'amount', 'at')} and ${written('stripe_dispute', 'reference', 'status')} and currency is not null and currency ~ '^[A-Za-z]{3}$')`,
    },
    {
      table: 'disputes',
      name: 'disputes_entry_check',
      definition: `check (entry is not null and case entry when 'opened' then amount > 0 when 'funds' then amount <> 0 when 'closed' then amount >= 0 else false end)`,
    },
  ],
  indexes: [
    'create index if not exists payments_at_idx on payments (at)',
    'create index if not exists refunds_created_idx on refunds (created_at)',
    'create index if not exists disputes_order_idx on disputes (order_number)',
    'create index if not exists payments_order_idx on payments (order_number)',
    'create index if not exists refunds_order_idx on refunds (order_number)',
    'create index if not exists refunds_payment_idx on refunds (payment_intent)',
  ],
  triggers: [
    ...appendOnly('payments'),
    ...appendOnly('disputes'),
    {
      table: 'refunds',
      name: 'refunds_frozen',
      definition: 'before update on for each row execute function commerce_frozen_refund()',
    },
    {
      table: 'refunds',
      name: 'refunds_covered',
      definition: 'before insert on for each row execute function commerce_covered_refund()',
    },
    {
      table: 'refunds',
      name: 'refunds_no_delete',
      definition: 'before delete on for each row execute function commerce_append_only()',
    },
    noTruncate('refunds'),
  ],
};
