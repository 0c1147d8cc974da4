import { createHmac } from 'node:crypto';
import { CLIENT_ADDRESS_HEADER } from '@comptoir/contracts';

import {
  type ClientClaim,
  clientOf,
  readClientAddress,
} from '../../../domain/client-address-claim.ts';
import type { Exchange } from './public-request.ts';

type RefusedClaim = Extract<ClientClaim, { kind: 'refused' }>;
type ReadClient = (
  ctx: Exchange,
  by: { secret: string; now: Date; warn(message: string): void },
) => string;

/** Milliseconds between two warnings: one storefront asks hundreds of times a minute. */
const WARNING_EVERY = 60_000;

function causeOf(claim: RefusedClaim): string {
  if (claim.why === 'clock') {
    const side = claim.seconds > 0 ? 'before' : 'after';
    return `it was signed ${Math.abs(claim.seconds)} s ${side} this clock's time, and 60 s are believed: synchronise both clocks (NTP)`;
  }
  return 'its signature is not of our secret: give the storefront and the API the same CLIENT_ADDRESS_SECRET, then restart both (or somebody else wrote it)';
}

/**
 * The client of a request: the shopper the storefront vouches for, else the connected address. A
 * claim that is refused is told to `warn`, at most once a minute.
 */
export function clientReader(): ReadClient {
  let quietUntil = -Infinity;
  return (ctx, { secret, now, warn }) => {
    const claim = readClientAddress(ctx.get(CLIENT_ADDRESS_HEADER), secret, now);
    if (claim.kind === 'believed') return clientOf(claim.address);
    if (claim.kind === 'refused' && now.getTime() >= quietUntil) {
      quietUntil = now.getTime() + WARNING_EVERY;
      warn(
        `${CLIENT_ADDRESS_HEADER} was refused: all shoppers of that storefront count as one client and share its limits; ${causeOf(claim)}. See the runbook, H.14`,
      );
    }
    return clientOf(ctx.request.ip);
  };
}

/** What the database keeps of an address: enough to count, useless to find a person. */
export const hashClient = (client: string, secret: string): string =>
  createHmac('sha256', secret).update(`client;${client}`).digest('hex');
