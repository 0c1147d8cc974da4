import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token of an order's mailed link: HMAC-SHA256 over its number, base64url. The same every time,
 * so a link can be sent again without being stored.
 * @throws Error without a secret
 */
export function signOrderToken(number: string, secret: string): string {
  if (secret === '')
    throw new Error('The secret of order links is empty: a link would be forgeable');
  return createHmac('sha256', secret).update(`commande.${number}`).digest('base64url');
}

/**
 * Whether a token opens this order; compared in constant time, false for anything malformed.
 * @throws Error without a secret
 */
export function verifyOrderToken(number: string, token: string, secret: string): boolean {
  // Compared as text: base64url decoding would accept second spellings of one signature.
  const [expected, given] = [signOrderToken(number, secret), token].map((text) =>
    Buffer.from(text, 'utf8'),
  );
  return (
    expected !== undefined &&
    given !== undefined &&
    expected.length === given.length &&
    timingSafeEqual(expected, given)
  );
}
