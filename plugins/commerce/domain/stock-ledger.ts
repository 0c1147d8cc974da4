import type { Level, Movement } from './movement.ts';

/** The ledger inside one transaction: `lock` holds the row until the end. */
export interface StockLedger {
  lock(sku: string): Promise<Level | undefined>;
  /** What was recorded under a request before. */
  recorded(request: string): Promise<Pick<Movement, 'sku' | 'delta'> | undefined>;
  record(movement: Movement, level: Level): Promise<void>;
}
