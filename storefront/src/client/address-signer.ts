import { createHmac } from 'node:crypto';

/**
 * Makes the header that vouches for an address to the API: see CLIENT_ADDRESS_HEADER of the
 * contracts. `now` in ms.
 * @throws Error without a secret
 */
export function addressSigner(
  secret: string | undefined,
  now: () => number = Date.now,
): (address: string) => string {
  if (!secret)
    throw new Error(
      'CLIENT_ADDRESS_SECRET is empty: give the storefront the same value as the API',
    );
  return (address) => {
    const claim = `${address};${Math.floor(now() / 1000)}`;
    return `${claim};${createHmac('sha256', secret).update(claim).digest('base64url')}`;
  };
}
