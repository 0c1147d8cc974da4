import { allocate, type Cents, cents, roundedRatio, sum } from './cents.ts';

/** One rate's part of a total: `net + vat = gross`. `rate` in basis points. */
export interface VatPart {
  rate: number;
  net: Cents;
  vat: Cents;
  gross: Cents;
}

/** The net of a VAT-inclusive amount, rounded half up. `rate` in basis points. */
const netOf = (gross: Cents, rate: number): Cents =>
  roundedRatio(BigInt(gross) * 10_000n, BigInt(10_000 + rate));

/**
 * VAT by rate, ascending, of lines (their totals after discount) and shipping. Shipping follows the
 * goods: it is split in proportion to the lines' totals, and to the highest rate when these are all
 * 0, which never declares too little. Gross sums to lines + shipping; empty without lines.
 */
export function vatSplit(
  lines: readonly { vatRate: number; total: Cents }[],
  shipping: Cents,
): VatPart[] {
  const rates = [...new Set(lines.map(({ vatRate }) => vatRate))].sort((a, b) => b - a);
  const goods = rates.map((rate) =>
    sum(lines.filter(({ vatRate }) => vatRate === rate).map(({ total }) => total)),
  );
  const carriage = allocate(shipping, goods);
  const parts = rates.map((rate, index) => {
    const gross = cents((goods[index] ?? 0) + (carriage[index] ?? 0));
    const net = netOf(gross, rate);
    return { rate, net, vat: cents(gross - net), gross };
  });
  return parts.reverse();
}
