import { move, type Level, type Moved, type Movement } from '../domain/movement.ts';
import type { StockLedger } from '../domain/stock-ledger.ts';

/** Tells the catalogue what shoppers may see, in the same transaction. */
export type ShowAvailability = (level: Level) => Promise<void>;

/**
 * Changes the count of one SKU, leaving a movement row and the new availability; refusals write nothing. A request that was recorded
 * before (its answer was lost) changes nothing more and answers the level; one that asked for something else then is `request-taken`.
 */
export const adjustStock = (ledger: StockLedger, show: ShowAvailability) => async (movement: Movement): Promise<Moved> => {
  const level = await ledger.lock(movement.sku);
  // Looked for with the level locked: the first of two that meet has written by now.
  const before = level && movement.request !== undefined ? await ledger.recorded(movement.request) : undefined;
  if (level && before) return before.sku === movement.sku && before.delta === movement.delta ? { ok: true, level } : { ok: false, reason: 'request-taken' };
  const outcome = move(level, movement);
  if (!outcome.ok) return outcome;
  await ledger.record(movement, outcome.level);
  await show(outcome.level);
  return outcome;
};
