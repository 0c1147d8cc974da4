import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { CLIENT_ADDRESS_HEADER, failure } from '@comptoir/contracts';

import { type ClientClaim, clientOf, readClientAddress } from '../../../domain/client-address.ts';
import { type TokenBuckets, tokenBuckets } from '../../../domain/token-bucket.ts';

/** What these controllers need of Koa's context. */
export interface Exchange {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown; ip: string };
  status: number;
  body: unknown;
  get(name: string): string;
  set(name: string, value: string): void;
}

/** Calls one client may make. A page of the shop asks for a quote at each change of the cart; orders and mails are rare. */
export const limits = () => ({
  quote: tokenBuckets({ burst: 60, seconds: 0.5 }),
  order: tokenBuckets({ burst: 10, seconds: 6 }),
  look: tokenBuckets({ burst: 60, seconds: 1 }),
  link: tokenBuckets({ burst: 5, seconds: 60 }),
});

export function refuse(
  ctx: Exchange,
  status: number,
  message: string,
  details: Record<string, unknown> = {},
): void {
  ctx.status = status;
  ctx.body = failure(status, message, details);
}

/** Milliseconds between two warnings: one storefront asks hundreds of times a minute. */
const WARNING_EVERY = 60_000;
const CAUSE = (claim: Extract<ClientClaim, { kind: 'refused' }>): string =>
  claim.why === 'clock'
    ? `it was signed ${Math.abs(claim.seconds)} s ${claim.seconds > 0 ? 'before' : 'after'} this clock's time, and 60 s are believed: synchronise both clocks (NTP)`
    : 'its signature is not of our secret: give the storefront and the API the same CLIENT_ADDRESS_SECRET, then restart both (or somebody else wrote it)';

/** Who asks: the shopper the storefront vouches for, else whoever is connected. A claim that is refused is told to `warn`, at most once a minute. */
export function clientReader(): (
  ctx: Exchange,
  by: { secret: string; now: Date; warn(message: string): void },
) => string {
  let quiet = -Infinity;
  return (ctx, { secret, now, warn }) => {
    const claim = readClientAddress(ctx.get(CLIENT_ADDRESS_HEADER), secret, now);
    if (claim.kind === 'believed') return clientOf(claim.address);
    if (claim.kind === 'refused' && now.getTime() >= quiet) {
      quiet = now.getTime() + WARNING_EVERY;
      warn(
        `${CLIENT_ADDRESS_HEADER} was refused: all shoppers of that storefront count as one client and share its limits; ${CAUSE(claim)}. See the runbook, H.14`,
      );
    }
    return clientOf(ctx.request.ip);
  };
}
/** What the database keeps of an address: enough to count, useless to find a person. */
export const hashClient = (client: string, secret: string): string =>
  createHmac('sha256', secret).update(`client;${client}`).digest('hex');

/** Lets a client through, or answers 429 with the seconds to wait. Answers are nobody else's: never stored. */
export function admit(ctx: Exchange, buckets: TokenBuckets, client: string, now: Date): boolean {
  ctx.set('Cache-Control', 'no-store');
  const wait = buckets.take(client, now);
  if (wait === 0) return true;
  ctx.set('Retry-After', String(wait));
  refuse(ctx, 429, `Too many requests from this address: wait ${wait} s, then try again.`);
  return false;
}

/** Parses a body, or answers 400 naming each field and what it should be. */
export function parsed<T>(ctx: Exchange, schema: z.ZodType<T>): T | null {
  const result = schema.safeParse(ctx.request.body);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));
  refuse(
    ctx,
    400,
    errors.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
    { errors },
  );
  return null;
}
