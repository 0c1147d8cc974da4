import type { Parts } from './parts.ts';

const FILL = `with level as (select sku, reserved + $2 - on_hand as delta from stock_levels where sku = $1 for update),
  moved as (insert into stock_movements (sku, delta, reserved_delta, reason, actor) select sku, delta, 0, 'test', 'test' from level where delta <> 0)
  update stock_levels l set on_hand = l.on_hand + level.delta from level where l.sku = level.sku`;

/** Puts as many pieces on the shelf as leave `free` of them for sale. */
export async function fillStock(
  { query }: Pick<Parts, 'query'>,
  sku: string,
  free: number,
): Promise<void> {
  await query(FILL, [sku, free]);
}
