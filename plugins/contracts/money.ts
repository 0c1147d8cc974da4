import { z } from 'zod';

/** An integer number of euro cents. Never a float, never a formatted string. */
export type Cents = number & { readonly __unit: 'cents' };

/**
 * Parses a number into {@link Cents}; refuses fractions and anything above the exact integer range.
 */
export const centsSchema = z.int().transform((value): Cents => value as Cents);

/** Marks an integer known to be cents. @throws RangeError when it is not an exact integer. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`Not an integer number of cents: ${value}`);
  return value as Cents;
}

/** An amount as it crosses the wire: cents and an ISO 4217 code. */
export const moneySchema = z.object({ amount: centsSchema, currency: z.literal('EUR') });
export type Money = z.infer<typeof moneySchema>;

/** Cents as {@link Money}; the shop sells in euros only. */
export const euros = (amount: Cents): Money => ({ amount, currency: 'EUR' });
