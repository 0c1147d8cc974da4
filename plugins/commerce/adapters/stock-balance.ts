import { z } from 'zod';
import { rows, type Sql } from '@comptoir/database';

/**
 * SKUs whose counts are not the sums of their movements. The query reads every movement there is,
 * so `stock_imbalances` keeps its answer.
 */
const UNBALANCED = `
  select l.sku from stock_levels l left join stock_movements m on m.sku = l.sku
  group by l.sku, l.on_hand, l.reserved
  having l.on_hand <> coalesce(sum(m.delta), 0)
    or l.reserved <> coalesce(sum(m.reserved_delta), 0)`;
const NOTE = `
  with wrong as (${UNBALANCED}),
    righted as (delete from stock_imbalances where sku not in (select sku from wrong)),
    news as (
      insert into stock_imbalances (sku) select sku from wrong on conflict do nothing returning sku
    )
  select sku from news order by sku`;
const KEPT = 'select sku, found_at as at from stock_imbalances order by sku';

const skuSchema = z.object({ sku: z.string() });
const keptSchema = z.object({ sku: z.string(), at: z.date() });
/** A SKU that does not add up; `at`: when that was first seen. */
type Imbalance = z.output<typeof keptSchema>;

/** SKUs whose counts are not the sums of their movements; empty in a sound ledger. */
export const unbalancedSkus = async (sql: Sql): Promise<string[]> =>
  (await rows(sql, skuSchema, `${UNBALANCED} order by 1`)).map(({ sku }) => sku);

/**
 * Asks that of all stock and keeps the answer for staff and `/health`.
 * @returns the SKUs that were sound, or unknown, the last time
 */
export const checkBalance = async (sql: Sql): Promise<string[]> =>
  (await rows(sql, skuSchema, NOTE)).map(({ sku }) => sku);

/** What the last check found. */
export const keptImbalances = (sql: Sql): Promise<Imbalance[]> => rows(sql, keptSchema, KEPT);
