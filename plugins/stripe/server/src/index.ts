import type { Core } from '@strapi/strapi';
import { provideMigrations } from '@comptoir/database/migrate';
import { subscribe } from '@comptoir/database/notifications';
import { loadEnv } from '@comptoir/env';
import {
  type BackgroundWork,
  createWorker,
  scheduleJobs,
  startOnListening,
  stopBackgroundWork,
} from '@comptoir/jobs';

import type { OrdersService } from '../../../commerce/server/src/orders/orders-service.ts';
import { deadWebhooks, type LoggedWebhook, webhooksAbout } from '../../adapters/inbox-log.ts';
import { CHANNEL } from '../../adapters/inbox-table.ts';
import {
  dismissDifference,
  type OpenDifference,
  openDifferences,
} from '../../adapters/shop-ledger.ts';
import { dismiss, replay } from '../../adapters/webhook-inbox.ts';
import { DIFFERENCE_KINDS } from '../../domain/ledger-differences.ts';
import { stripeMigrations } from '../../migrations/index.ts';
import { type StripeService, stripeService, type StripeWiring } from './stripe-service.ts';
import { webhookRoute } from './webhook-route.ts';
import { handleNext } from './webhook-worker.ts';

/**
 * How long a worker sleeps unless it is woken: it notices then an event that waits for another try.
 */
const IDLE_MS = 5000;
/**
 * How long an event that is being handled may go on when the process ends. It stays in the inbox
 * otherwise.
 */
const PATIENCE_MS = 4000;
/**
 * Two at a time: one slow answer does not hold up the next event. Each holds a connection while it
 * handles an event on another: with the mail worker and the scheduled jobs they must stay fewer
 * than the pool's connections (`cms/config/database.ts`).
 */
const WORKERS = 2;

/** `strapi.plugin('stripe').service('log')`: the inbox as staff see it. */
const logService = ({ strapi }: { strapi: Core.Strapi }) => ({
  about: (objects: readonly string[]): Promise<LoggedWebhook[]> =>
    webhooksAbout(strapi.db.connection, objects),
  dead: (limit: number): Promise<LoggedWebhook[]> => deadWebhooks(strapi.db.connection, limit),
  again: (id: string): Promise<boolean> => replay(strapi.db.connection, id),
  dismiss: (id: string): Promise<boolean> => dismiss(strapi.db.connection, id),
  differences: (): Promise<OpenDifference[]> => openDifferences(strapi.db.connection),
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

/** The workers of the inbox, woken by each new event. */
function inboxWork(strapi: Core.Strapi, { step }: StripeWiring): BackgroundWork {
  const onError = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    strapi.log.warn(`the webhook inbox cannot be read: ${message}`);
  };
  const workers = Array.from({ length: WORKERS }, () =>
    createWorker({
      step: () => handleNext(step),
      onError,
      idleMs: IDLE_MS,
      patienceMs: PATIENCE_MS,
    }),
  );
  let unsubscribe = (): Promise<void> => Promise.resolve();
  return {
    start(): void {
      unsubscribe = subscribe(
        loadEnv('api').databaseUrl ?? '',
        { channel: CHANNEL, name: 'comptoir-stripe' },
        () => workers.forEach(({ wake }) => wake()),
      );
      for (const worker of workers) worker.start();
    },
    async stop(): Promise<void> {
      await Promise.all([unsubscribe(), ...workers.map((worker) => worker.stop())]);
    },
  };
}

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
    scheduleJobs(strapi, wired.jobs);
    startOnListening(strapi.server.httpServer, inboxWork(strapi, wired));
  },
  destroy: stopBackgroundWork,
  services: { stripe: stripeService, log: logService },
};
