import { type Cents, cents, sum } from './cents.ts';
import type {
  Effect,
  LinePart,
  Order,
  Payment,
  Refund,
  RefundRequest,
  RefundStatus,
} from './order-model.ts';

const EURO = 'eur';
/**
 * How Stripe's states of a dispute begin while the bank only asks. Its inquiry may become a dispute
 * under the same id, which is news.
 */
export const INQUIRY = 'warning_';
const RANK: Readonly<Record<RefundStatus, number>> = {
  pending: 0,
  requires_action: 1,
  succeeded: 2,
  canceled: 3,
  failed: 3,
};

/** Whether a refund's money is gone or going; a failed one came back. */
export const counts = ({ status }: Refund): boolean => status !== 'failed' && status !== 'canceled';
/**
 * Whether `next` is news about a refund: a status never goes back, whatever order webhooks arrive
 * in.
 */
export const isNewer = (known: Refund, next: Refund): boolean =>
  RANK[next.status] > RANK[known.status];
export const isEuro = ({ currency }: Payment): boolean => currency.toLowerCase() === EURO;

type Ledger = Pick<Order, 'payments' | 'refunds'>;
/** Euros received. */
export const paidTotal = ({ payments }: Ledger): Cents =>
  sum(payments.filter(isEuro).map(({ amount }) => amount));
/** Euros given back. */
export function refundedTotal({ payments, refunds }: Ledger): Cents {
  const euro = new Set(payments.filter(isEuro).map(({ paymentIntent }) => paymentIntent));
  return sum(
    refunds
      .filter((refund) => counts(refund) && euro.has(refund.paymentIntent))
      .map(({ amount }) => amount),
  );
}
/** Euros kept: the order's revenue when it is not a test. */
export const netTotal = (ledger: Ledger): Cents => cents(paidTotal(ledger) - refundedTotal(ledger));

/** What of the order's own price was given back: the return of a second payment is none of it. */
export const givenBack = (order: Pick<Order, 'total' | 'paidAt'> & Ledger): Cents =>
  cents(
    order.paidAt === null
      ? 0
      : Math.max(0, Math.min(refundedTotal(order), order.total - netTotal(order))),
  );

/** What moved because of one dispute, below zero when it was taken from the shop. */
export const disputeFunds = ({ disputes }: Pick<Order, 'disputes'>, disputeId: string): Cents =>
  sum(
    disputes
      .filter((row) => row.disputeId === disputeId && row.entry === 'funds')
      .map(({ amount }) => amount),
  );

/**
 * What of one payment its buyer's bank holds: what an open dispute contests, and what was taken
 * because of any. A mere inquiry holds nothing: it is best answered by a refund.
 */
function contested({ disputes }: Pick<Order, 'disputes'>, paymentIntent: string): Cents {
  const rows = disputes.filter((row) => row.paymentIntent === paymentIntent);
  const held = (disputeId: string): number => {
    // The rows of an inquiry aside: one that becomes a dispute has rows of both.
    const own = rows.filter(
      (row) => row.disputeId === disputeId && !row.status.startsWith(INQUIRY),
    );
    const open = own.some(({ entry }) => entry === 'closed')
      ? undefined
      : own.find(({ entry }) => entry === 'opened');
    return Math.max(-disputeFunds({ disputes }, disputeId), open?.amount ?? 0);
  };
  return sum([...new Set(rows.map(({ disputeId }) => disputeId))].map(held));
}
/** Euros that disputes hold or have taken, of all payments of an order. */
export const disputedTotal = (order: Pick<Order, 'payments' | 'disputes'>): Cents =>
  sum(order.payments.filter(isEuro).map(({ paymentIntent }) => contested(order, paymentIntent)));

/** What of one payment is neither given back, nor being given back, nor in dispute. */
export function refundable(order: Order, { paymentIntent, amount }: Payment): Cents {
  const back = order.refunds.filter(
    (refund) => counts(refund) && refund.paymentIntent === paymentIntent,
  );
  const flying = order.inFlight.filter((request) => request.paymentIntent === paymentIntent);
  return cents(
    Math.max(
      0,
      amount -
        sum([...back, ...flying].map((part) => part.amount)) -
        contested(order, paymentIntent),
    ),
  );
}

/**
 * Payments with the one that pays for the order first: that of its current session, then the one
 * that reached us first.
 */
