import type { Knex } from 'knex';

import type { PluginMigrations, Stage } from './migration.ts';
import { migrate } from './run-migrations.ts';

/** What is needed of Strapi: its database, and the two moments around its own sync. */
interface Host {
  db: { connection: Knex };
  hook(name: string): { register(handler: () => Promise<void>): unknown };
}

const MOMENTS: readonly (readonly [Stage, string])[] = [
  ['before', 'strapi::content-types.beforeSync'],
  ['after', 'strapi::content-types.afterSync'],
];

const registered: PluginMigrations[] = [];
const applied: string[] = [];

/**
 * Adds a plugin's migrations to those that run when Strapi boots: `before` and `after` its sync,
 * ahead of every plugin's `bootstrap`. Call it in the plugin's `register()`.
 */
export function provideMigrations(strapi: Host, own: PluginMigrations): void {
  if (registered.length === 0)
    for (const [stage, moment] of MOMENTS)
      strapi.hook(moment).register(async () => {
        applied.push(...(await migrate(strapi.db.connection, registered, stage)));
      });
  registered.push(own);
}

/** What this process has changed in the database since it started, by name. */
export const appliedMigrations = (): readonly string[] => applied;
