import type { PluginMigrations } from '@comptoir/database/migrate';

import { readModel } from './2026-11-27-read-model.ts';

/** The catalogue's changes of the schema, oldest first. */
export const catalogueMigrations: PluginMigrations = {
  plugin: 'catalogue',
  migrations: [readModel],
};
