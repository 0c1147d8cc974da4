import type { AvailabilityState } from '@comptoir/contracts';

/** Quantities of one SKU, in pieces. */
export interface StockCount { sku: string; onHand: number; reserved: number; lowThreshold: number }

/** What shoppers are told: `out` when nothing is left to sell, `low` at or under the threshold, else `in`. */
export function availabilityOf({ onHand, reserved, lowThreshold }: Omit<StockCount, 'sku'>): AvailabilityState {
  const available = onHand - reserved;
  if (available <= 0) return 'out';
  return available <= lowThreshold ? 'low' : 'in';
}
