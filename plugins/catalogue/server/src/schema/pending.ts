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
