import type { StockCount } from '../../domain/availability.ts';
import type { Transaction } from './transaction.ts';

/**
 * A change of stock; `delta` in pieces. The same `request` is the same change, however often it is
 * sent.
 */
interface StockChange {
  sku: string;
  delta: number;
  reason: string;
  actor: string;
  request?: string | undefined;
}
type StockOutcome =
  | { ok: true; level: StockCount }
  | { ok: false; reason: 'unknown-sku' | 'below-reserved' | 'request-taken'; level?: StockCount };

/**
 * What the catalogue needs of stock; commerce registers it (the catalogue never imports commerce).
 */
export interface StockPort {
  /** Creates missing levels at 0, locks the rows in SKU order and returns them. */
  open(trx: Transaction, skus: readonly string[]): Promise<StockCount[]>;
  /** Levels as they are, unlocked; all of them without `skus`. */
  read(trx: Transaction, skus?: readonly string[]): Promise<StockCount[]>;
  /** Changes one level with its movement row and its availability. */
  adjust(trx: Transaction, change: StockChange): Promise<StockOutcome>;
}

let registered: StockPort | null = null;

/** Called once by commerce in `register()`. */
export function provideStock(port: StockPort): void {
  registered = port;
}

/** @throws Error when commerce is not loaded */
export function stockPort(): StockPort {
  if (!registered) throw new Error('No stock port: the commerce plugin is not loaded.');
  return registered;
}
