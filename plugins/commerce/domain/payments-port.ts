import type { Locale, ShippingAddress } from '@comptoir/contracts';

import type { Cents } from './cents.ts';

/**
 * Minutes from the order to the end of its payment page, whatever the attempt. Stripe wants 30 at
 * least when it makes the page: the rest is for asking again.
 */
export const PAGE_MINUTES = 45;

/**
 * What the payment page must show and charge. Line totals are after discount; `Σ lines.total +
 * shipping = total`.
 */
export interface PayableOrder {
  number: string;
  token: string;
  locale: Locale;
  email: string;
  country: string;
  lines: readonly { title: string; label: string; quantity: number; total: Cents }[];
  shipping: Cents;
  total: Cents;
  delivery: string;
  minDays: number;
  maxDays: number;
  /** The page's time is counted from here, so that asking again asks for the very same page. */
  placedAt: Date;
}

/**
 * A session as the provider knows it now. `paymentIntent` is there once money moved; `livemode`
 * false = test money.
 */
export interface PaymentSession {
  id: string;
  state: 'open' | 'complete' | 'expired';
  paid: boolean;
  amount: Cents;
  currency: string;
  paymentIntent: string | null;
  livemode: boolean;
  orderNumber: string | null;
  email: string | null;
  phone: string | null;
  shippingAddress: ShippingAddress | null;
}

type Availability =
  { ok: true; testMode: boolean } | { ok: false; reason: 'no-keys' | 'refused-base' };
/**
 * `unknown` = a timeout or a 5xx: it may have happened; ask again with the same attempt. `stuck` =
 * this attempt brings no page any more (the provider repeats a failure of its own, or was first
 * asked for another page): whether it made one, only {@link Payments.find} tells.
 */
export type Opened =
  | { kind: 'open'; sessionId: string; url: string; expiresAt: Date }
  | { kind: 'refused'; message: string }
  | { kind: 'unknown' }
  | { kind: 'stuck' };
/** A page of an order, found at the provider; `url` only while it can be paid. */
export interface FoundSession {
  sessionId: string;
  state: PaymentSession['state'];
  url: string | null;
  expiresAt: Date;
}
export type RefundAnswer =
  | { kind: 'done'; refundId: string; status: string }
  | { kind: 'refused'; message: string }
  | { kind: 'unknown' };

/** Taking and giving back money. Expected failures are values; every call may be repeated. */
export interface Payments {
  available(): Availability;
  /** `attempt` makes the idempotency key: same attempt, same session. */
  open(order: PayableOrder, attempt: number): Promise<Opened>;
  /**
   * Every page the provider has of an order, newest first; null when it does not answer, or has too
   * much to look through.
   */
  find(order: Pick<PayableOrder, 'number' | 'placedAt'>): Promise<readonly FoundSession[] | null>;
  /** Re-reads a session; null when the provider has none of that id. */
  read(sessionId: string): Promise<PaymentSession | null>;
  /**
   * Closes a session. `complete` = too late, it was paid. `missing` = the provider has none of that
   * id: made under the key of another account. Release stock on `expired`, or on `missing` once its
   * time is over.
   */
  expire(sessionId: string): Promise<'expired' | 'complete' | 'missing' | 'unknown'>;
  /**
   * `key` is the idempotency key, and stays on the refund: one that was made under it is found
   * again, however late it is asked for.
   */
  refund(input: {
    order: string;
    paymentIntent: string;
    amount: Cents;
    key: string;
  }): Promise<RefundAnswer>;
}
