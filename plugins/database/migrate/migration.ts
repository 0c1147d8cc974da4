/**
 * `before`: ahead of Strapi's own sync, for tables that Strapi does not know; on an empty database
 * it runs before everything of the other stage, so it must not touch what that makes. `after`:
 * behind it, for constraints, indexes and triggers on tables that Strapi makes.
 */
export type Stage = 'before' | 'after';

/** `row`: the table of this name holds at least one row. */
export type ObjectKind = 'table' | 'constraint' | 'index' | 'trigger' | 'function' | 'row';

/**
 * Something that must be in the database once its migration has run. Names are unique in the whole
 * database.
 */
export interface SchemaObject {
  kind: ObjectKind;
  name: string;
  /** SQL that makes it; null for a table that Strapi's sync makes. */
  create: string | null;
}

/** SQL that runs once, or an object that is made where the database lacks it. */
export type Step = string | SchemaObject;

/**
 * One dated change of the schema, forward only. It never changes once it is released: a later
 * migration corrects it, so it imports no living code. Its objects may be there already (databases
 * older than the history have them).
 */
export interface Migration {
  /** Its file's name: `2026-11-27-orders`. Migrations run in the order of their dates. */
  name: string;
  stage: Stage;
  steps: readonly Step[];
  /** Objects of earlier migrations that its SQL removes, as {@link labelOf} names them. */
  drops?: readonly string[];
}

/** What one plugin's package exports as `./migrations`. */
export interface PluginMigrations {
  plugin: string;
  migrations: readonly Migration[];
}

/** A migration as the history names it. */
export interface DatedMigration extends Migration {
  /** `commerce/2026-11-27-orders`. */
  id: string;
}

/** An object as people read of it: `constraint orders_number_key`. */
export const labelOf = ({ kind, name }: SchemaObject): string => `${kind} ${name}`;

export const isObject = (step: Step): step is SchemaObject => typeof step !== 'string';

/** `columns` is what stands between the parentheses of `create table`. */
export const table = (name: string, columns: string): SchemaObject => ({
  kind: 'table',
  name,
  create: `create table ${name} (${columns})`,
});

/** A table that Strapi's sync makes of a content type. */
export const strapiTable = (name: string): SchemaObject => ({ kind: 'table', name, create: null });

/** `rule` follows `add constraint …`: `unique (number)`, `check (…)`, `foreign key …`. */
export const constraint = (tableName: string, name: string, rule: string): SchemaObject => ({
  kind: 'constraint',
  name,
  create: `alter table ${tableName} add constraint ${name} ${rule}`,
});

/** `target` follows `create index … on`: `orders (placed_at) where total = 0`. */
export const index = (name: string, target: string): SchemaObject => ({
  kind: 'index',
  name,
  create: `create index ${name} on ${target}`,
});

export const uniqueIndex = (name: string, target: string): SchemaObject => ({
  kind: 'index',
  name,
  create: `create unique index ${name} on ${target}`,
});

/** `moment` is `before update`, `action` is `for each row execute function …`. */
export const trigger = (
  tableName: string,
  name: string,
  moment: string,
  action: string,
): SchemaObject => ({
  kind: 'trigger',
  name,
  create: `create trigger ${name} ${moment} on ${tableName} ${action}`,
});

/**
 * A function whose body is `definition`, from its parameters on: `() returns trigger language
 * plpgsql as $$ … $$`.
 */
export const sqlFunction = (name: string, definition: string): SchemaObject => ({
  kind: 'function',
  name,
  create: `create or replace function ${name}${definition}`,
});

/** The row that a table is never without. */
export const firstRow = (tableName: string, insert: string): SchemaObject => ({
  kind: 'row',
  name: tableName,
  create: insert,
});

const dateOf = (name: string): string => name.slice(0, '2026-12-01'.length);

const pluginOf = ({ id }: DatedMigration): string => id.slice(0, id.indexOf('/'));

const stageOf = ({ stage }: Migration): number => (stage === 'before' ? 0 : 1);

/**
 * All plugins' migrations in the order they run on an empty database: the stage before the sync,
 * then the one after it; in a stage by date; those of one day by their plugins' names, then in the
 * order of their lists. (Strapi loads plugins in no order of ours.)
 */
export const inOrder = (all: readonly PluginMigrations[]): DatedMigration[] =>
  all
    .flatMap(({ plugin, migrations }) =>
      migrations.map((migration) => ({ ...migration, id: `${plugin}/${migration.name}` })),
    )
    .sort(
      (one, other) =>
        stageOf(one) - stageOf(other) ||
        dateOf(one.name).localeCompare(dateOf(other.name)) ||
        pluginOf(one).localeCompare(pluginOf(other)),
    );

/**
 * What the database must hold after these migrations: what they add, without what later ones drop.
 */
export function objectsOf(migrations: readonly Migration[]): SchemaObject[] {
  const held = new Map<string, SchemaObject>();
  for (const { steps, drops = [] } of migrations) {
    for (const label of drops) held.delete(label);
    for (const object of steps.filter(isObject)) held.set(labelOf(object), object);
  }
  return [...held.values()];
}

/**
 * All SQL of one plugin's migrations, in order: makes its tables in a database that has none of
 * them.
 */
export const statementsOf = (own: PluginMigrations): string[] =>
  inOrder([own]).flatMap(({ steps }) =>
    steps.flatMap((step) => (isObject(step) ? (step.create ?? []) : step)),
  );
