import type { Level, Movement } from './movement.ts';

/** The ledger inside one transaction: `lock` holds the row until the end. */
export interface StockLedger {
  lock(sku: string): Promise<Level | undefined>;
  record(movement: Movement, level: Level): Promise<void>;
}
