/** `@comptoir/database/migrate`: dated, forward-only migrations in one recorded history. */
export {
  constraint,
  type DatedMigration,
  firstRow,
  index,
  inOrder,
  isObject,
  labelOf,
  type Migration,
  type ObjectKind,
  objectsOf,
  type PluginMigrations,
  type SchemaObject,
  sqlFunction,
  type Stage,
  statementsOf,
  type Step,
  strapiTable,
  table,
  trigger,
  uniqueIndex,
} from './migration.ts';
export { appliedMigrations, provideMigrations } from './provide-migrations.ts';
export { knexQuery, migrate } from './run-migrations.ts';
export {
  HISTORY,
  type Query,
  recordedMigrations,
  type SchemaState,
  schemaState,
} from './schema-state.ts';
