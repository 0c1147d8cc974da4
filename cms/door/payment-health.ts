import type { HealthCheck } from '@comptoir/contracts';

import { healthRow } from './health-query.ts';

/**
 * What the shop was given to take payments with: which of Stripe's two worlds its key belongs to
 * (`off`: there is no key), the variables that are not set, and whether it is there to sell
 * (`SHOP_MODE=live`).
 */
export interface PaymentSetup {
  mode: 'off' | 'test' | 'live';
  missing: readonly string[];
  sells: boolean;
}
/**
 * `failing`: the code of the error why Stripe does not answer the shop, null when it does. `dead`:
 * events that staff must look at. `differences`: what our ledger and Stripe's account disagree
 * about. `unbalanced`: SKUs whose stock is not the sum of its movements.
 */
export interface PaymentState {
  failing: string | null;
  dead: number;
  differences: number;
  unbalanced: number;
}

const QUERY = `select (select case when failing_since is not null then coalesce(last_error, 'no answer') end from stripe_state) as failing,
  (select count(*)::int from webhook_inbox where state = 'dead') as dead,
  (select count(*)::int from stripe_differences where resolved_at is null) as differences,
  (select count(*)::int from stock_imbalances) as unbalanced`;

/**
 * What the payment worker last saw of Stripe; null before it has made its tables.
 * @throws when the database does not answer within a second
 */
export const paymentState = (databaseUrl: string): Promise<PaymentState | null> =>
  healthRow<PaymentState>(databaseUrl, QUERY);

interface Keys {
  shopMode: 'demo' | 'live';
  stripeSecretKey?: string | undefined;
  stripeWebhookSecret?: string | undefined;
}

function modeOf(key: string | undefined): PaymentSetup['mode'] {
  if (key === undefined) return 'off';
  return /^[sr]k_live_/.test(key) ? 'live' : 'test';
}

/** What the environment gives to take payments with. */
export function paymentSetup({
  shopMode,
  stripeSecretKey,
  stripeWebhookSecret,
}: Keys): PaymentSetup {
  const needed = { STRIPE_SECRET_KEY: stripeSecretKey, STRIPE_WEBHOOK_SECRET: stripeWebhookSecret };
  return {
    mode: modeOf(stripeSecretKey),
    missing: Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : [])),
    sells: shopMode === 'live',
  };
}

const notSet = (names: readonly string[]): string =>
  `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} not set`;

/** Says what to do, never what Stripe said: /health is public. */
const failure = (code: string): HealthCheck =>
  /^Stripe(Authentication|Permission)Error/.test(code)
    ? { status: 'down', message: 'Stripe refuses the key: check STRIPE_SECRET_KEY' }
    : {
        status: 'degraded',
        message:
          'Stripe does not answer: the log of the API says why, and the shop catches up by itself',
      };

/**
 * Payments as `/health` tells them. `down`, and with it not ready: nothing can be sold until the
 * merchant acts, because a live shop has no key or Stripe refuses it. While Stripe is merely away
 * orders are taken and wait for it: `degraded`, and ready. The catalogue is served in either case,
 * for routes follow `/health`, not `/health/ready`.
 */
export function paymentCheck(
  { mode, missing, sells }: PaymentSetup,
  state: PaymentState | null,
): HealthCheck {
  if (mode === 'off')
    return {
      status: sells ? 'down' : 'off',
      message: `${notSet(missing)}: the checkout is closed`,
    };
  if (typeof state?.failing === 'string') return failure(state.failing);
  if (missing.length > 0)
    return {
      status: 'degraded',
      message: `${notSet(missing)}: Stripe's webhooks are refused, payments are seen a minute late`,
    };
  if (state !== null && state.dead > 0)
    return {
      status: 'degraded',
      message: `${state.dead} payment events need a look: see last_error in webhook_inbox`,
    };
  if (state !== null && state.differences > 0)
    return {
      status: 'degraded',
      message: `${state.differences} differences with Stripe's account need a look: see stripe_differences`,
    };
  if (state !== null && state.unbalanced > 0)
    return {
      status: 'degraded',
      message: `the stock of ${state.unbalanced} SKUs is not the sum of its movements: see stock_imbalances`,
    };
  return mode === 'test' ? { status: 'ok', message: 'test mode' } : { status: 'ok' };
}
