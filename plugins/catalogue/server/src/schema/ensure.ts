import type { Core } from '@strapi/strapi';

import { STATEMENTS } from './tables.ts';

/** Creates what the read model lacks: one transaction, one at a time across processes. @throws when the database refuses */
export async function ensureReadModel(strapi: Core.Strapi): Promise<void> {
  await strapi.db.connection.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtext('comptoir:schema'))");
    await trx.raw("set local lock_timeout = '10s'");
    for (const statement of STATEMENTS) await trx.raw(statement);
  });
}
