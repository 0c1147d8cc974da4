import { z } from 'zod';
import { rows, type Sql, wrote } from '@comptoir/database';

import { ABOUT, CHANNEL } from './outbox-table.ts';

const rowSchema = z.object({
  key: z.string(),
  kind: z.string(),
  to: z.string(),
  state: z.enum(['waiting', 'sent', 'dead']),
  error: z.string().nullable(),
  at: z.date(),
});
/** One mail as a log shows it: never its text. `at`: sent, else written. */
export type LoggedMail = z.output<typeof rowSchema>;

const ROW = `select key, kind, recipient as "to", state, last_error as error, coalesce(sent_at, created_at) as at from mail_outbox`;
const MOST = 200;
/** Mails that speak of an order, oldest first. */
export async function mailsAbout(sql: Sql, number: string): Promise<LoggedMail[]> {
  return rows(sql, rowSchema, `${ROW} where ${ABOUT} = ? order by id limit ${MOST}`, [number]);
}

/** Mails that were given up, newest first. A forgotten password is asked for anew instead. */
export async function deadMails(sql: Sql, limit: number): Promise<LoggedMail[]> {
  return rows(
    sql,
    rowSchema,
    `${ROW} where state = 'dead' and kind <> 'staff-password' order by id desc limit ?`,
    [limit],
  );
}

// A receiver may drop a second mail of the same Message-ID, which comes from the key: what has left
// already leaves under another.
const AGAIN = `with tried as (update mail_outbox set state = 'waiting', attempts = 0, next_at = now() where key = ? and state <> 'sent' returning 1),
  copied as (insert into mail_outbox (key, kind, recipient, locale, data, enclosure_id)
    select left(key, 120) || '-again-' || extract(epoch from clock_timestamp())::bigint, kind, recipient, locale, data, enclosure_id from mail_outbox where key = ? and state = 'sent' and data <> '{}'::jsonb
    on conflict (key) do nothing returning 1),
  done as (select 1 from tried union all select 1 from copied)
  select pg_notify('${CHANNEL}', '') from done`;

/**
 * Sends a mail at once that waits or was given up, or sends one again that has left.
 * @returns whether there is such a mail
 */
export const sendAgain = (sql: Sql, key: string): Promise<boolean> => wrote(sql, AGAIN, [key, key]);
