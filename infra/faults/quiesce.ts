import { z } from 'zod';

import { EVENT_TYPES } from '../../plugins/stripe/domain/events.ts';
import { eventually } from './eventually.ts';
import { type Parts, SECRETS } from './parts.ts';

/** What is still under way here, in words; empty = nothing. */
const BUSY = `select 'event ' || event_id as what from webhook_inbox where state = 'received'
  union all select 'mail ' || key from mail_outbox where state = 'waiting'
  union all select 'no page for ' || number from orders where status = 'pending' and stripe_session_id is null
  union all select 'overdue ' || number from orders where status = 'pending' and session_expires_at < now() at time zone 'UTC'
  union all select 'refund of ' || order_number from refund_requests where state = 'open'`;

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })), has_more: z.boolean() });

/** Every event at Stripe that concerns the shop. */
export async function eventsAtStripe({ simulator }: Pick<Parts, 'simulator'>): Promise<string[]> {
  const ids: string[] = [];
  for (let more = true; more;) {
    const form = new URLSearchParams([
      ['limit', '100'],
      ...EVENT_TYPES.map((type, at) => [`types[${at}]`, type] as [string, string]),
      ...ids.slice(-1).map((id) => ['starting_after', id] as [string, string]),
    ]);
    const answer = await fetch(`${simulator.url}/v1/events?${form}`, {
      headers: {
        authorization: `Bearer ${SECRETS.stripeKey}`,
        'stripe-version': '2026-10-28.endive',
      },
    });
    const page = listSchema.parse(await answer.json());
    ids.push(...page.data.map(({ id }) => id));
    more = page.has_more;
  }
  return ids;
}

async function underWay(parts: Parts): Promise<string[]> {
  const events = await eventsAtStripe(parts);
  const missing = await parts.query(
    'select id as what from unnest($1::text[]) id where not exists (select 1 from webhook_inbox where event_id = id)',
    [events],
  );
  return [...missing, ...(await parts.query(BUSY))].map(({ what }) => String(what));
}

/** Brings forward what waits for a later try: hours of a real shop. */
async function letTimePass({ query }: Parts): Promise<void> {
  await query(`update webhook_inbox set next_at = now() where state = 'received'`);
  await query(`update mail_outbox set next_at = now() where state = 'waiting'`);
}

/**
 * Ends all faults and waits until nothing is under way. The shop is killed once more first: what it
 * only does every minute it does when it starts, and it must be able to go on from here like from
 * anywhere.
 * @throws Error naming what does not come to rest
 */
export async function quiesce(parts: Parts): Promise<void> {
  const { simulator, smtp, crash, ready } = parts;
  simulator.faults.clear();
  smtp.behave({});
  await crash();
  await ready();
  // After `ready`: events that a reordering held back are sent now.
  await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' });
  let left: string[] = [];
  await eventually(
    'the shop to come to rest',
    async () => {
      await simulator.idle();
      left = await underWay(parts);
      if (left.length > 0) await letTimePass(parts);
      return left.length === 0;
    },
    { ms: 90_000, everyMs: 250 },
  ).catch((error: unknown) => {
    throw new Error(`Still under way: ${left.slice(0, 20).join('; ')}`, { cause: error });
  });
}
