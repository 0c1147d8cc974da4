import type { Core } from '@strapi/strapi';
import type { Env } from '@comptoir/env';

import { listenFor } from '../../adapters/listen.ts';
import { claim, settle } from '../../adapters/mail-outbox.ts';
import { CHANNEL, SENT_MAILS } from '../../adapters/outbox-table.ts';
import { pruneRows } from '../../adapters/prune.ts';
import { readShop } from '../../adapters/published-shop.ts';
import type { Deliver } from '../../adapters/smtp.ts';
import type { Sql } from '../../adapters/sql.ts';
import { lineOf } from '../../domain/delivery.ts';
import type { Enclosure } from '../../domain/enclosure.ts';
import type { Mail } from '../../domain/mails.ts';
import { type Message, senderOf } from '../../domain/message.ts';
import { render } from '../../templates/render-mail.ts';
import { sendNext, type SendPorts, Unwritable } from '../../usecases/send-next.ts';
import { startRounds } from './rounds.ts';
import { createWorker } from './worker.ts';

const IDLE_MS = 15_000;
const PATIENCE_MS = 4000;

const renderOrRefuse: typeof render = (...mail) => {
  try {
    return render(...mail);
  } catch (error) {
    throw new Unwritable(error);
  }
};

/** A mail with its sender and a Message-ID made of its key. @throws Unwritable when its template fails, else when the settings cannot be read */
export async function messageOf(
  sql: Sql,
  mail: Mail,
  enclosure: Enclosure | null,
  { publicSiteUrl, mailFrom }: Pick<Env<'api'>, 'publicSiteUrl' | 'mailFrom'>,
): Promise<Message> {
  const shop = await readShop(sql, mail.locale, publicSiteUrl);
  const from = senderOf(shop, mailFrom);
  const replyTo = shop.email !== '' && shop.email !== from.address ? shop.email : null;
  return {
    key: mail.key,
    kind: mail.kind,
    messageId: `<${mail.key}@${new URL(publicSiteUrl).hostname}>`,
    from,
    replyTo,
    to: mail.to,
    ...renderOrRefuse(mail, shop, enclosure),
  };
}

const portsOf = (
  strapi: Core.Strapi,
  env: Env<'api'>,
  deliver: Deliver,
  signal: AbortSignal,
): SendPorts => ({
  withNext: (work) =>
    strapi.db.connection.transaction(async (trx) => {
      const row = await claim(trx);
      if (row === undefined) return undefined;
      const next = await work(row);
      await settle(trx, row.id, next);
      return next;
    }),
  write: (mail, enclosure) => messageOf(strapi.db.connection, mail, enclosure, env),
  deliver: (message) => deliver(message, signal),
  now: () => new Date(),
  // Logs are kept longer than a mail matters; the server's words are in the outbox.
  onAttempt: ({ key }, outcome, { state }) =>
    strapi.log[outcome.kind === 'sent' ? 'debug' : 'warn'](lineOf(key, outcome, state)),
});

/** Starts draining the outbox through `deliver`. @returns how to stop */
export function startDrain(
  strapi: Core.Strapi,
  env: Env<'api'>,
  deliver: Deliver,
): () => Promise<void> {
  const worker = createWorker({
    step: (signal) => sendNext(portsOf(strapi, env, deliver, signal)),
    failed: (error) =>
      strapi.log.warn(
        `the mail outbox cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ),
    idleMs: IDLE_MS,
    patienceMs: PATIENCE_MS,
  });
  const deaf = listenFor(
    env.databaseUrl ?? '',
    { channel: CHANNEL, name: 'comptoir-mailer' },
    worker.ring,
  );
  const halt = startRounds(
    [
      {
        name: 'prune-outbox',
        everyMs: 3_600_000,
        run: () => pruneRows(strapi.db.connection, SENT_MAILS),
      },
    ],
    strapi.db.connection,
    (name, error) =>
      strapi.log.warn(
        `mailer: the round "${name}" failed and comes again: ${error instanceof Error ? error.message : String(error)}`,
      ),
    PATIENCE_MS,
  );
  worker.start();
  return async () => {
    await Promise.all([deaf(), halt(), worker.stop()]);
  };
}
