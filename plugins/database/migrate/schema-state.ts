import {
  inOrder,
  labelOf,
  objectsOf,
  type PluginMigrations,
  type SchemaObject,
} from './migration.ts';

/** Knex's record of what has run; beside it Knex keeps `comptoir_migrations_lock`. */
export const HISTORY = 'comptoir_migrations';

/**
 * Answers the rows of a query with `$1` placeholders (`pg`'s own form).
 * @throws when the database refuses
 */
export type Query = (
  sql: string,
  values: readonly (string | readonly string[])[],
) => Promise<{ rows: unknown[] }>;

/** Which schema a database has. */
export interface SchemaState {
  /** The migration that ran last (`commerce/2026-11-27-orders`); null before the first. */
  version: string | null;
  /** Migrations that have still to run. */
  pending: string[];
  /**
   * What migrations that ran have made and the database lacks all the same (`constraint
   * orders_number_key`).
   */
  missing: string[];
  /** Migrations in the history that this program does not know: a newer version was here. */
  unknown: string[];
}

const ABSENT = `with present as (
    select case c.relkind when 'i' then 'index' else 'table' end as kind, c.relname as name from pg_class c
      where c.relkind in ('r', 'p', 'i') and c.relnamespace = current_schema()::regnamespace
    union all select 'constraint', conname from pg_constraint where connamespace = current_schema()::regnamespace
    union all select 'trigger', g.tgname from pg_trigger g join pg_class c on c.oid = g.tgrelid
      where not g.tgisinternal and c.relnamespace = current_schema()::regnamespace
    union all select 'function', proname from pg_proc where pronamespace = current_schema()::regnamespace)
  select w.kind || ' ' || w.name as label from unnest($1::text[], $2::text[]) with ordinality as w (kind, name, place)
  where not exists (select 1 from present p where p.kind = w.kind and p.name = w.name) order by w.place`;

const textsIn = (rows: readonly unknown[], column: string): string[] =>
  rows.flatMap((row) => {
    const value = Object.entries(row ?? {}).find(([name]) => name === column)?.[1];
    return typeof value === 'string' ? [value] : [];
  });

async function hasTable(query: Query, name: string): Promise<boolean> {
  const { rows } = await query('select to_regclass($1)::text as found', [name]);
  return textsIn(rows, 'found').length > 0;
}

async function isEmpty(query: Query, table: string): Promise<boolean> {
  return (
    !(await hasTable(query, table)) ||
    (await query(`select 1 from ${table} limit 1`, [])).rows.length === 0
  );
}

/** Those of `objects` that the database lacks, in their order. */
export async function absentObjects(
  query: Query,
  objects: readonly SchemaObject[],
): Promise<SchemaObject[]> {
  const catalogued = objects.filter(({ kind }) => kind !== 'row');
  const { rows } = await query(ABSENT, [
    catalogued.map(({ kind }) => kind),
    catalogued.map(({ name }) => name),
  ]);
  const labels = new Set(textsIn(rows, 'label'));
  for (const object of objects)
    if (object.kind === 'row' && (await isEmpty(query, object.name))) labels.add(labelOf(object));
  return objects.filter((object) => labels.has(labelOf(object)));
}

/**
 * The names of the migrations that have run, first to last; none on a database that has no history
 * yet.
 */
export async function recordedMigrations(query: Query): Promise<string[]> {
  if (!(await hasTable(query, HISTORY))) return [];
  return textsIn((await query(`select name from ${HISTORY} order by id`, [])).rows, 'name');
}

/**
 * Compares a database with what the program's migrations promise. It changes nothing.
 * @throws when the database refuses
 */
export async function schemaState(
  query: Query,
  all: readonly PluginMigrations[],
): Promise<SchemaState> {
  const known = inOrder(all);
  const recorded = await recordedMigrations(query);
  const ran = known.filter(({ id }) => recorded.includes(id));
  return {
    version: recorded.at(-1) ?? null,
    pending: known.map(({ id }) => id).filter((id) => !recorded.includes(id)),
    missing: (await absentObjects(query, objectsOf(ran))).map(labelOf),
    unknown: recorded.filter((name) => !known.some(({ id }) => id === name)),
  };
}
