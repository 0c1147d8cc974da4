import type { Core } from '@strapi/strapi';
import { provideMigrations } from '@comptoir/database/migrate';
import { loadEnv } from '@comptoir/env';

import type { OrdersService } from '../../../commerce/server/src/orders/service.ts';
import { listenFor } from '../../../mailer/adapters/listen.ts';
import { startRounds } from '../../../mailer/server/src/rounds.ts';
import { createWorker } from '../../../mailer/server/src/worker.ts';
import { dismiss, replay } from '../../adapters/inbox.ts';
import { deadWebhooks, type LoggedWebhook, webhooksAbout } from '../../adapters/inbox-log.ts';
import { CHANNEL } from '../../adapters/inbox-table.ts';
import {
  dismissDifference,
  type KeptDifference,
  openDifferences,
} from '../../adapters/shop-ledger.ts';
import { DIFFERENCE_KINDS } from '../../domain/ledgers.ts';
import { stripeMigrations } from '../../migrations/index.ts';
import { type StripeService, stripeService, type Wired } from './service.ts';
import { webhookRoute } from './webhook-route.ts';
import { handleNext } from './worker.ts';

/** How long the worker sleeps when nobody rings: an event that waits for another try is noticed then. */
const IDLE_MS = 5000;
const PATIENCE_MS = 4000;
/**
 * Two at a time: one slow answer does not hold up the next event. Each holds a connection while it handles an event on another: with
 * the mail worker and the rounds they must stay fewer than the pool's connections (`cms/config/database.ts`).
 */
const WORKERS = 2;

/** `strapi.plugin('stripe').service('log')`: the inbox as staff see it. */
const logService = ({ strapi }: { strapi: Core.Strapi }) => ({
  about: (objects: readonly string[]): Promise<LoggedWebhook[]> =>
    webhooksAbout(strapi.db.connection, objects),
  dead: (limit: number): Promise<LoggedWebhook[]> => deadWebhooks(strapi.db.connection, limit),
  again: (id: string): Promise<boolean> => replay(strapi.db.connection, id),
  dismiss: (id: string): Promise<boolean> => dismiss(strapi.db.connection, id),
  differences: (): Promise<KeptDifference[]> => openDifferences(strapi.db.connection),
  dismissDifference: (
    { kind, object }: { kind: string; object: string },
    actor: string,
  ): Promise<boolean> => {
    const known = DIFFERENCE_KINDS.find((one) => one === kind);
    return known === undefined
      ? Promise.resolve(false)
      : dismissDifference(strapi.db.connection, { kind: known, object }, actor);
  },
});

const service = (): StripeService => strapi.plugin('stripe').service('stripe');

/** Starts the workers and the rounds. @returns how to stop them */
function startWork(strapi: Core.Strapi, { step, rounds }: Wired): () => Promise<void> {
  const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const failed = (error: unknown): void => {
    strapi.log.warn(`the webhook inbox cannot be read: ${text(error)}`);
  };
  const workers = Array.from({ length: WORKERS }, () =>
    createWorker({
      step: () => handleNext(step),
      failed,
      idleMs: IDLE_MS,
      patienceMs: PATIENCE_MS,
    }),
  );
  const deaf = listenFor(
    loadEnv('api').databaseUrl ?? '',
    { channel: CHANNEL, name: 'comptoir-stripe' },
    () => workers.forEach(({ ring }) => ring()),
  );
  const halt = startRounds(
    rounds,
    strapi.db.connection,
    (name, error) =>
      strapi.log.warn(`stripe: the round "${name}" failed and comes again: ${text(error)}`),
    PATIENCE_MS,
  );
  for (const worker of workers) worker.start();
  return async () => {
    await Promise.all([deaf(), halt(), ...workers.map((worker) => worker.stop())]);
  };
}

let stop: () => Promise<void> = () => Promise.resolve();

export default {
  register({ strapi }: { strapi: Core.Strapi }): void {
    provideMigrations(strapi, stripeMigrations);
    // Before Strapi's own middlewares, which are added after every plugin's register.
    strapi.server.use(webhookRoute(() => service().webhook()));
  },
  bootstrap({ strapi }: { strapi: Core.Strapi }): void {
    const { wired } = service();
    if (wired === null) {
      strapi.log.warn(
        'STRIPE_SECRET_KEY is not set: the checkout is closed. Keys are at https://dashboard.stripe.com/apikeys',
      );
      return;
    }
    const orders: OrdersService = strapi.plugin('commerce').service('orders');
    orders.providePayments(wired.payments);
    // Commands load Strapi without serving; only the one that serves works.
    strapi.server.httpServer.once('listening', () => {
      stop = startWork(strapi, wired);
    });
  },
  destroy: (): Promise<void> => stop(),
  services: { stripe: stripeService, log: logService },
};
