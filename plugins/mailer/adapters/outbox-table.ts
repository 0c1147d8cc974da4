import type { Database } from '@comptoir/database';

/** Channel on which a waiting mail is announced when its transaction commits. */
export const CHANNEL = 'mail_outbox';
/** The order a mail speaks of, as its templates know it; indexed. */
export const ABOUT = `coalesce(data ->> 'number', data -> 'order' ->> 'number')`;

/** The table of mails, and its key. */
export const MAIL_OUTBOX = { table: 'mail_outbox', key: 'id' } as const;

/** Mails that have left. Ninety days: no cause of a mail comes back so late. Dead ones stay. */
export const SENT_MAILS = {
  ...MAIL_OUTBOX,
  at: 'sent_at',
  state: 'sent',
  days: 90,
} as const;

const STATEMENTS: readonly string[] = [
  `create table if not exists mail_outbox (
     id bigint generated always as identity constraint mail_outbox_pkey primary key,
     key text not null constraint mail_outbox_key_key unique,
     kind text not null, recipient text not null, locale text not null, data jsonb not null,
     state text not null default 'waiting', attempts int not null default 0, next_at timestamptz not null default now(), last_error text null,
     created_at timestamptz not null default now(), sent_at timestamptz null,
     constraint mail_outbox_state_check check (state in ('waiting', 'sent', 'dead') and attempts >= 0),
     constraint mail_outbox_sent_check check ((state = 'sent') = (sent_at is not null)))`,
  // Pages that mails carry whole, each version once for all its mails. Never pruned: what a buyer was told can be shown for ever.
  `create table if not exists mail_enclosures (
     id bigint generated always as identity constraint mail_enclosures_pkey primary key,
     digest text not null, body jsonb not null, created_at timestamptz not null default now())`,
  'create index if not exists mail_enclosures_digest_idx on mail_enclosures (digest)',
  'alter table mail_outbox add column if not exists enclosure_id bigint null constraint mail_outbox_enclosure_fk references mail_enclosures (id)',
  // What /health counts, and what is pruned, without reading the whole history.
  `create index if not exists mail_outbox_unsent_idx on mail_outbox (created_at) where state <> 'sent'`,
  `create index if not exists mail_outbox_sent_idx on mail_outbox (sent_at) where state = 'sent'`,
  `create index if not exists mail_outbox_waiting_idx on mail_outbox (next_at, id) where state = 'waiting'`,
  `create index if not exists mail_outbox_dead_idx on mail_outbox (id) where state = 'dead'`,
  `create index if not exists mail_outbox_about_idx on mail_outbox ((${ABOUT})) where ${ABOUT} is not null`,
];

/** Creates the outbox where it lacks: one transaction, one process at a time. @throws when the database refuses */
export const ensureOutbox = (database: Database): Promise<void> =>
  database.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtext('comptoir:schema'))", []);
    await trx.raw("set local lock_timeout = '10s'", []);
    for (const statement of STATEMENTS) await trx.raw(statement, []);
  });
