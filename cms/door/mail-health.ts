import type { Health } from '@comptoir/contracts';

import { healthRow } from './health-query.ts';

/** Where mails go (`none`: a live shop without SMTP_URL). */
export type MailRoute = 'smtp' | 'inbox' | 'none';
/** `age`: seconds since the oldest waiting mail was written; 0 when none waits. */
export interface OutboxState {
  waiting: number;
  age: number;
  dead: number;
}

/** A mail leaves within seconds; after ten minutes staff must look. */
const LATE_SECONDS = 600;
const QUERY = `select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'dead')::int as dead,
  coalesce(extract(epoch from now() - min(created_at) filter (where state = 'waiting')), 0)::float8 as age from mail_outbox where state <> 'sent'`;

/**
 * What waits in the outbox; null before the mailer has made its table.
 * @throws when the database does not answer within a second.
 */
export const outboxState = (databaseUrl: string): Promise<OutboxState | null> =>
  healthRow<OutboxState>(databaseUrl, QUERY);

/** Mail as `/health` tells it. */
export function mailCheck(route: MailRoute, state: OutboxState | null): Health['checks']['mail'] {
  if (state === null) return { status: 'off' };
  const facts = { ...state, age: Math.floor(state.age) };
  if (route === 'none')
    return { status: 'down', message: 'SMTP_URL is not set: mails wait', ...facts };
  if (state.age > LATE_SECONDS)
    return {
      status: 'degraded',
      message: `the oldest mail has waited for ${Math.floor(state.age / 60)} minutes: see last_error in mail_outbox`,
      ...facts,
    };
  return { status: 'ok', ...facts };
}
