import type { AvailabilityBody, AvailabilityState } from '@comptoir/contracts';

/** Quantities of one SKU, in pieces. */
export interface StockCount {
  sku: string;
  onHand: number;
  reserved: number;
  lowThreshold: number;
}

/**
 * What shoppers see: `out` when nothing is left to sell, `low` at or under the threshold, else
 * `in`.
 */
export function availabilityOf({
  onHand,
  reserved,
  lowThreshold,
}: Omit<StockCount, 'sku'>): AvailabilityState {
  const available = onHand - reserved;
  if (available <= 0) return 'out';
  return available <= lowThreshold ? 'low' : 'in';
}

/** {@link availabilityOf} as the read model holds it, with the number while few are left. */
export function availabilityBody(count: Omit<StockCount, 'sku'>): AvailabilityBody {
  const state = availabilityOf(count);
  return state === 'low' ? { state, left: count.onHand - count.reserved } : { state };
}

/** Whether shoppers see any difference between two counts of a SKU. */
export function showsOtherwise(
  before: Omit<StockCount, 'sku'>,
  after: Omit<StockCount, 'sku'>,
): boolean {
  const [was, is] = [availabilityBody(before), availabilityBody(after)];
  return was.state !== is.state || was.left !== is.left;
}
