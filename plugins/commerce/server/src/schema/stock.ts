import { IMBALANCES } from '../../../adapters/stock-balance.ts';
import { appendOnly, present, toOrder, written } from './append-only.ts';
import type { Facts } from './ensure.ts';

/** Movements of before orders existed reserved nothing. Their rows are append only, so the trigger steps aside for this one change. */
const RESERVED_OF_OLD_ROWS = `do $$ begin
  if exists (select 1 from stock_movements where reserved_delta is null) then
    drop trigger if exists stock_movements_append_only on stock_movements;
    update stock_movements set reserved_delta = 0 where reserved_delta is null;
    create trigger stock_movements_append_only before update or delete on stock_movements for each row execute function commerce_append_only();
  end if;
end $$`;

/** Stock: `on_hand = Σ delta`, `reserved = Σ reserved_delta` for every SKU. */
export const stockFacts: Facts = {
  prepare: [
    IMBALANCES,
    'alter table stock_movements drop constraint if exists stock_movements_delta_check',
    RESERVED_OF_OLD_ROWS,
    'drop index if exists stock_movements_sku_idx',
  ],
  constraints: [
    { table: 'stock_levels', name: 'stock_levels_sku_key', definition: 'unique (sku)' },
    {
      table: 'stock_levels',
      name: 'stock_levels_quantities_check',
      definition: `check (${present('sku', 'on_hand', 'reserved', 'low_threshold')} and reserved >= 0 and on_hand >= reserved and low_threshold >= 0)`,
    },
    {
      table: 'stock_movements',
      name: 'stock_movements_change_check',
      definition: `check (${present('sku', 'delta', 'reserved_delta')} and (delta <> 0 or reserved_delta <> 0))`,
    },
    {
      table: 'stock_movements',
      name: 'stock_movements_reservation_check',
      definition: 'check (reserved_delta = 0 or order_number is not null)',
    },
    {
      table: 'stock_movements',
      name: 'stock_movements_reason_check',
      definition: `check (${written('reason', 'actor')})`,
    },
    {
      table: 'stock_movements',
      name: 'stock_movements_sku_fk',
      definition: 'foreign key (sku) references stock_levels (sku) on delete restrict',
    },
    toOrder('stock_movements'),
  ],
  indexes: [
    'create index if not exists stock_movements_history_idx on stock_movements (sku, id)',
    'create index if not exists stock_movements_order_idx on stock_movements (order_number) where order_number is not null',
    'create unique index if not exists stock_movements_request_key on stock_movements (request) where request is not null',
  ],
  triggers: appendOnly('stock_movements'),
};
