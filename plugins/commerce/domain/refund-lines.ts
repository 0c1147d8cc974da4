import { type Cents, cents, roundedRatio, sum } from './cents.ts';
import type { LinePart } from './order-model.ts';

/** A line as it was sold: `total` is what its `quantity` pieces cost after discount. */
export interface SoldLine extends LinePart {
  total: Cents;
}

const of = (parts: readonly LinePart[], sku: string): number =>
  parts.filter((part) => part.sku === sku).reduce((pieces, { quantity }) => pieces + quantity, 0);
/**
 * What the first `pieces` of a line cost, rounded half up: differences of these add up to the line
 * exactly, whatever the steps.
 */
const upTo = ({ total, quantity }: SoldLine, pieces: number): Cents =>
  roundedRatio(BigInt(total) * BigInt(pieces), BigInt(quantity));

/**
 * What pieces of an order cost its buyer, after `refunded` of them were given back before;
 * refunding a line piece by piece gives back its total to the cent. Pieces that the order does not
 * have count nothing: the order refuses them.
 */
export function costOf(
  lines: readonly SoldLine[],
  refunded: readonly LinePart[],
  asked: readonly LinePart[],
): Cents {
  return sum(
    lines.map((line) => {
      const before = Math.min(line.quantity, of(refunded, line.sku));
      const after = Math.min(line.quantity, before + of(asked, line.sku));
      return cents(upTo(line, after) - upTo(line, before));
    }),
  );
}
