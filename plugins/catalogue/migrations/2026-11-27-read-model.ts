import {
  constraint,
  firstRow,
  index,
  type Migration,
  sqlFunction,
  table,
} from '@comptoir/database/migrate';

/**
 * The counter row is locked at commit, last of all: versions become visible in order, and a long
 * import makes no order wait.
 */
const STAMP = `() returns trigger language plpgsql as $$
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
     end $$`;

/**
 * After a restore every follower must reload: versions of another life of this database mean
 * nothing any more.
 */
const NEW_EPOCH = `() returns text language plpgsql as $$
     declare fresh text;
     begin
       update catalogue_version set epoch = catalogue_random_epoch(), n = n + 1 where id = 1 returning epoch || '.' || n into strict fresh;
       perform pg_notify('catalogue', fresh);
       return fresh;
     end $$`;

/**
 * What shoppers see of the catalogue, its version, and the stamp that gives each change its
 * version.
 */
export const readModel: Migration = {
  name: '2026-11-27-read-model',
  stage: 'before',
  steps: [
    table(
      'catalogue_entries',
      'kind text not null, key text not null, locale text not null, version bigint null, body jsonb null',
    ),
    constraint('catalogue_entries', 'catalogue_entries_pkey', 'primary key (kind, key, locale)'),
    constraint(
      'catalogue_entries',
      'catalogue_entries_kind_check',
      `check (kind in ('product', 'category', 'page', 'settings', 'availability'))`,
    ),
    index('catalogue_entries_version_idx', 'catalogue_entries (version)'),
    index('catalogue_entries_unstamped_idx', 'catalogue_entries (kind) where version is null'),
    index(
      'catalogue_entries_slug_idx',
      `catalogue_entries (kind, locale, (body ->> 'slug')) where body is not null`,
    ),
    table(
      'catalogue_version',
      'id int, epoch text not null, n bigint not null, last_xid xid8 null',
    ),
    constraint('catalogue_version', 'catalogue_version_pkey', 'primary key (id)'),
    constraint('catalogue_version', 'catalogue_version_single_check', 'check (id = 1)'),
    table('catalogue_skus', 'sku text, reference text not null'),
    constraint('catalogue_skus', 'catalogue_skus_pkey', 'primary key (sku)'),
    index('catalogue_skus_reference_idx', 'catalogue_skus (reference)'),
    table('catalogue_markers', 'name text, at timestamptz not null default now()'),
    constraint('catalogue_markers', 'catalogue_markers_pkey', 'primary key (name)'),
    sqlFunction(
      'catalogue_random_epoch',
      `() returns text language sql volatile as $$ select substr(md5(gen_random_uuid()::text), 1, 8) $$`,
    ),
    firstRow(
      'catalogue_version',
      'insert into catalogue_version (id, epoch, n) values (1, catalogue_random_epoch(), 0)',
    ),
    sqlFunction('catalogue_stamp', STAMP),
    // Only a constraint trigger can wait for the commit.
    {
      kind: 'trigger',
      name: 'catalogue_entries_stamp',
      create: `create constraint trigger catalogue_entries_stamp after insert or update on catalogue_entries
         deferrable initially deferred for each row when (new.version is null) execute function catalogue_stamp()`,
    },
    sqlFunction('catalogue_new_epoch', NEW_EPOCH),
  ],
};
