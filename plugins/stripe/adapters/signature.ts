import Stripe from 'stripe';

/**
 * Seconds a delivery's own clock may differ from ours, either way: older is a replay, younger was
 * made up.
 */
export const TOLERANCE_SECONDS = 300;

/**
 * The date of a header that has exactly one: Stripe's library believes the last of several, and
 * what is judged here must be what is signed.
 */
function timestampOf(header: string): number {
  const [date = '', ...others] = header
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^t\s*=/.test(part));
  return others.length === 0 && /^t=\d{1,12}$/.test(date) ? Number(date.slice(2)) : Number.NaN;
}

const signedWith = (body: Uint8Array, header: string, secret: string): boolean => {
  try {
    // Ten years: the time is judged above, in both directions.
    return Stripe.webhooks.signature?.verifyHeader(body, header, secret, 315_360_000) ?? false;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
};

/**
 * Judges a `Stripe-Signature`.
 * @param body the bytes as they came
 * @param now milliseconds
 * @returns what is wrong, or null when one of the secrets signed it just now
 */
export function signatureProblem(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  now: number,
): 'unsigned' | 'stale' | 'future' | 'forged' | null {
  if (header === '') return 'unsigned';
  const age = Math.floor(now / 1000) - timestampOf(header);
  if (Number.isNaN(age)) return 'unsigned';
  if (age > TOLERANCE_SECONDS) return 'stale';
  if (age < -TOLERANCE_SECONDS) return 'future';
  return secrets.some((secret) => signedWith(body, header, secret)) ? null : 'forged';
}
