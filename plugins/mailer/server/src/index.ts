import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { provideMigrations } from '@comptoir/database/migrate';
import { type Env, loadEnv } from '@comptoir/env';

import { type Inbox, localInbox } from '../../adapters/inbox.ts';
import { enqueue } from '../../adapters/outbox.ts';
import { deadMails, type LoggedMail, mailsAbout, sendAgain } from '../../adapters/outbox-log.ts';
import { type Deliver, smtpDelivery } from '../../adapters/smtp.ts';
import type { NewMail } from '../../domain/mails.ts';
import { mailerMigrations } from '../../migrations/index.ts';
import { startDrain } from './drain.ts';
import { inboxController } from './inbox-controller.ts';

/** Where mails go: by SMTP; a demo without it keeps them; a live shop without it lets them wait, which `/health` tells. */
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
  /** Puts a mail into the outbox in the caller's transaction. */
  enqueue,
  /** The same for callers without a transaction of their own. */
  send: (mail: NewMail): Promise<boolean> => enqueue(strapi.db.connection, mail),
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
let stop: () => Promise<void> = () => Promise.resolve();

export default {
  register({ strapi }: { strapi: Core.Strapi }): void {
    provideMigrations(strapi, mailerMigrations);
  },
  bootstrap({ strapi }: { strapi: Core.Strapi }): void {
    const env = loadEnv('api');
    const { deliver, ...route } = routeOf(env);
    inbox = route.inbox;
    // Commands load Strapi without serving; only the one that serves drains.
    strapi.server.httpServer.once('listening', () => {
      if (deliver === null)
        strapi.log.warn(
          'SMTP_URL is not set: mails wait in the outbox. A good value: smtp://user:password@localhost:1025',
        );
      else stop = startDrain(strapi, env, deliver);
    });
  },
  destroy: (): Promise<void> => stop(),
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
