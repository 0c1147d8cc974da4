import { z } from 'zod';
import { rows, type Sql } from '@comptoir/database';

import { availabilityOf } from '../../../catalogue/domain/availability.ts';
import { TO_SEND } from '../../adapters/stock-ledger-sql.ts';
import type { Level } from '../../domain/movement.ts';

/**
 * One line of the stock page. `toSend`: pieces of paid orders, not in `onHand` and still in the
 * house. `reference` and `product` are null while no published product sells the SKU.
 */
export interface StockLine extends Level {
  reference: string | null;
  product: string | null;
  label: string | null;
  toSend: number;
  state: 'in' | 'low' | 'out';
}

const QUERY = `
  select l.sku, l.on_hand as "onHand", l.reserved, l.low_threshold as "lowThreshold",
    coalesce(t.pieces, 0) as "toSend", s.reference, e.body ->> 'name' as product,
    (select v ->> 'label' from jsonb_array_elements(e.body -> 'variants') v
      where v ->> 'sku' = l.sku limit 1) as label
  from stock_levels l
  left join (${TO_SEND}) t on t.sku = l.sku
  left join catalogue_skus s on s.sku = l.sku
  left join catalogue_entries e on e.kind = 'product' and e.key = s.reference and e.locale = 'fr'
  order by l.sku`;
const rowSchema = z.object({
  sku: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  lowThreshold: z.int(),
  toSend: z.int(),
  reference: z.string().nullable(),
  product: z.string().nullable(),
  label: z.string().nullable(),
});

/** Every SKU with its product's French name and what shoppers are told. */
export async function stockList(sql: Sql): Promise<StockLine[]> {
  const found = await rows(sql, rowSchema, QUERY);
  return found.map((row) => ({ ...row, state: availabilityOf(row) }));
}
