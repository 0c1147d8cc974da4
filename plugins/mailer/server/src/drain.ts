import type { Core } from '@strapi/strapi';
import type { Mail } from '@comptoir/contracts/mails';
import type { Sql } from '@comptoir/database';
import { subscribe } from '@comptoir/database/notifications';
import type { Env } from '@comptoir/env';
import { type BackgroundWork, createWorker, type Queue, workOnNext } from '@comptoir/jobs';

import { claim, type ClaimedRow, settle } from '../../adapters/mail-outbox.ts';
import { CHANNEL } from '../../adapters/outbox-table.ts';
import { readShop } from '../../adapters/published-shop.ts';
import type { Deliver } from '../../adapters/smtp.ts';
import { lineOf, type NextState } from '../../domain/delivery.ts';
import type { Enclosure } from '../../domain/enclosure.ts';
import { type Message, senderOf } from '../../domain/message.ts';
import { render } from '../../templates/render-mail.ts';
import { sendNext, type SendPorts, Unwritable } from '../../usecases/send-next.ts';

/**
 * How long the worker sleeps unless it is woken: it notices then a mail that waits for another try.
 */
const IDLE_MS = 15_000;
/** How long a delivery may go on when the process ends. The mail stays in the outbox otherwise. */
const PATIENCE_MS = 4000;

const renderOrRefuse: typeof render = (...mail) => {
  try {
    return render(...mail);
  } catch (error) {
    throw new Unwritable(error);
  }
};

/**
 * A mail with its sender and a Message-ID made of its key.
 * @throws Unwritable when its template fails, else when the settings cannot be read
 */
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

const OUTBOX: Queue<ClaimedRow, NextState> = {
  claim,
  settle: (trx, { id }, next) => settle(trx, id, next),
};

const portsOf = (
  strapi: Core.Strapi,
  env: Env<'api'>,
  deliver: Deliver,
  signal: AbortSignal,
): SendPorts => ({
  withNext: (work) => workOnNext(strapi.db.connection, OUTBOX, work),
  write: (mail, enclosure) => messageOf(strapi.db.connection, mail, enclosure, env),
  deliver: (message) => deliver(message, signal),
  now: () => new Date(),
  // Logs are kept longer than a mail matters; the server's words are in the outbox.
  onAttempt: ({ key }, outcome, { state }) =>
    strapi.log[outcome.kind === 'sent' ? 'debug' : 'warn'](lineOf(key, outcome, state)),
});

/** The worker that drains the outbox through `deliver`, woken by each new mail. */
export function drainWork(strapi: Core.Strapi, env: Env<'api'>, deliver: Deliver): BackgroundWork {
  const worker = createWorker({
    step: (signal) => sendNext(portsOf(strapi, env, deliver, signal)),
    onError: (error) => {
      const message = error instanceof Error ? error.message : String(error);
      strapi.log.warn(`the mail outbox cannot be read: ${message}`);
    },
    idleMs: IDLE_MS,
    patienceMs: PATIENCE_MS,
  });
  let unsubscribe = (): Promise<void> => Promise.resolve();
  return {
    start(): void {
      const subscription = { channel: CHANNEL, name: 'comptoir-mailer' };
      unsubscribe = subscribe(env.databaseUrl ?? '', subscription, worker.wake);
      worker.start();
    },
    async stop(): Promise<void> {
      await Promise.all([unsubscribe(), worker.stop()]);
    },
  };
}
