import { z } from 'zod';
import { rows, type Sql, wrote } from '@comptoir/database';
import { writeTry } from '@comptoir/jobs';

import { AWAY_MS, type NextState } from '../domain/webhook-retry.ts';
import type { StripeEvent } from './answers.ts';
import { CHANNEL, WEBHOOK_INBOX } from './inbox-table.ts';

const rowSchema = z.object({
  eventId: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  attempts: z.int(),
  othersAnswered: z.boolean(),
  payload: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ id: z.string(), paymentIntent: z.string().nullable() })),
});
/** One event, locked by the transaction that claimed it. */
export type ClaimedEvent = z.output<typeof rowSchema>;

const INSERT = `with added as (
    insert into webhook_inbox (event_id, type, livemode, payload) values (?, ?, ?, ?::jsonb) on conflict (event_id) do nothing returning event_id)
  select pg_notify('${CHANNEL}', '') from added`;
// After a try without an answer comes a wait of AWAY_MS at least: a list of events read since then
// shows that Stripe answers others.
const ANSWERED = `last_error is not null and coalesce((select failing_since is null and reached_at > next_at - interval '${AWAY_MS} milliseconds' from stripe_state), false)`;
// As text: Strapi's connection hands jsonb over unread, others read it.
const CLAIM = `select event_id as "eventId", type, livemode, attempts, ${ANSWERED} as "othersAnswered", payload::text as payload from webhook_inbox
  where state = 'received' and next_at <= now() order by next_at limit 1 for update skip locked`;

/**
 * Writes an event down, once. When this has returned, it survives anything.
 * @returns whether it is new
 */
export async function receive(
  sql: Sql,
  { id, type, livemode, object }: StripeEvent,
): Promise<boolean> {
  return wrote(sql, INSERT, [id, type, livemode, JSON.stringify(object)]);
}

/**
 * Locks the next event that is due and that no other transaction holds; undefined when there is
 * none.
 */
export async function claim(sql: Sql): Promise<ClaimedEvent | undefined> {
  const [row] = await rows(sql, rowSchema, CLAIM);
  return row;
}

/** Writes what became of a claimed event, in the transaction that claimed it. */
export async function settle(sql: Sql, eventId: string, next: NextState): Promise<void> {
  await writeTry(sql, WEBHOOK_INBOX, eventId, { nextAt: null, ...next });
}

/**
 * Takes a dead event for done: staff have dealt with it elsewhere.
 * @returns whether there was such an event
 */
export async function dismiss(sql: Sql, eventId: string): Promise<boolean> {
  return wrote(
    sql,
    `update webhook_inbox set state = 'done' where event_id = ? and state = 'dead' returning 1`,
    [eventId],
  );
}

/**
 * Gives an event that was given up, or is done, another try at once.
 * @returns whether there was such an event
 */
export async function replay(sql: Sql, eventId: string): Promise<boolean> {
  return wrote(
    sql,
    `with again as (update webhook_inbox set state = 'received', attempts = 0, next_at = now() where event_id = ? and state <> 'received' returning 1)
    select pg_notify('${CHANNEL}', '') from again`,
    [eventId],
  );
}
