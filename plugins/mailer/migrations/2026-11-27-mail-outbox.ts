import { constraint, index, type Migration, table } from '@comptoir/database/migrate';

/** The order a mail speaks of, as its templates know it. */
const ABOUT = `coalesce(data ->> 'number', data -> 'order' ->> 'number')`;

/**
 * Mails that wait or have left, and the pages that they carry whole: each version once, never
 * pruned.
 */
export const mailOutbox: Migration = {
  name: '2026-11-27-mail-outbox',
  stage: 'before',
  steps: [
    table(
      'mail_outbox',
      `id bigint generated always as identity, key text not null,
     kind text not null, recipient text not null, locale text not null, data jsonb not null,
     state text not null default 'waiting', attempts int not null default 0, next_at timestamptz not null default now(), last_error text null,
     created_at timestamptz not null default now(), sent_at timestamptz null`,
    ),
    constraint('mail_outbox', 'mail_outbox_pkey', 'primary key (id)'),
    constraint('mail_outbox', 'mail_outbox_key_key', 'unique (key)'),
    constraint(
      'mail_outbox',
      'mail_outbox_state_check',
      `check (state in ('waiting', 'sent', 'dead') and attempts >= 0)`,
    ),
    constraint(
      'mail_outbox',
      'mail_outbox_sent_check',
      `check ((state = 'sent') = (sent_at is not null))`,
    ),
    // What a buyer was told can be shown for ever.
    table(
      'mail_enclosures',
      'id bigint generated always as identity, digest text not null, body jsonb not null, created_at timestamptz not null default now()',
    ),
    constraint('mail_enclosures', 'mail_enclosures_pkey', 'primary key (id)'),
    index('mail_enclosures_digest_idx', 'mail_enclosures (digest)'),
    'alter table mail_outbox add column if not exists enclosure_id bigint null',
    constraint(
      'mail_outbox',
      'mail_outbox_enclosure_fk',
      'foreign key (enclosure_id) references mail_enclosures (id)',
    ),
    // What /health counts, and what is pruned, without reading the whole history.
    index('mail_outbox_unsent_idx', `mail_outbox (created_at) where state <> 'sent'`),
    index('mail_outbox_sent_idx', `mail_outbox (sent_at) where state = 'sent'`),
    index('mail_outbox_waiting_idx', `mail_outbox (next_at, id) where state = 'waiting'`),
    index('mail_outbox_dead_idx', `mail_outbox (id) where state = 'dead'`),
    index('mail_outbox_about_idx', `mail_outbox ((${ABOUT})) where ${ABOUT} is not null`),
  ],
};
