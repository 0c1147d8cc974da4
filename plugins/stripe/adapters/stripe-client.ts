import Stripe from 'stripe';
import { ZodError } from 'zod';

/**
 * The one version of Stripe's API this code is written for; the webhook endpoint is pinned to it
 * too.
 */
export const API_VERSION = '2026-10-28.endive';
/** Longest wait for one answer, in milliseconds: a buyer is waiting for it. */
const TIMEOUT_MS = 8000;

export interface ClientOptions {
  /** `sk_…` or `rk_…`. */
  secretKey: string;
  /** Where a simulator answers; undefined = Stripe. */
  apiBase?: string | undefined;
  timeoutMs?: number;
}

/**
 * Stripe's client: one retry, short timeouts. Keys of idempotency are given with each call, never
 * made up here.
 */
export function stripeClient({
  secretKey,
  apiBase,
  timeoutMs = TIMEOUT_MS,
}: ClientOptions): Stripe {
  const common = {
    apiVersion: API_VERSION,
    timeout: timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
  } as const;
  if (apiBase === undefined) return new Stripe(secretKey, common);
  const { protocol, hostname, port } = new URL(apiBase);
  const secure = protocol === 'https:';
  return new Stripe(secretKey, {
    ...common,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (secure ? 443 : 80),
    protocol: secure ? 'https' : 'http',
  });
}

/** Whether a key moves real money. */
export const isLiveKey = (secretKey: string): boolean => /^[sr]k_live_/.test(secretKey);

/**
 * An error that is Stripe's last word: nothing was done, and asking again would change nothing. Its
 * text is for staff.
 */
export function refusalOf(error: unknown): string | null {
  const definite =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeCardError;
  return definite ? error.message : null;
}

/** An error for the log, by its kind and codes: Stripe's words may quote what a buyer typed. */
export function codeOf(error: unknown): string {
  if (error instanceof Stripe.errors.StripeError)
    return [error.type, error.code, error.statusCode]
      .filter((part) => part !== undefined)
      .join(' ');
  return error instanceof Error ? error.name : 'unknown error';
}

/** Whether an error came of asking Stripe: its own, or an answer of no known form. */
export const isStripes = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError || error instanceof ZodError;

/** Whether Stripe is away or overloaded: no connection, 5xx, 429. */
export const isAway = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeConnectionError ||
  (error instanceof Stripe.errors.StripeError &&
    ((error.statusCode ?? 0) >= 500 || error.statusCode === 429));

/**
 * Whether an error is one that Stripe has stored under the idempotency key: the same key brings
 * nothing else for a day.
 */
export const isStoredFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true';

/**
 * Whether a key was used before with other parameters (the shop's address or its links' secret have
 * changed since): it brings nothing any more. A key that is in use right now (409) is not that.
 */
export const isKeySpent = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeIdempotencyError && error.statusCode === 400;

/** Whether Stripe has no such object (under this key). */
export const isMissing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing';
