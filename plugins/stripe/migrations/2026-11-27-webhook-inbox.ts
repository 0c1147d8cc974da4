import { constraint, firstRow, index, type Migration, table } from '@comptoir/database/migrate';

const INBOX = [
  table(
    'webhook_inbox',
    `event_id text, type text not null, livemode boolean not null, received_at timestamptz not null default now(), payload jsonb not null,
     state text not null default 'received', attempts int not null default 0, next_at timestamptz not null default now(), last_error text null`,
  ),
  constraint('webhook_inbox', 'webhook_inbox_pkey', 'primary key (event_id)'),
  constraint(
    'webhook_inbox',
    'webhook_inbox_state_check',
    `check (state in ('received', 'done', 'dead') and attempts >= 0)`,
  ),
  index('webhook_inbox_received_idx', `webhook_inbox (next_at) where state = 'received'`),
  index('webhook_inbox_dead_idx', `webhook_inbox (received_at) where state = 'dead'`),
  // An order's page finds its events by what they are about.
  index('webhook_inbox_object_idx', `webhook_inbox ((payload ->> 'id'))`),
  index(
    'webhook_inbox_payment_idx',
    `webhook_inbox ((payload ->> 'paymentIntent')) where payload ->> 'paymentIntent' is not null`,
  ),
  index('webhook_inbox_done_idx', `webhook_inbox (received_at) where state = 'done'`),
];

/**
 * One row: how far Stripe's own list of events was read, since when it does not answer, when the
 * ledgers were compared.
 */
const STATE = [
  table(
    'stripe_state',
    `single boolean default true, seen_until timestamptz not null default now() - interval '1 hour',
     reached_at timestamptz null, failing_since timestamptz null, last_error text null`,
  ),
  constraint('stripe_state', 'stripe_state_pkey', 'primary key (single)'),
  constraint('stripe_state', 'stripe_state_single_check', 'check (single)'),
  'alter table stripe_state add column if not exists compared_at timestamptz null',
];

/**
 * What Stripe's account and the shop's ledger disagree about; `resolved_by` = staff who have dealt
 * with it.
 */
const DIFFERENCES = [
  table(
    'stripe_differences',
    'kind text not null, object text not null, order_number text null, detail text not null, found_at timestamptz not null default now(), resolved_at timestamptz null, resolved_by text null',
  ),
  constraint('stripe_differences', 'stripe_differences_pkey', 'primary key (kind, object)'),
  index('stripe_differences_open_idx', 'stripe_differences (found_at) where resolved_at is null'),
];

/** What Stripe tells, how far it was heard, and where it disagrees. */
export const webhookInbox: Migration = {
  name: '2026-11-27-webhook-inbox',
  stage: 'before',
  steps: [
    ...INBOX,
    ...STATE,
    ...DIFFERENCES,
    firstRow('stripe_state', 'insert into stripe_state (single) values (true)'),
  ],
};
