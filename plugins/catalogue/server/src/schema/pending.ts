import type { Core } from '@strapi/strapi';

import { EXPECTED } from './tables.ts';

/** What the database still lacks, by name (`constraint stock_levels_sku_key`); empty when it is up to date. */
export async function pendingMigrations(strapi: Core.Strapi): Promise<string[]> {
  const pending: string[] = [];
  for (const [name, query] of EXPECTED) {
    const { rows }: { rows: unknown[] } = await strapi.db.connection.raw(query);
    if (rows.length === 0) pending.push(name);
  }
  return pending;
}

let lacking: readonly string[] = [];

/** Remembers what the database lacks, before anything is added. */
export async function noteLacking(strapi: Core.Strapi): Promise<void> {
  // Strapi's own sync has made its tables already; on a database without the counter's table the last query would fail.
  const { rows }: { rows: { name: string | null }[] } = await strapi.db.connection.raw(
    "select to_regclass('catalogue_version')::text as name",
  );
  lacking = !rows[0]?.name
    ? ['read model', 'stock ledger constraints']
    : await pendingMigrations(strapi);
}

/** What this process has added to the database since it started. */
export const appliedMigrations = (): readonly string[] => lacking;
