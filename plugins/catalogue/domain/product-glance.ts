import type { AvailabilityState } from '@comptoir/contracts';

import { availabilityOf, type StockCount } from './availability.ts';
import { formatEuro } from './euro.ts';

/**
 * Pieces that can be sold over all variants, and the state that shoppers see of the scarcest one.
 */
interface StockGlance {
  available: number;
  state: AvailabilityState;
  scarce: number;
}

/**
 * What the product list shows of a product besides its own columns. Prices in cents, null where
 * none is typed yet; stock is null while no level exists.
 */
export interface ProductGlance {
  picture: { url: string; alt: string } | null;
  prices: (number | null)[];
  stock: StockGlance | null;
}

/** One line for the price column: `28,00 €`, `de 12,00 € à 28,00 €`, or what is missing. */
export function priceLine(prices: readonly (number | null)[]): string {
  const known = prices.filter((price): price is number => price !== null);
  if (known.length === 0) return 'Sans prix';
  const lowest = Math.min(...known);
  const highest = Math.max(...known);
  return lowest === highest
    ? formatEuro(lowest)
    : `de ${formatEuro(lowest)} à ${formatEuro(highest)}`;
}

function overallState(states: readonly AvailabilityState[]): AvailabilityState {
  if (states.every((state) => state === 'out')) return 'out';
  return states.every((state) => state === 'in') ? 'in' : 'low';
}

/**
 * Stock of one product: `out` only when no variant can be sold, `low` as soon as one is low or out.
 * `scarce` counts those variants.
 */
export function stockGlance(levels: readonly StockCount[]): StockGlance | null {
  if (levels.length === 0) return null;
  const states = levels.map(availabilityOf);
  const scarce = states.filter((state) => state !== 'in').length;
  const available = levels.reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);
  return { available, scarce, state: overallState(states) };
}

/**
 * One line for the stock column: `12`, `12 · 1 à surveiller`, `Épuisé`, or that there is no level
 * yet.
 */
export function stockLine(stock: StockGlance | null): string {
  if (stock === null) return 'Non suivi';
  if (stock.state === 'out') return 'Épuisé';
  return stock.scarce > 0
    ? `${stock.available} · ${stock.scarce} à surveiller`
    : String(stock.available);
}
