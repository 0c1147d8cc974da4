import { catalogueMigrations } from '@comptoir/catalogue/migrations';
import { commerceMigrations } from '@comptoir/commerce/migrations';
import { type PluginMigrations, type SchemaState, schemaState } from '@comptoir/database/migrate';
import { mailerMigrations } from '@comptoir/mailer/migrations';
import { stripeMigrations } from '@comptoir/stripe/migrations';

import { askForHealth } from './health-query.ts';

/**
 * What every plugin changes in the schema, in the order Strapi loads the plugins. Each says in its
 * own package what it needs.
 */
export const MIGRATIONS: readonly PluginMigrations[] = [
  catalogueMigrations,
  commerceMigrations,
  mailerMigrations,
  stripeMigrations,
];

/**
 * Which schema the database has, and what it still lacks.
 * @throws when the database does not answer within a second
 */
export const databaseSchema = (databaseUrl: string): Promise<SchemaState> =>
  askForHealth(databaseUrl, (client) =>
    schemaState((sql, values) => client.query(sql, [...values]), MIGRATIONS),
  );
