import { z } from 'zod';
import { statusesThat } from '@comptoir/contracts';
import { literals, rows, type Sql, STAMP_VALUES, STAMPS } from '@comptoir/database';

import type { Level, Movement } from '../domain/movement.ts';
import type { StockLedger } from '../domain/stock-ledger-port.ts';

const DEFAULT_LOW_THRESHOLD = 3;
const levelSchema = z.object({
  sku: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  lowThreshold: z.int(),
});
const COLUMNS = 'sku, on_hand as "onHand", reserved, low_threshold as "lowThreshold"';
const OPEN = `insert into stock_levels (${STAMPS}, sku, on_hand, reserved, low_threshold)
  select ${STAMP_VALUES}, s, 0, 0, ? from unnest(?::text[]) s
  on conflict (sku) do nothing`;
const MOVE = `
  insert into stock_movements (${STAMPS}, sku, delta, reserved_delta, reason, actor, request)
  values (${STAMP_VALUES}, :sku, :delta, 0, :reason, :actor, :request)`;

const levels = (sql: Sql, query: string, bindings: readonly unknown[]): Promise<Level[]> =>
  rows(sql, levelSchema, query, bindings);

/**
 * Creates missing levels at 0 and locks all of them, in SKU order so that two of these never
 * deadlock.
 */
export async function openLevels(sql: Sql, skus: readonly string[]): Promise<Level[]> {
  const sorted = [...new Set(skus)].sort();
  await sql.raw(OPEN, [DEFAULT_LOW_THRESHOLD, sorted]);
  return levels(
    sql,
    `select ${COLUMNS} from stock_levels where sku = any(?::text[]) order by sku collate "C" for update`,
    [sorted],
  );
}

/** Levels as they are now, unlocked. */
export const readLevels = (sql: Sql, skus?: readonly string[]): Promise<Level[]> =>
  skus === undefined
    ? levels(sql, `select ${COLUMNS} from stock_levels order by sku`, [])
    : levels(sql, `select ${COLUMNS} from stock_levels where sku = any(?::text[]) order by sku`, [
        skus,
      ]);

const historySchema = z.object({
  at: z.date(),
  delta: z.int(),
  reservedDelta: z.int(),
  reason: z.string(),
  actor: z.string(),
  orderNumber: z.string().nullable(),
  total: z.int(),
});
type MovementRow = Omit<z.output<typeof historySchema>, 'total'>;
const HISTORY = `
  select created_at at time zone 'UTC' as at, delta, reserved_delta as "reservedDelta", reason,
    actor, order_number as "orderNumber",
    (select count(*)::int from stock_movements where sku = :sku) as total
  from stock_movements where sku = :sku order by id desc limit :limit offset :offset`;

/** One page of a SKU's movements, newest first. `page` from 1. */
export async function readMovements(
  sql: Sql,
  sku: string,
  page: number,
  pageSize: number,
): Promise<{ rows: MovementRow[]; total: number }> {
  const offset = (page - 1) * pageSize;
  const found = await rows(sql, historySchema, HISTORY, { sku, limit: pageSize, offset });
  return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 };
}

/**
 * Sets from how many pieces a SKU counts as low.
 * @returns the level before, undefined for an unknown SKU
 */
export async function setThreshold(
  sql: Sql,
  sku: string,
  lowThreshold: number,
): Promise<Level | undefined> {
  const [before] = await levels(sql, LOCK, [sku]);
  if (before)
    await sql.raw(
      `update stock_levels set low_threshold = ?, updated_at = now() at time zone 'UTC' where sku = ?`,
      [lowThreshold, sku],
    );
  return before;
}

const recordedSchema = z.object({ sku: z.string(), delta: z.int(), reason: z.string() });
const toSendSchema = z.object({ pieces: z.int() });
/**
 * Per SKU, what orders took from stock and have not sent; few orders are in these states, however
 * many there were.
 */
export const TO_SEND = `
  select m.sku, -sum(m.delta)::int as pieces
  from orders o join stock_movements m on m.order_number = o.number
  where o.status in (${literals(statusesThat('mayHaveUnsentPieces'))}) and o.shipped_at is null
  group by m.sku`;

const LOCK = `select ${COLUMNS} from stock_levels where sku = ? for update`;
const RECORDED = 'select sku, delta, reason from stock_movements where request = ?';
const TO_SEND_OF = `select pieces from (${TO_SEND}) t where sku = ?`;
const SET_COUNT = `
  update stock_levels set on_hand = ?, updated_at = now() at time zone 'UTC' where sku = ?`;

/** The ledger of one open transaction. */
export const stockLedger = (sql: Sql): StockLedger => ({
  async lock(sku) {
    const [level] = await levels(sql, LOCK, [sku]);
    return level;
  },
  async recorded(request) {
    const [movement] = await rows(sql, recordedSchema, RECORDED, [request]);
    return movement;
  },
  async toSend(sku) {
    const [unsent] = await rows(sql, toSendSchema, TO_SEND_OF, [sku]);
    return unsent?.pieces ?? 0;
  },
  async record({ sku, delta, reason, actor, request }: Movement, { onHand }: Level) {
    await sql.raw(MOVE, { sku, delta, reason, actor, request: request ?? null });
    await sql.raw(SET_COUNT, [onHand, sku]);
  },
});
