/** The read model's tables and triggers. Every statement may run again on a database that already has them. */
export const STATEMENTS: readonly string[] = [
  `create table if not exists catalogue_entries (
     kind text not null, key text not null, locale text not null, version bigint null, body jsonb null,
     constraint catalogue_entries_pkey primary key (kind, key, locale),
     constraint catalogue_entries_kind_check check (kind in ('product', 'category', 'page', 'settings', 'availability')))`,
  'create index if not exists catalogue_entries_version_idx on catalogue_entries (version)',
  'create index if not exists catalogue_entries_unstamped_idx on catalogue_entries (kind) where version is null',
  `create index if not exists catalogue_entries_slug_idx on catalogue_entries (kind, locale, (body ->> 'slug')) where body is not null`,
  `create table if not exists catalogue_version (
     id int primary key, epoch text not null, n bigint not null, last_xid xid8 null,
     constraint catalogue_version_single_check check (id = 1))`,
  `create table if not exists catalogue_skus (sku text constraint catalogue_skus_pkey primary key, reference text not null)`,
  'create index if not exists catalogue_skus_reference_idx on catalogue_skus (reference)',
  `create table if not exists catalogue_markers (name text primary key, at timestamptz not null default now())`,
  `create or replace function catalogue_random_epoch() returns text language sql volatile as
     $$ select substr(md5(gen_random_uuid()::text), 1, 8) $$`,
  `insert into catalogue_version (id, epoch, n) values (1, catalogue_random_epoch(), 0) on conflict (id) do nothing`,
  // The counter row is locked at commit, last of all: versions become visible in order, and a long import makes nobody wait.
  `create or replace function catalogue_stamp() returns trigger language plpgsql as $$
     declare stamp bigint; era text; current bigint;
     begin
       -- By primary key only: asking for "version is null" here walks every row this transaction has stamped already.
       select version into current from catalogue_entries where kind = new.kind and key = new.key and locale = new.locale;
       if not found or current is not null then
         return null;
       end if;
       update catalogue_version
         set n = case when last_xid = pg_current_xact_id() then n else n + 1 end, last_xid = pg_current_xact_id()
         where id = 1 returning n, epoch into strict stamp, era;
       update catalogue_entries set version = stamp where version is null;
       perform pg_notify('catalogue', era || '.' || stamp);
       return null;
     end $$`,
  `do $$ begin
     if not exists (select 1 from pg_trigger where tgname = 'catalogue_entries_stamp' and tgrelid = 'catalogue_entries'::regclass) then
       create constraint trigger catalogue_entries_stamp after insert or update on catalogue_entries
         deferrable initially deferred for each row when (new.version is null) execute function catalogue_stamp();
     end if;
   end $$`,
  // After a restore every follower must reload: versions of another life of this database mean nothing any more.
  `create or replace function catalogue_new_epoch() returns text language plpgsql as $$
     declare fresh text;
     begin
       update catalogue_version set epoch = catalogue_random_epoch(), n = n + 1 where id = 1 returning epoch || '.' || n into strict fresh;
       perform pg_notify('catalogue', fresh);
       return fresh;
     end $$`,
];

/** What must exist for the read model to be right; checked by `/health` and by tests. `[name, query answering one row when present]`. */
export const EXPECTED: readonly (readonly [string, string])[] = [
  ...[
    'catalogue_entries',
    'catalogue_version',
    'catalogue_skus',
    'catalogue_markers',
    'stock_levels',
    'stock_movements',
    'mail_outbox',
    'mail_enclosures',
    'orders',
    'order_lines',
    'order_events',
    'payments',
    'refunds',
    'promotion_codes',
    'promotion_uses',
  ].map(
    (table) => [`table ${table}`, `select 1 where to_regclass('${table}') is not null`] as const,
  ),
  ...[
    'catalogue_entries_pkey',
    'catalogue_entries_kind_check',
    'catalogue_version_single_check',
    'catalogue_skus_pkey',
    'stock_levels_sku_key',
    'stock_levels_quantities_check',
    'stock_movements_change_check',
    'stock_movements_order_fk',
    'stock_movements_reason_check',
    'stock_movements_sku_fk',
    'mail_outbox_pkey',
    'mail_outbox_key_key',
    'mail_outbox_state_check',
    'mail_outbox_sent_check',
    'mail_enclosures_pkey',
    'mail_outbox_enclosure_fk',
  ].map(
    (name) =>
      [`constraint ${name}`, `select 1 from pg_constraint where conname = '${name}'`] as const,
  ),
  ...[
    'catalogue_entries_stamp',
    'stock_movements_append_only',
    'stock_movements_no_truncate',
    'orders_frozen',
    'payments_append_only',
    'refunds_covered',
  ].map(
    (name) => [`trigger ${name}`, `select 1 from pg_trigger where tgname = '${name}'`] as const,
  ),
  ['catalogue version', 'select 1 from catalogue_version where id = 1'],
];
