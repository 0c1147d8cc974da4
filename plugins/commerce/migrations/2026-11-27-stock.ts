import {
  constraint,
  index,
  type Migration,
  strapiTable,
  table,
  uniqueIndex,
} from '@comptoir/database/migrate';

import { appendOnly, check, present, toOrder, unique, written } from './ledger-rules.ts';

/**
 * Movements of before orders existed reserved nothing. Their rows are append only, so the trigger
 * steps aside for this one change.
 */
const RESERVED_OF_OLD_ROWS = [
  'drop trigger if exists stock_movements_append_only on stock_movements',
  'update stock_movements set reserved_delta = 0 where reserved_delta is null',
];

/** Pieces whose stock was not the sum of its movements when the nightly check asked. */
export const stockImbalances: Migration = {
  name: '2026-11-27-stock-imbalances',
  stage: 'before',
  steps: [
    table('stock_imbalances', 'sku text, found_at timestamptz not null default now()'),
    constraint('stock_imbalances', 'stock_imbalances_pkey', 'primary key (sku)'),
  ],
};

/** Stock: `on_hand = Σ delta`, `reserved = Σ reserved_delta` for every SKU. */
export const stock: Migration = {
  name: '2026-11-27-stock',
  stage: 'after',
  steps: [
    ...['stock_levels', 'stock_movements'].map(strapiTable),
    'alter table stock_movements drop constraint if exists stock_movements_delta_check',
    'drop index if exists stock_movements_sku_idx',
    ...RESERVED_OF_OLD_ROWS,
    index('stock_movements_history_idx', 'stock_movements (sku, id)'),
    index(
      'stock_movements_order_idx',
      'stock_movements (order_number) where order_number is not null',
    ),
    uniqueIndex(
      'stock_movements_request_key',
      'stock_movements (request) where request is not null',
    ),
    unique('stock_levels', 'sku', 'sku'),
    check(
      'stock_levels',
      'quantities',
      `${present('sku', 'on_hand', 'reserved', 'low_threshold')} and reserved >= 0 and on_hand >= reserved and low_threshold >= 0`,
    ),
    check(
      'stock_movements',
      'change',
      `${present('sku', 'delta', 'reserved_delta')} and (delta <> 0 or reserved_delta <> 0)`,
    ),
    check('stock_movements', 'reservation', 'reserved_delta = 0 or order_number is not null'),
    check('stock_movements', 'reason', written('reason', 'actor')),
    constraint(
      'stock_movements',
      'stock_movements_sku_fk',
      'foreign key (sku) references stock_levels (sku) on delete restrict',
    ),
    toOrder('stock_movements'),
    ...appendOnly('stock_movements'),
  ],
};
