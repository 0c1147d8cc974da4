/** French VAT rates in basis points, most common first, as the merchant chooses them. */
export const VAT_RATES = [
  { basisPoints: 2000, label: '20\u00a0%' },
  { basisPoints: 1000, label: '10\u00a0%' },
  { basisPoints: 550, label: '5,5\u00a0%' },
  { basisPoints: 210, label: '2,1\u00a0%' },
  { basisPoints: 0, label: '0\u00a0%' },
] as const;

/** A rate as shown to staff; a rate outside the list is shown too, never hidden. */
export function formatVatRate(basisPoints: number): string {
  const known = VAT_RATES.find((rate) => rate.basisPoints === basisPoints);
  return known?.label ?? `${String(basisPoints / 100).replace('.', ',')}\u00a0%`;
}
