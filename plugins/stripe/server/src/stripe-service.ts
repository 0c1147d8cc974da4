import type { Core } from '@strapi/strapi';
import type Stripe from 'stripe';
import { type Env, loadEnv } from '@comptoir/env';
import { type Job, pruneRows } from '@comptoir/jobs';

import type { OrdersService } from '../../../commerce/server/src/orders/orders-service.ts';
import { catchUp, noteFailure } from '../../adapters/event-list.ts';
import { DONE_EVENTS } from '../../adapters/inbox-table.ts';
import { stripeProvider } from '../../adapters/provider.ts';
import { codeOf, isLiveKey, isStripes, stripeClient } from '../../adapters/stripe-client.ts';
import { stripePayments } from '../../adapters/stripe-payments.ts';
import { receive } from '../../adapters/webhook-inbox.ts';
import type { ComparisonReport } from '../../usecases/compare-ledgers.ts';
import { handleEvent } from '../../usecases/handle-event.ts';
import { ledgerComparison } from './ledger-comparison.ts';
import type { WebhookOptions } from './webhook.ts';
import { drain, type StepPorts } from './webhook-worker.ts';

const SECOND = 1000;

/** What of the environment decides here; payments are off without a key. */
export function readKeys({
  stripeSecretKey,
  stripeWebhookSecret,
  stripeApiBase,
  publicSiteUrl,
}: Env<'api'>) {
  const secrets = (stripeWebhookSecret ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  return stripeSecretKey === undefined
    ? null
    : {
        secretKey: stripeSecretKey,
        apiBase: stripeApiBase,
        secrets,
        livemode: isLiveKey(stripeSecretKey),
        siteUrl: publicSiteUrl,
      };
}

/** Reads Stripe's list of events; when Stripe does not answer, that is recorded for `/health`. */
async function reconcile(strapi: Core.Strapi, stripe: Stripe): Promise<number> {
  const database = strapi.db.connection;
  try {
    const missed = await catchUp(database, stripe);
    if (missed > 0)
      strapi.log.warn(
        `stripe: ${missed} events came by no webhook and were read from Stripe's list`,
      );
    return missed;
  } catch (error) {
    // A failure of our own says nothing about Stripe; the log tells either.
    if (isStripes(error)) await noteFailure(database, codeOf(error));
    throw error;
  }
}

const ordersOf = (strapi: Core.Strapi) => (): OrdersService =>
  strapi.plugin('commerce').service('orders');

function ledgersOf(
  strapi: Core.Strapi,
  stripe: Stripe,
  livemode: boolean,
  { handle, now, log }: StepPorts,
) {
  return ledgerComparison(strapi, {
    stripe,
    livemode,
    orders: ordersOf(strapi),
    handle,
    now,
    log,
  });
}

function withStripe(
  strapi: Core.Strapi,
  keys: NonNullable<ReturnType<typeof readKeys>>,
  log: StepPorts['log'],
) {
  const stripe = stripeClient(keys);
  const payments = stripePayments(stripe, {
    testMode: !keys.livemode,
    siteUrl: keys.siteUrl,
    onFailure: (what, error) => log('warn', `stripe: ${what} failed: ${codeOf(error)}`),
  });
  const orders = ordersOf(strapi);
  const step: StepPorts = {
    database: strapi.db.connection,
    now: () => new Date(),
    log,
    handle: (event) =>
      handleEvent({ provider: stripeProvider(stripe, payments), orders: orders() })(event),
  };
  const ledgers = ledgersOf(strapi, stripe, keys.livemode, step);
  const catchingUp = (): Promise<number> => reconcile(strapi, stripe);
  const jobs: readonly Job[] = [
    { name: 'read-stripe-events', everyMs: 60 * SECOND, run: catchingUp },
    {
      name: 'prune-webhook-inbox',
      everyMs: 3600 * SECOND,
      run: () => pruneRows(strapi.db.connection, DONE_EVENTS),
    },
    { name: 'compare-stripe-ledgers', everyMs: 600 * SECOND, run: ledgers.nightly },
  ];
  const webhook: WebhookOptions = {
    secrets: keys.secrets,
    livemode: keys.livemode,
    receive: (event) => receive(strapi.db.connection, event),
    now: Date.now,
    log,
  };
  return {
    payments,
    step,
    jobs,
    webhook,
    reconcile: catchingUp,
    compareLedgers: ledgers.compare,
  };
}
export type StripeWiring = ReturnType<typeof withStripe>;

/** `strapi.plugin('stripe').service('stripe')`. */
export function stripeService({ strapi }: { strapi: Core.Strapi }) {
  const log: StepPorts['log'] = (level, line) => {
    strapi.log[level](line);
  };
  const keys = readKeys(loadEnv('api'));
  const wired = keys && withStripe(strapi, keys, log);
  const closed: WebhookOptions = {
    secrets: [],
    livemode: false,
    receive: () => Promise.resolve(false),
    now: Date.now,
    log,
  };
  return {
    /** Everything that needs a key; null while payments are off. */
    wired,
    webhook: (): WebhookOptions => wired?.webhook ?? closed,
    /** Reads what no webhook brought. @returns how many events were missed */
    reconcile: (): Promise<number> => (wired ? wired.reconcile() : Promise.resolve(0)),
    /**
     * Compares Stripe's account with our ledger, both ways, as is done each night; null while
     * payments are off.
     * @throws when Stripe does not answer
     */
    compareLedgers: (): Promise<ComparisonReport | null> =>
      wired ? wired.compareLedgers() : Promise.resolve(null),
    /** Handles all events that are due. @returns how many */
    drain: (): Promise<number> => (wired ? drain(wired.step) : Promise.resolve(0)),
  };
}
export type StripeService = ReturnType<typeof stripeService>;
