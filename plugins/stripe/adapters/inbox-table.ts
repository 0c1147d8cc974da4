import type { Database } from '@comptoir/database';

/** Channel on which a new event is announced when its transaction commits. */
export const CHANNEL = 'webhook_inbox';

/** The table of events, and its key. */
export const WEBHOOK_INBOX = { table: 'webhook_inbox', key: 'event_id' } as const;

/**
 * Events that are dealt with. Ninety days: Stripe sends one again for three, its list reaches back thirty, and the row is how the shop
 * knows an event. Dead ones stay.
 */
export const DONE_EVENTS = {
  ...WEBHOOK_INBOX,
  at: 'received_at',
  state: 'done',
  days: 90,
} as const;

const STATEMENTS: readonly string[] = [
  `create table if not exists webhook_inbox (
     event_id text constraint webhook_inbox_pkey primary key,
     type text not null, livemode boolean not null, received_at timestamptz not null default now(), payload jsonb not null,
     state text not null default 'received', attempts int not null default 0, next_at timestamptz not null default now(), last_error text null,
     constraint webhook_inbox_state_check check (state in ('received', 'done', 'dead') and attempts >= 0))`,
  `create index if not exists webhook_inbox_received_idx on webhook_inbox (next_at) where state = 'received'`,
  `create index if not exists webhook_inbox_dead_idx on webhook_inbox (received_at) where state = 'dead'`,
  // An order's page finds its events by what they are about.
  `create index if not exists webhook_inbox_object_idx on webhook_inbox ((payload ->> 'id'))`,
  `create index if not exists webhook_inbox_payment_idx on webhook_inbox ((payload ->> 'paymentIntent')) where payload ->> 'paymentIntent' is not null`,
  `create index if not exists webhook_inbox_done_idx on webhook_inbox (received_at) where state = 'done'`,
  // One row: how far Stripe's own list of events was read, and since when it does not answer.
  `create table if not exists stripe_state (
     single boolean constraint stripe_state_pkey primary key default true,
     seen_until timestamptz not null default now() - interval '1 hour', reached_at timestamptz null, failing_since timestamptz null, last_error text null,
     constraint stripe_state_single_check check (single))`,
  'alter table stripe_state add column if not exists compared_at timestamptz null',
  // What Stripe's account and our ledger disagree about; `resolved_by` = staff who have dealt with it.
  `create table if not exists stripe_differences (
     kind text not null, object text not null, order_number text null, detail text not null, found_at timestamptz not null default now(), resolved_at timestamptz null, resolved_by text null,
     constraint stripe_differences_pkey primary key (kind, object))`,
  'create index if not exists stripe_differences_open_idx on stripe_differences (found_at) where resolved_at is null',
  'insert into stripe_state (single) values (true) on conflict do nothing',
];

/** Creates the tables where they lack: one transaction, one process at a time. @throws when the database refuses */
export const ensureTables = (database: Database): Promise<void> =>
  database.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtext('comptoir:schema'))", []);
    await trx.raw("set local lock_timeout = '10s'", []);
    for (const statement of STATEMENTS) await trx.raw(statement, []);
  });
