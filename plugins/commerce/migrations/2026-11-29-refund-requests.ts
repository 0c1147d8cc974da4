import {
  constraint,
  index,
  type Migration,
  type SchemaObject,
  sqlFunction,
  table,
  trigger,
} from '@comptoir/database/migrate';

import { check, noDelete, noTruncate, toOrder, written } from './ledger-rules.ts';

/** What was asked never changes; what came of it is written once. */
const FROZEN = `() returns trigger language plpgsql as $$
  begin
    if (to_jsonb(new) - 'state') is distinct from (to_jsonb(old) - 'state') or old.state <> 'open' then
      raise exception 'refund request % is frozen: only an open one may be made or refused', old.key using errcode = 'restrict_violation';
    end if;
    return new;
  end $$`;

const REQUESTS: readonly SchemaObject[] = [
  table(
    'refund_requests',
    `id bigint generated always as identity, key text, order_number text not null, payment_intent text not null, amount int not null,
     reason text not null, actor text not null, lines jsonb not null default '[]', shipping boolean not null default false,
     state text not null default 'open', requested_at timestamptz not null default now()`,
  ),
  constraint('refund_requests', 'refund_requests_pkey', 'primary key (key)'),
  toOrder('refund_requests'),
  check(
    'refund_requests',
    'content',
    `${written('payment_intent', 'reason', 'actor')} and amount > 0 and jsonb_typeof(lines) = 'array'`,
  ),
  check('refund_requests', 'state', `state in ('open', 'made', 'refused')`),
  index('refund_requests_order_idx', 'refund_requests (order_number)'),
  // Few are open, however many were ever asked for.
  index('refund_requests_open_idx', `refund_requests (id) where state = 'open'`),
];

/**
 * The timeline said what was asked for and what was refused; a refund bears the key of its request.
 */
const OF_THE_TIMELINE = `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor, lines, shipping, state, requested_at)
  select e.detail ->> 'key', e.order_number, e.detail ->> 'paymentIntent', (e.detail ->> 'amount')::int, e.detail ->> 'reason', e.detail ->> 'actor',
    coalesce(e.detail -> 'lines', '[]'), coalesce((e.detail ->> 'shipping')::boolean, false),
    case
      when exists (select 1 from order_events x where x.kind = 'refund-refused' and x.detail ->> 'key' = e.detail ->> 'key') then 'refused'
      when exists (select 1 from refunds r where r.request_key = e.detail ->> 'key') then 'made'
      else 'open'
    end, e.at at time zone 'UTC'
  from order_events e where e.kind = 'refund-requested' order by e.id on conflict (key) do nothing`;

const BEFORE_REVIEW = `update orders o set reviewed_from =
    (select e.detail ->> 'from' from order_events e where e.order_number = o.number and e.detail ->> 'to' = 'needs_review' order by e.id desc limit 1)
  where o.status = 'needs_review' and o.reviewed_from is null`;

/**
 * Refunds that are owed, and where an order came from before its review, leave the timeline, which
 * only tells.
 */
export const refundRequests: Migration = {
  name: '2026-11-29-refund-requests',
  stage: 'after',
  drops: ['index order_events_refund_key_idx', 'index order_events_refunds_idx'],
  steps: [
    ...REQUESTS,
    OF_THE_TIMELINE,
    sqlFunction('commerce_frozen_refund_request', FROZEN),
    trigger(
      'refund_requests',
      'refund_requests_frozen',
      'before update',
      'for each row execute function commerce_frozen_refund_request()',
    ),
    noDelete('refund_requests'),
    noTruncate('refund_requests'),
    BEFORE_REVIEW,
    check(
      'orders',
      'reviewed_from',
      `reviewed_from in ('pending', 'paid', 'preparing', 'shipped', 'expired', 'cancelled', 'refunded')`,
    ),
    'drop index if exists order_events_refund_key_idx',
    'drop index if exists order_events_refunds_idx',
  ],
};
