import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { mailSchema, type NewMail } from '@comptoir/contracts/mails';
import type { Sql } from '@comptoir/database';
import { provideMigrations } from '@comptoir/database/migrate';
import { type Env, loadEnv } from '@comptoir/env';
import { pruneRows, scheduleJobs, startOnListening, stopBackgroundWork } from '@comptoir/jobs';

import { type Inbox, localInbox } from '../../adapters/local-inbox.ts';
import { enqueue, type Enqueued } from '../../adapters/mail-outbox.ts';
import { deadMails, type LoggedMail, mailsAbout, sendAgain } from '../../adapters/outbox-log.ts';
import { SENT_MAILS } from '../../adapters/outbox-table.ts';
import { type Deliver, smtpDelivery } from '../../adapters/smtp.ts';
import { mailerMigrations } from '../../migrations/index.ts';
import { drainWork } from './drain.ts';
import { inboxController } from './inbox-controller.ts';

/**
 * Where mails go: by SMTP; a demo without it keeps them; a live shop without it lets them wait,
 * which `/health` tells.
 */
function routeOf({ smtpUrl, shopMode, dataDir }: Env<'api'>): {
  deliver: Deliver | null;
  inbox: Inbox | null;
} {
  if (smtpUrl !== undefined) return { deliver: smtpDelivery(smtpUrl), inbox: null };
  if (shopMode === 'live') return { deliver: null, inbox: null };
  const inbox = localInbox(join(dataDir, 'mail'));
  return { deliver: inbox.deliver, inbox };
}

const outboxService = ({ strapi }: { strapi: Core.Strapi }) => ({
  /**
   * Puts a mail into the outbox in the caller's transaction; one that does not fit its kind is kept
   * as dead, and logged.
   */
  async enqueue(sql: Sql, mail: NewMail): Promise<Enqueued> {
    const enqueued = await enqueue(sql, mail);
    if (enqueued.state === 'dead')
      strapi.log.error(`mail ${mail.key} cannot leave and is kept for staff: ${enqueued.reason}`);
    return enqueued;
  },
  /**
   * The same for callers without a transaction of their own, who can be told.
   * @throws ZodError when the mail does not fit its kind
   */
  send: (mail: NewMail): Promise<Enqueued> => enqueue(strapi.db.connection, mailSchema.parse(mail)),
});
/** `strapi.plugin('mailer').service('log')`: the outbox as staff see it. */
const logService = ({ strapi }: { strapi: Core.Strapi }) => ({
  about: (number: string): Promise<LoggedMail[]> => mailsAbout(strapi.db.connection, number),
  dead: (limit: number): Promise<LoggedMail[]> => deadMails(strapi.db.connection, limit),
  again: (key: string): Promise<boolean> => sendAgain(strapi.db.connection, key),
});
/** `strapi.plugin('mailer').service('outbox')`. */
export type OutboxService = ReturnType<typeof outboxService>;

let inbox: Inbox | null = null;

/**
 * Starts sending once Strapi listens; without a way to send, mails wait and nothing needs pruning.
 */
function startSending(strapi: Core.Strapi, env: Env<'api'>, deliver: Deliver | null): void {
  if (deliver === null) {
    strapi.server.httpServer.once('listening', () =>
      strapi.log.warn(
        'SMTP_URL is not set: mails wait in the outbox. A good value: smtp://user:password@localhost:1025',
      ),
    );
    return;
  }
  startOnListening(strapi.server.httpServer, drainWork(strapi, env, deliver));
  scheduleJobs(strapi, [
    {
      name: 'prune-mail-outbox',
      everyMs: 3_600_000,
      run: () => pruneRows(strapi.db.connection, SENT_MAILS),
    },
  ]);
}

export default {
  register({ strapi }: { strapi: Core.Strapi }): void {
    provideMigrations(strapi, mailerMigrations);
  },
  bootstrap({ strapi }: { strapi: Core.Strapi }): void {
    const env = loadEnv('api');
    const { deliver, ...route } = routeOf(env);
    inbox = route.inbox;
    startSending(strapi, env, deliver);
  },
  destroy: stopBackgroundWork,
  routes: {
    'content-api': {
      type: 'content-api',
      prefix: '',
      routes: [
        { method: 'GET', path: '/courrier', handler: 'inbox.list', config: { auth: false } },
        { method: 'GET', path: '/courrier/:key', handler: 'inbox.show', config: { auth: false } },
      ],
    },
  },
  controllers: { inbox: inboxController(() => inbox) },
  services: { outbox: outboxService, log: logService },
};
