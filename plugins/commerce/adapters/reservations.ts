import { z } from 'zod';
import { rows, type Sql, STAMP_VALUES, STAMPS } from '@comptoir/database';

import { showsOtherwise } from '../../catalogue/domain/availability.ts';
import type { Level } from '../domain/movement.ts';
import { STOCK_MOVES, type StockMove } from '../domain/order-model.ts';
import type { Stock } from '../domain/order-ports.ts';
import { MOVE_WORDS } from '../domain/staff-words.ts';

/** Tells the catalogue what shoppers may see of a level, in the same transaction. */
export type ShowLevel = (level: Level, before: Level) => Promise<void>;
type Lines = readonly { sku: string; quantity: number }[];

const levelSchema = z.object({
  sku: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  lowThreshold: z.int(),
});
// The order of this list is the order the rows are locked in, the same as in openLevels.
const LOCK = `select sku, on_hand as "onHand", reserved, low_threshold as "lowThreshold" from stock_levels where sku = any(?::text[]) order by sku collate "C" for update`;
const CHANGE = `with change as (select * from unnest(?::text[], ?::int[], ?::int[]) as c (sku, on_hand, reserved)),
  moved as (insert into stock_movements (${STAMPS}, sku, delta, reserved_delta, move, reason, order_number, actor) select ${STAMP_VALUES}, sku, on_hand, reserved, ?, ?, ?, ? from change)
  update stock_levels l set on_hand = l.on_hand + c.on_hand, reserved = l.reserved + c.reserved, updated_at = now() at time zone 'UTC' from change c where l.sku = c.sku`;

const lock = async (sql: Sql, lines: Lines): Promise<Map<string, Level>> =>
  new Map(
    (await rows(sql, levelSchema, LOCK, [lines.map(({ sku }) => sku)])).map((level) => [
      level.sku,
      level,
    ]),
  );

/**
 * Whether the shelf has what a line needs; a move that puts back or sells what is held always fits.
 */
const free = (levels: Map<string, Level>, { sku, quantity }: Lines[number]): boolean => {
  const level = levels.get(sku);
  return level !== undefined && level.onHand - level.reserved >= quantity;
};
const takesFreePieces = (move: StockMove): boolean =>
  STOCK_MOVES[move].reserved > STOCK_MOVES[move].onHand;

/**
 * Stock of one transaction. `show` is called for levels of which shoppers are told something else.
 */
export const reservations = (sql: Sql, show: ShowLevel): Stock => ({
  async pieces(lines) {
    const levels = await lock(sql, lines);
    return lines.every((line) => free(levels, line)) ? 'available' : 'short';
  },
  async move(number, move, lines, actor) {
    const levels = await lock(sql, lines);
    if (takesFreePieces(move) && !lines.every((line) => free(levels, line))) return false;
    const by = STOCK_MOVES[move];
    const deltas = (part: 'onHand' | 'reserved'): number[] =>
      lines.map(({ quantity }) => by[part] * quantity);
    await sql.raw(CHANGE, [
      lines.map(({ sku }) => sku),
      deltas('onHand'),
      deltas('reserved'),
      move,
      MOVE_WORDS[move],
      number,
      actor,
    ]);
    for (const { sku, quantity } of lines) {
      const before = levels.get(sku);
      if (!before) throw new Error(`No stock level of ${sku}`);
      const after = {
        ...before,
        onHand: before.onHand + by.onHand * quantity,
        reserved: before.reserved + by.reserved * quantity,
      };
      if (showsOtherwise(before, after)) await show(after, before);
    }
    return true;
  },
});
