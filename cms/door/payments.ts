import type { HealthCheck } from '@comptoir/contracts';
import { healthRow } from './health-query.ts';

/** Which of Stripe's two worlds the key belongs to (`off`: there is no key). */
export type PaymentRoute = 'off' | 'test' | 'live';
/** `failing`: the code of the error why Stripe does not answer the shop, null when it does. `dead`: events that staff must look at. `differences`: what our ledger and Stripe's account disagree about. */
export interface PaymentState { failing: string | null; dead: number; differences: number }

const QUERY = `select (select case when failing_since is not null then coalesce(last_error, 'no answer') end from stripe_state) as failing,
  (select count(*)::int from webhook_inbox where state = 'dead') as dead,
  (select count(*)::int from stripe_differences where resolved_at is null) as differences`;

/** What the payment worker last saw of Stripe; null before it has made its tables. @throws when the database does not answer within a second */
export const paymentState = (databaseUrl: string): Promise<PaymentState | null> => healthRow<PaymentState>(databaseUrl, QUERY);

/** The mode of a Stripe key. */
export const paymentRoute = (secretKey: string | undefined): PaymentRoute => (secretKey === undefined ? 'off' : /^[sr]k_live_/.test(secretKey) ? 'live' : 'test');

/** Whoever asks is told what to do, never what Stripe said. */
const failure = (code: string): string => (/^Stripe(Authentication|Permission)Error/.test(code)
  ? 'Stripe refuses the key: check STRIPE_SECRET_KEY' : 'Stripe does not answer: the log of the API says why, and the shop catches up by itself');

/** Payments as `/health` tells them. */
export function paymentCheck(route: PaymentRoute, state: PaymentState | null): HealthCheck {
  if (route === 'off') return { status: 'off', message: 'STRIPE_SECRET_KEY is not set: the checkout is closed' };
  if (typeof state?.failing === 'string') return { status: 'down', message: failure(state.failing) };
  if (state !== null && state.dead > 0) return { status: 'degraded', message: `${state.dead} payment events need a look: see last_error in webhook_inbox` };
  if (state !== null && state.differences > 0) return { status: 'degraded', message: `${state.differences} differences with Stripe's account need a look: see stripe_differences` };
  return route === 'test' ? { status: 'ok', message: 'test mode' } : { status: 'ok' };
}
