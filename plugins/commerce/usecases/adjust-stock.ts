import { move, type Level, type Moved, type Movement } from '../domain/movement.ts';

/** The ledger inside one transaction: `lock` holds the row until the end. */
export interface StockLedger {
  lock(sku: string): Promise<Level | undefined>;
  record(movement: Movement, level: Level): Promise<void>;
}
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
