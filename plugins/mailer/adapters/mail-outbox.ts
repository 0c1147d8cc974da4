import { z } from 'zod';
import type { NewMail } from '@comptoir/contracts/mails';
import { rows, type Sql, wrote } from '@comptoir/database';
import { writeTry } from '@comptoir/jobs';

import type { NextState } from '../domain/delivery.ts';
import { ENCLOSED, enclosureSchema } from '../domain/enclosure.ts';
import { fitMail } from '../domain/fit-mail.ts';
import { CHANNEL, MAIL_OUTBOX } from './outbox-table.ts';

const json = z.string().transform((text): unknown => JSON.parse(text));
const rowSchema = z.object({
  id: z.coerce.string(),
  key: z.string(),
  kind: z.string(),
  to: z.string(),
  locale: z.string(),
  data: json,
  attempts: z.int(),
  // A page that cannot be read holds no mail up.
  enclosure: json.pipe(enclosureSchema).nullable().catch(null),
});
/**
 * One waiting row, locked by the transaction that claimed it; its mail is checked when it is read
 * with `mailSchema`.
 */
export type ClaimedRow = z.infer<typeof rowSchema>;

// Without a unique constraint on the digest no order waits for another's transaction: two first
// mails of a version may each keep a copy.
const INSERT = `with page as (
    select body, encode(sha256(convert_to(body::text, 'UTF8')), 'hex') as digest from catalogue_entries where kind = 'page' and key = ? and locale = ? and body is not null),
  known as (select e.id from mail_enclosures e join page p on p.digest = e.digest order by e.id limit 1),
  fresh as (insert into mail_enclosures (digest, body) select digest, body from page where not exists (select 1 from known) returning id),
  added as (
    insert into mail_outbox (key, kind, recipient, locale, data, enclosure_id, state, last_error)
    values (?, ?, ?, ?, ?::jsonb, (select id from known union all select id from fresh), ?, ?)
    on conflict (key) do nothing returning id)
  select pg_notify('${CHANNEL}', '') from added`;
// As text: Strapi's connection hands jsonb over unread, others read it.
const CLAIM = `select o.id, key, kind, recipient as "to", locale, data::text as data, attempts, e.body::text as enclosure
  from mail_outbox o left join mail_enclosures e on e.id = o.enclosure_id
  where state = 'waiting' and next_at <= now() order by next_at, o.id limit 1 for update of o skip locked`;

/**
 * `known`: the key is there already, and nothing has changed. `dead`: kept for staff, who see it
 * with its reason.
 */
export type Enqueued = { state: 'waiting' | 'known' } | { state: 'dead'; reason: string };

const LONGEST_KEY = 300;
const LONGEST_REASON = 500;

/**
 * Text as Postgres keeps it: it refuses NUL and half characters, and the caller's transaction would
 * fail with the mail.
 */
const keepable = (text: string): string => text.toWellFormed().replaceAll('\0', '');
const keepableJson = (data: unknown): string =>
  JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'string' ? keepable(value) : value,
  );

/**
 * Puts a mail into the outbox, in the caller's transaction: it leaves if and only if that commits.
 * A key that is there already changes nothing. The page that goes with its kind is kept as it is
 * published now; a shop that publishes none sends the mail without.
 *
 * A mail that does not fit its kind (a shop without an e-mail address, a defect of ours) can never
 * leave, and must never undo the payment that it tells of: it is kept as dead, with the reason,
 * where staff and `/health` see it.
 * @throws when the database fails
 */
export async function enqueue(sql: Sql, mail: NewMail): Promise<Enqueued> {
  const fit = fitMail(mail);
  const { key, kind, to, locale, data } = fit.fits ? fit.mail : mail;
  const isNew = await wrote(sql, INSERT, [
    ENCLOSED[kind] ?? '',
    locale,
    keepable(key).slice(0, LONGEST_KEY),
    kind,
    keepable(to),
    locale,
    keepableJson(data),
    fit.fits ? 'waiting' : 'dead',
    fit.fits ? null : fit.reason.slice(0, LONGEST_REASON),
  ]);
  if (!isNew) return { state: 'known' };
  return fit.fits ? { state: 'waiting' } : { state: 'dead', reason: fit.reason };
}

/**
 * Locks the oldest mail that is due and that no other transaction holds; undefined when there is
 * none.
 */
export async function claim(sql: Sql): Promise<ClaimedRow | undefined> {
  const [row] = await rows(sql, rowSchema, CLAIM);
  return row;
}

/**
 * Writes what became of a claimed mail, in the transaction that claimed it. A staff member's
 * password link is forgotten once it has left.
 */
export async function settle(sql: Sql, id: string, next: NextState): Promise<void> {
  if (next.state === 'sent') {
    await sql.raw(
      `update mail_outbox set state = 'sent', sent_at = now(), attempts = attempts + 1, last_error = null,
      data = case when kind = 'staff-password' then '{}'::jsonb else data end where id = ?`,
      [id],
    );
    return;
  }
  await writeTry(sql, MAIL_OUTBOX, id, { nextAt: null, ...next });
}
