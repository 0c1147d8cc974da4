import type { PluginMigrations } from '@comptoir/database/migrate';

import { mailOutbox } from './2026-11-27-mail-outbox.ts';

/** The mailer's changes of the schema, oldest first. */
export const mailerMigrations: PluginMigrations = { plugin: 'mailer', migrations: [mailOutbox] };
