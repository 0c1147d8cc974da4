import type Stripe from 'stripe';
import { z } from 'zod';
import { EVENT_TYPES } from '../domain/events.ts';
import { eventSchema } from './answers.ts';
import { receive } from './inbox.ts';
import type { Sql } from './inbox-table.ts';

/** Seconds read again each time: an event may appear in the list later than its own time says. */
const OVERLAP_SECONDS = 600;
const PAGE = 100;

const stateSchema = z.object({ seenUntil: z.date() });
const SEEN = 'select seen_until as "seenUntil" from stripe_state for update';
const MOVE = `update stripe_state set seen_until = greatest(seen_until, to_timestamp(?)), reached_at = now(), failing_since = null, last_error = null`;

/**
 * Reads Stripe's own list of events since the last time and puts those that no webhook brought into the inbox. Call in a
 * transaction: the place in the list moves only if all were written. @returns how many were missed @throws when Stripe does not answer
 */
export async function catchUp(sql: Sql, stripe: Stripe): Promise<number> {
  const [state] = z.array(stateSchema).parse((await sql.raw(SEEN, [])).rows);
  const from = Math.floor((state?.seenUntil ?? new Date()).getTime() / 1000) - OVERLAP_SECONDS;
  let missed = 0;
  let latest = 0;
  for await (const event of stripe.events.list({ types: EVENT_TYPES, created: { gte: from }, limit: PAGE })) {
    const parsed = eventSchema.parse(event);
    latest = Math.max(latest, parsed.created);
    if (await receive(sql, parsed)) missed += 1;
  }
  await sql.raw(MOVE, [latest]);
  return missed;
}

/** Notes that Stripe does not answer, for `/health`. */
export const noteFailure = async (sql: Sql, message: string): Promise<void> => {
  await sql.raw('update stripe_state set failing_since = coalesce(failing_since, now()), last_error = ?', [message.slice(0, 300)]);
};
