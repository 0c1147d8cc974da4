import { move, type Level, type Moved, type Movement } from '../domain/movement.ts';
import type { StockLedger } from '../domain/stock-ledger.ts';

/** Tells the catalogue what shoppers may see, in the same transaction. */
export type ShowAvailability = (level: Level) => Promise<void>;

/** Changes the count of one SKU, leaving a movement row and the new availability; refusals write nothing. */
export const adjustStock = (ledger: StockLedger, show: ShowAvailability) => async (movement: Movement): Promise<Moved> => {
  const outcome = move(await ledger.lock(movement.sku), movement);
  if (!outcome.ok) return outcome;
  await ledger.record(movement, outcome.level);
  await show(outcome.level);
  return outcome;
};
