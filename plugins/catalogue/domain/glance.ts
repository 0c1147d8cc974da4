import { formatEuro } from './euro.ts';

/** What the product list shows of a product besides its own columns. Prices in cents, null where none is typed yet. */
export interface ProductGlance {
  picture: { url: string; alt: string } | null;
  prices: (number | null)[];
}

/** One line for the price column: `28,00 €`, `de 12,00 € à 28,00 €`, or what is missing. */
export function priceLine(prices: readonly (number | null)[]): string {
  const known = prices.filter((price): price is number => price !== null);
  if (known.length === 0) return 'Sans prix';
  const lowest = Math.min(...known);
  const highest = Math.max(...known);
  return lowest === highest ? formatEuro(lowest) : `de ${formatEuro(lowest)} à ${formatEuro(highest)}`;
}
