import { type Cents, cents } from '@comptoir/contracts';

export { type Cents, cents };

function exact(weight: number): bigint {
  if (!Number.isSafeInteger(weight) || weight < 0)
    throw new RangeError(`Not a weight: ${weight}; expected an integer of at least 0`);
  return BigInt(weight);
}

/** Sum of amounts. @throws RangeError beyond the exact integers */
export const sum = (amounts: readonly number[]): Cents =>
  cents(amounts.reduce((total, amount) => total + amount, 0));

/**
 * `numerator / denominator` rounded half up; exact for any size. Both at least 0, the denominator
 * above.
 */
export const roundedRatio = (numerator: bigint, denominator: bigint): Cents =>
  cents(Number((2n * numerator + denominator) / (2n * denominator)));

/** What one part's share is cut by when it is rounded down, with its place among the parts. */
interface Remainder {
  index: number;
  rest: bigint;
}

/** The largest remainder first; of equal ones the lower index. */
function byRemainder(a: Remainder, b: Remainder): number {
  if (a.rest === b.rest) return a.index - b.index;
  return a.rest > b.rest ? -1 : 1;
}

/**
 * Splits an amount in proportion to integer weights by largest remainder: the parts sum to `total`
 * exactly, each is less than a cent from its share, ties go to the lower index. Without any weight
 * the first part gets all; without parts the answer is empty.
 * @throws RangeError when a weight is not an integer of at least 0, or `total` is below 0
 */
export function allocate(total: Cents, weights: readonly number[]): Cents[] {
  const amount = exact(total);
  const shares = weights.map(exact);
  const whole = shares.reduce((sum, share) => sum + share, 0n);
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : cents(0)));

  const roundedDown = shares.map((share) => Number((amount * share) / whole));
  const remainders = shares.map((share, index) => ({ index, rest: (amount * share) % whole }));
  const missingCents = total - sum(roundedDown);
  const oneMore = new Set(
    remainders
      .sort(byRemainder)
      .slice(0, missingCents)
      .map(({ index }) => index),
  );
  return roundedDown.map((part, index) => cents(oneMore.has(index) ? part + 1 : part));
}
