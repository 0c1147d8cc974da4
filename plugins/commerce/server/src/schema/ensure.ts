import type { Core } from '@strapi/strapi';

import { orderFacts } from './orders.ts';
import { paymentFacts } from './payments.ts';
import { promotionFacts } from './promotions.ts';
import { stockFacts } from './stock.ts';

/** `definition` is what follows `alter table … add constraint …` or `create trigger …`. A changed definition needs a new name. */
export interface Named {
  table: string;
  name: string;
  definition: string;
}
/** What must hold for one concern's tables, in the order it is created. */
export interface Facts {
  /** Statements that may run at every boot: functions, changes of older databases. */
  prepare: readonly string[];
  constraints: readonly Named[];
  /** `create index if not exists …`. */
  indexes: readonly string[];
  triggers: readonly Named[];
}

const SHARED = `create or replace function commerce_append_only() returns trigger language plpgsql as $$
  begin raise exception 'table % is append only: write a new row that corrects the old one', tg_table_name using errcode = 'restrict_violation'; end $$`;
/** Orders first: the others point at them. */
export const FACTS: readonly Facts[] = [orderFacts, paymentFacts, promotionFacts, stockFacts];
const PRESENT =
  'select conname as name from pg_constraint union select tgname from pg_trigger where not tgisinternal';

/** Adds the constraints, indexes and triggers of every table of commerce where they lack: one transaction, one process at a time. @throws when data breaks a rule */
export async function ensureSchema(strapi: Core.Strapi): Promise<void> {
  await strapi.db.connection.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtext('comptoir:schema'))");
    await trx.raw("set local lock_timeout = '10s'");
    const { rows }: { rows: { name: string }[] } = await trx.raw(PRESENT);
    const present = new Set(rows.map(({ name }) => name));
    await trx.raw(SHARED);
    for (const { prepare, constraints, indexes, triggers } of FACTS) {
      for (const statement of [...prepare, ...indexes]) await trx.raw(statement);
      for (const { table, name, definition } of constraints)
        if (!present.has(name))
          await trx.raw(`alter table ${table} add constraint ${name} ${definition}`);
      for (const { table, name, definition } of triggers)
        if (!present.has(name))
          await trx.raw(`create trigger ${name} ${definition.replace(' on ', ` on ${table} `)}`);
    }
  });
}
