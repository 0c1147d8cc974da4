import type { Level, Movement } from './movement.ts';

/** The ledger inside one transaction: `lock` holds the row until the end. */
export interface StockLedger {
  lock(sku: string): Promise<Level | undefined>;
  /** What was recorded under a request before. */
  recorded(request: string): Promise<Pick<Movement, 'sku' | 'delta' | 'reason'> | undefined>;
  /** Pieces of paid orders that have not left the house: sold, and still there to be counted. */
  toSend(sku: string): Promise<number>;
  record(movement: Movement, level: Level): Promise<void>;
}
