import type { PluginMigrations } from '@comptoir/database/migrate';

import { webhookInbox } from './2026-11-27-webhook-inbox.ts';

/** The Stripe plugin's changes of the schema, oldest first. */
export const stripeMigrations: PluginMigrations = { plugin: 'stripe', migrations: [webhookInbox] };
