import type Stripe from 'stripe';
import { z } from 'zod';
import { type Database, rows, type Sql } from '@comptoir/database';

import { EVENT_TYPES } from '../domain/events.ts';
import { eventSchema, type StripeEvent } from './answers.ts';
import { receive } from './webhook-inbox.ts';

/** Seconds read again each time: an event may appear in the list later than its own time says. */
const OVERLAP_SECONDS = 600;
const PAGE = 100;

const stateSchema = z.object({ seenUntil: z.date() });
const SEEN = 'select seen_until as "seenUntil" from stripe_state';
const MOVE = `update stripe_state set seen_until = greatest(seen_until, to_timestamp(?)), reached_at = now(), failing_since = null, last_error = null`;

async function listSince(stripe: Stripe, from: number): Promise<StripeEvent[]> {
  const events: StripeEvent[] = [];
  for await (const event of stripe.events.list({
    types: EVENT_TYPES,
    created: { gte: from },
    limit: PAGE,
  }))
    events.push(eventSchema.parse(event));
  return events;
}

/**
 * Reads Stripe's own list of events since the last time and puts those that no webhook brought into
 * the inbox; the place in the list moves only with them. No transaction is open while Stripe
 * answers: a webhook of the same event would wait for it.
 * @returns how many were missed @throws when Stripe or the database does not answer
 */
export async function catchUp(database: Database, stripe: Stripe): Promise<number> {
  const [state] = await rows(database, stateSchema, SEEN);
  const from = Math.floor((state?.seenUntil ?? new Date()).getTime() / 1000) - OVERLAP_SECONDS;
  const events = await listSince(stripe, from);
  return database.transaction(async (trx) => {
    let missed = 0;
    for (const event of events) if (await receive(trx, event)) missed += 1;
    await trx.raw(MOVE, [Math.max(0, ...events.map(({ created }) => created))]);
    return missed;
  });
}

/**
 * Notes that Stripe does not answer, for `/health`; `code` is an error by its kind, without
 * Stripe's words.
 */
export const noteFailure = async (sql: Sql, code: string): Promise<void> => {
  await sql.raw(
    'update stripe_state set failing_since = coalesce(failing_since, now()), last_error = ?',
    [code.slice(0, 300)],
  );
};
