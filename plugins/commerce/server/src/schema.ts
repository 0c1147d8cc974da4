import type { Core } from '@strapi/strapi';

const CONSTRAINTS: readonly (readonly [table: string, name: string, definition: string])[] = [
  ['stock_levels', 'stock_levels_sku_key', 'unique (sku)'],
  ['stock_levels', 'stock_levels_quantities_check',
    'check (sku is not null and on_hand is not null and reserved is not null and low_threshold is not null and reserved >= 0 and on_hand >= reserved and low_threshold >= 0)'],
  ['stock_movements', 'stock_movements_delta_check', 'check (sku is not null and delta is not null and delta <> 0)'],
  ['stock_movements', 'stock_movements_reason_check', "check (reason is not null and reason <> '' and actor is not null and actor <> '')"],
  ['stock_movements', 'stock_movements_sku_fk', 'foreign key (sku) references stock_levels (sku) on delete restrict'],
];
const APPEND_ONLY = `create or replace function commerce_append_only() returns trigger language plpgsql as $$
  begin raise exception 'table % is append only: write a new row that corrects the old one', tg_table_name using errcode = 'restrict_violation'; end $$`;
const TRIGGERS: readonly (readonly [table: string, name: string, definition: string])[] = [
  ['stock_movements', 'stock_movements_append_only', 'before update or delete on stock_movements for each row execute function commerce_append_only()'],
  ['stock_movements', 'stock_movements_no_truncate', 'before truncate on stock_movements for each statement execute function commerce_append_only()'],
];

/** Adds the ledger's constraints and triggers where they lack: one transaction, one process at a time. @throws when data breaks a rule */
export async function ensureLedger(strapi: Core.Strapi): Promise<void> {
  await strapi.db.connection.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtext('comptoir:schema'))");
    await trx.raw("set local lock_timeout = '10s'");
    const absent = async (catalogue: string, table: string, name: string): Promise<boolean> => {
      const [nameColumn, tableColumn] = catalogue === 'pg_constraint' ? ['conname', 'conrelid'] : ['tgname', 'tgrelid'];
      const { rows }: { rows: unknown[] } = await trx.raw(`select 1 from ${catalogue} where ${nameColumn} = ? and ${tableColumn} = ?::regclass`, [name, table]);
      return rows.length === 0;
    };
    for (const [table, name, definition] of CONSTRAINTS) {
      if (await absent('pg_constraint', table, name)) await trx.raw(`alter table ${table} add constraint ${name} ${definition}`);
    }
    await trx.raw('create index if not exists stock_movements_sku_idx on stock_movements (sku)');
    await trx.raw(APPEND_ONLY);
    for (const [table, name, definition] of TRIGGERS) {
      if (await absent('pg_trigger', table, name)) await trx.raw(`create trigger ${name} ${definition}`);
    }
  });
}
