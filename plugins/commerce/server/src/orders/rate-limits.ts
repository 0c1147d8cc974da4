import { type TokenBuckets, tokenBuckets } from '../../../domain/token-bucket.ts';
import { type Exchange, refuse } from './public-request.ts';

/**
 * Calls one client may make. A page of the shop asks for a quote at each change of the cart; orders
 * and mails are rare.
 */
export const limits = () => ({
  quote: tokenBuckets({ burst: 60, seconds: 0.5 }),
  order: tokenBuckets({ burst: 10, seconds: 6 }),
  look: tokenBuckets({ burst: 60, seconds: 1 }),
  link: tokenBuckets({ burst: 5, seconds: 60 }),
});

/**
 * Lets a client through, or answers 429 with the seconds to wait. The answer is this client's
 * alone: never stored.
 */
export function admit(ctx: Exchange, buckets: TokenBuckets, client: string, now: Date): boolean {
  ctx.set('Cache-Control', 'no-store');
  const wait = buckets.take(client, now);
  if (wait === 0) return true;
  ctx.set('Retry-After', String(wait));
  refuse(ctx, 429, `Too many requests from this address: wait ${wait} s, then try again.`);
  return false;
}