export function ranked(order: Order): Payment[] {
  const key = ({ sessionId, at, paymentIntent }: Payment): string =>
    `${sessionId === order.sessionId ? 0 : 1} ${at.toISOString()} ${paymentIntent}`;
  return [...order.payments].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * The payment that pays for an order which has several: one that gave a part back already goes on
 * paying, or that part would be taken back.
 */
export function paying(order: Order): Payment | undefined {
  const gaveBack = ({ paymentIntent }: Payment): boolean =>
    [...order.refunds.filter(counts), ...order.inFlight].some(
      (part) => part.paymentIntent === paymentIntent,
    );
  return (
    ranked(order).find((payment) => gaveBack(payment) && refundable(order, payment) > 0) ??
    ranked(order)[0]
  );
}

/**
 * A key for one more attempt: that of an attempt that failed would only bring its old answer again.
 */
function freshKey({ asked }: Order, base: string): string {
  for (let version = 1; ; version += 1) {
    const key = version === 1 ? base : `${base}-v${version}`;
    if (!asked.some((request) => request.key === key)) return key;
  }
}

/**
 * Queues the refund of what is left of some payments; what is in flight already is not asked for
 * twice.
 */
export function giveBack(
  order: Order,
  payments: readonly Payment[],
  reason: string,
  actor = 'shop',
): { order: Order; effects: Effect[] } {
  const requests = payments.flatMap((payment): RefundRequest[] => {
    const amount = refundable(order, payment);
    const { paymentIntent } = payment;
    return amount === 0
      ? []
      : [
          {
            key: freshKey(order, `refund-${order.number}-${paymentIntent}-${reason}-${amount}`),
            paymentIntent,
            amount,
            reason,
            actor,
            lines: [],
            shipping: false,
          },
        ];
  });
  return withRefundRequests(order, requests);
}

/** The order with refunds in flight, and the effects that make them. */
export function withRefundRequests(
  order: Order,
  requests: readonly RefundRequest[],
): { order: Order; effects: Effect[] } {
  if (requests.length === 0) return { order, effects: [] };
  return {
    order: {
      ...order,
      inFlight: [...order.inFlight, ...requests],
      asked: [...order.asked, ...requests],
    },
    effects: requests.map((request) => ({ kind: 'refund', request })),
  };
}

/** Refunds every payment but the one that pays for the order; all of them when none does. */
export const returnSurplus = (
  order: Order,
  kept: Payment | undefined,
  actor?: string,
): { order: Order; effects: Effect[] } =>
  giveBack(
    order,
    ranked(order).filter(({ paymentIntent }) => paymentIntent !== kept?.paymentIntent),
    'surplus',
    actor,
  );

/** Refunds that were asked for and whose money is gone or going. */
const failed = ({ refused, refunds }: Order, { key }: RefundRequest): boolean =>
  refused.includes(key) || refunds.some((refund) => refund.key === key && !counts(refund));
const granted = (order: Order): RefundRequest[] =>
  order.asked.filter((request) => !failed(order, request));
/** Pieces whose money was given back, or is on its way. */
export const refundedParts = (order: Order): LinePart[] =>
  granted(order).flatMap(({ lines }) => lines);
export const shippingRefunded = (order: Order): boolean =>
  granted(order).some(({ shipping }) => shipping);

const VERSION = /-v\d+$/;
/**
 * Asks anew for refunds that failed and that no later attempt has replaced, each under a fresh key,
 * as far as there is money left.
 */
export function askAgain(order: Order, actor: string): { order: Order; effects: Effect[] } {
  const base = ({ key }: RefundRequest): string => key.replace(VERSION, '');
  const replaced = new Set(granted(order).map(base));
  const last = new Map(
    order.asked
      .filter((request) => failed(order, request) && !replaced.has(base(request)))
      .map((request) => [base(request), request]),
  );
  let now: { order: Order; effects: Effect[] } = { order, effects: [] };
  for (const [key, request] of last) {
    const payment = order.payments.find(
      ({ paymentIntent }) => paymentIntent === request.paymentIntent,
    );
    const amount = payment
      ? cents(Math.min(request.amount, refundable(now.order, payment)))
      : cents(0);
    if (amount === 0) continue;
    const next = withRefundRequests(now.order, [
      { ...request, key: freshKey(now.order, key), amount, actor },
    ]);
    now = { order: next.order, effects: [...now.effects, ...next.effects] };
  }
  return now;
}
