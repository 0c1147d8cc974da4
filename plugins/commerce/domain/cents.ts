import { type Cents, cents } from '@comptoir/contracts';

export { type Cents, cents };

const weigh = (weight: number): bigint => {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw new RangeError(`Not a weight: ${weight}; expected an integer of at least 0`);
  return BigInt(weight);
};

/** Sum of amounts. @throws RangeError beyond the exact integers */
export const sum = (amounts: readonly number[]): Cents =>
  cents(amounts.reduce((total, amount) => total + amount, 0));

/** `numerator / denominator` rounded half up; exact for any size. Both at least 0, the denominator above. */
export const roundedRatio = (numerator: bigint, denominator: bigint): Cents =>
  cents(Number((2n * numerator + denominator) / (2n * denominator)));

/**
 * Splits an amount in proportion to integer weights by largest remainder: the parts sum to `total` exactly, each is less than a cent from its share, ties go to
 * the lower index. Without any weight the first part gets all; without parts the answer is empty.
 * @throws RangeError when a weight is not an integer of at least 0, or `total` is below 0
 */
export function allocate(total: Cents, weights: readonly number[]): Cents[] {
  const amount = weigh(total);
  const big = weights.map(weigh);
  const whole = big.reduce((a, b) => a + b, 0n);
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : cents(0)));
  const parts = big.map((weight) => Number((amount * weight) / whole));
  const remainders = big.map((weight, index) => ({ index, rest: (amount * weight) % whole }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const extra = new Set(remainders.slice(0, total - sum(parts)).map(({ index }) => index));
  return parts.map((part, index) => cents(extra.has(index) ? part + 1 : part));
}
