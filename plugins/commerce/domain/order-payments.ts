import { STATUS_FACTS } from '@comptoir/contracts';

import { cents, sum } from './cents.ts';
import {
  type DisputeEntry,
  done,
  type Effect,
  mail,
  moveStock,
  type Order,
  type OrderEvent,
  type Payment,
  type Pieces,
  putBack,
  type Refund,
  type RefundRequest,
  type Refusal,
  refused,
  releaseStock,
  type ReviewReason,
  setStatus,
  type Transition,
  without,
} from './order-model.ts';
import {
  askAgain,
  counts,
  disputeFunds,
  giveBack,
  isEuro,
  isNewer,
  netTotal,
  paying,
  ranked,
  refundable,
  refundedParts,
  returnSurplus,
  shippingRefunded,
  withRefundRequests,
} from './order-money.ts';

type Event<K extends OrderEvent['kind']> = Extract<OrderEvent, { kind: K }>;

/**
 * Asks staff to look. An order that is in review already keeps its first reason, and nothing more
 * is told.
 */
function sendToReview(order: Order, reason: ReviewReason, effects: Effect[] = []): Transition {
  if (order.status === 'needs_review') return done(order, effects);
  return done({ ...setStatus(order, 'needs_review'), reviewReason: reason }, [
    ...effects,
    mail(order, 'merchant-needs-review', `${order.number}-${reason}`, reason),
  ]);
}

/**
 * Holds an order for review in any state, so that nothing leaves while its money is uncertain.
 * Staff are told once for each `id`, also when it is in review already.
 */
export function holdForReview(
  order: Order,
  reason: ReviewReason,
  id: string,
  effects: Effect[] = [],
): Transition {
  const told = [...effects, mail(order, 'merchant-needs-review', id, reason)];
  return done(
    order.status === 'needs_review'
      ? order
      : { ...setStatus(order, 'needs_review'), reviewReason: reason },
    told,
  );
}

/**
 * The status to which an order in review goes back; null when it was not paid before, or has
 * released its pieces. (One in preparation is prepared again.)
 */
export function statusBeforeReview(order: Order): 'paid' | 'shipped' | 'refunded' | null {
  if (order.paidAt === null) return null;
  if (order.payments.length > 0 && netTotal(order) <= 0) return 'refunded';
  if (order.holding !== 'sold') return null;
  return order.shippedAt === null ? 'paid' : 'shipped';
}

/**
 * Marks an order paid by one payment (none when free): its pieces leave stock, shopper and merchant
 * are told, all other money goes back.
 */
function pay(
  order: Order,
  payment: Payment | undefined,
  paidAt: Date,
  effects: Effect[],
): Transition {
  const taken = moveStock(order, order.holding === 'reserved' ? 'sell' : 'take');
  const settled = returnSurplus({ ...setStatus(taken.order, 'paid'), paidAt }, payment);
  return done(settled.order, [
    ...effects,
    ...taken.effects,
    mail(order, 'order-confirmed'),
    mail(order, 'merchant-new-order'),
    ...settled.effects,
  ]);
}

function problemOf(order: Order, payment: Payment): ReviewReason | null {
  if (payment.livemode === order.testMode) return 'mode';
  if (payment.sessionId !== order.sessionId) return 'other-session';
  if (!isEuro(payment)) return 'currency';
  return payment.amount === order.total ? null : 'amount';
}

/** Money that fits: paid, unless the pieces were released and are sold to others by now. */
function fitting(order: Order, payment: Payment, pieces: Pieces, effects: Effect[]): Transition {
  if (order.holding === 'reserved' || pieces === 'available')
    return pay(order, payment, payment.at, effects);
  if (order.status !== 'expired') return sendToReview(order, 'stock-short', effects);
  const back = giveBack(order, order.payments, 'late');
  return done(back.order, [...effects, ...back.effects]);
}

/**
 * Every payment is recorded, once; then it pays for the order, goes back as surplus, or asks for a
 * review.
 */
export function receive(before: Order, { payment, pieces }: Event<'payment-received'>): Transition {
  if (before.payments.some(({ paymentIntent }) => paymentIntent === payment.paymentIntent))
    return done(before);
  if (before.status === 'pending' && before.sessionId === null) return refused('session-unknown');
  const order: Order = { ...before, payments: [...before.payments, payment] };
  const effects: Effect[] = [{ kind: 'record-payment', payment }];
  const problem = problemOf(order, payment);
  switch (order.status) {
    case 'pending':
    case 'expired':
      return problem
        ? sendToReview(order, problem, effects)
        : fitting(order, payment, pieces, effects);
    case 'cancelled':
      return sendToReview(order, 'paid-after-cancel', effects);
    // Only another session's money is explained by this one; any other reason is for staff to
    // settle.
    case 'needs_review':
      if (order.paidAt !== null) return surplus(order, effects);
      return !problem && order.reviewReason === 'other-session'
        ? fitting(order, payment, pieces, effects)
        : done(order, effects);
    case 'paid':
    case 'preparing':
    case 'shipped':
    case 'refunded':
      return surplus(order, effects);
  }
}

/** More money for an order that has its own: it goes back. */
function surplus(order: Order, effects: Effect[]): Transition {
  const back = returnSurplus(order, order.status === 'refunded' ? undefined : paying(order));
  return done(back.order, [...effects, ...back.effects]);
}

/** An order of 0 € is paid without the provider, which would never call its session paid. */
export function settleFree(order: Order, { at }: Event<'settled-free'>): Transition {
  if (order.status === 'paid' && order.total === 0) return done(order);
  return order.status === 'pending' && order.total === 0
    ? pay(order, undefined, at, [])
    : refused('not-allowed');
}

/**
 * An order whose pieces were released and whose money could not be given back: accepting it would
 * sell its pieces again.
 */
export const isReleasedUnrefunded = ({ holding, reviewReason }: Order): boolean =>
  holding === 'none' && reviewReason === 'refund-failed';

/** Money of another page is accepted: the order's own must not be paid as well. */
function closeOwnPage({ sessionId, payments }: Order): Effect[] {
  return sessionId === null || payments.some((payment) => payment.sessionId === sessionId)
    ? []
    : [{ kind: 'expire-session', sessionId }];
}

/**
 * Staff accept what came in, whatever the review was about; an order that was paid before goes back
 * to where it was.
 */
export function approve(order: Order, { at, pieces }: Event<'approved'>): Transition {
  if (order.status !== 'needs_review' || isReleasedUnrefunded(order)) return refused('not-allowed');
  const before = statusBeforeReview(order);
  if (before === 'refunded' && order.shippedAt === null) {
    const back = releaseStock(order);
    return done(setStatus(back.order, before), back.effects);
  }
  if (before !== null) return done(setStatus(order, before));
  if (order.total > 0 && netTotal(order) <= 0) return refused('not-paid');
  if (order.holding === 'none' && pieces === 'short') return refused('stock-short');
  const payment = ranked(order).find((candidate) => refundable(order, candidate) > 0);
  return pay(order, payment, payment?.at ?? at, closeOwnPage(order));
}

/** What keeps a refund from being made of these lines and this amount; null when nothing does. */
function refundProblem(
  order: Order,
  { amount, lines, shipping }: Event<'refund-requested'>,
): Refusal | null {
  if (!STATUS_FACTS[order.status].refundable) return 'not-allowed';
  const left = without(order.lines, refundedParts(order));
  if (
    lines.some(
      ({ sku, quantity }) => quantity > (left.find((line) => line.sku === sku)?.quantity ?? 0),
    )
  )
    return 'lines';
  if (shipping && shippingRefunded(order)) return 'shipping';
  return amount <= 0 || amount > sum(order.payments.map((payment) => refundable(order, payment)))
    ? 'amount'
    : null;
}

/**
 * The amount taken from the payment that pays for the order first. What the refund is for is told
 * with its first part.
 */
function refundRequestsFor(
  order: Order,
  { amount, reason, actor, lines, shipping }: Event<'refund-requested'>,
  keyFor: (payment: Payment) => string,
): RefundRequest[] {
  let rest: number = amount;
  const requests = ranked(order).flatMap((payment): RefundRequest[] => {
    const part = cents(Math.min(rest, refundable(order, payment)));
    rest -= part;
    return part === 0
      ? []
      : [
          {
            key: keyFor(payment),
            paymentIntent: payment.paymentIntent,
            amount: part,
            reason,
            actor,
            lines: [],
            shipping: false,
          },
        ];
  });
  return requests.map((request, index) =>
    index === 0 ? { ...request, lines, shipping } : request,
  );
}

/** Staff give money back, in whole or in part; told twice, it is one refund. */
export function requestRefund(order: Order, event: Event<'refund-requested'>): Transition {
  const keyFor = ({ paymentIntent }: Payment): string =>
    `refund-${order.number}-${paymentIntent}-asked-${event.request}`;
  const keys = new Set(order.payments.map(keyFor));
  if (order.asked.some(({ key }) => keys.has(key))) return done(order);
  const problem = refundProblem(order, event);
  if (problem) return refused(problem);
  const restocked = event.restock ? putBack(order, event.lines) : { order, effects: [] };
  if (!restocked) return refused('pieces');
  const queued = withRefundRequests(restocked.order, refundRequestsFor(order, event, keyFor));
  return done(queued.order, [...restocked.effects, ...queued.effects]);
}

/**
 * The provider will not make a refund (already given back, too old): staff must look, and may ask
 * for it anew, under another key.
 */
export function refuseRefund(order: Order, { key }: Event<'refund-refused'>): Transition {
  if (!order.inFlight.some((request) => request.key === key)) return done(order);
  return holdForReview(
    {
      ...order,
      inFlight: order.inFlight.filter((request) => request.key !== key),
      refused: [...order.refused, key],
    },
    'refund-failed',
    key,
  );
}

/**
 * Staff ask again for the refunds that failed, and for whatever else an order that was released, or
 * that has more than its payment, should have given back.
 */
export function retryRefunds(order: Order, { actor }: Event<'refunds-retried'>): Transition {
  if (order.status !== 'needs_review' || order.reviewReason !== 'refund-failed')
    return refused('not-allowed');
  const again = askAgain(order, actor);
  const back =
    order.holding === 'sold'
      ? returnSurplus(again.order, paying(order), actor)
      : giveBack(again.order, order.payments, 'cancelled', actor);
  return done(back.order, [...again.effects, ...back.effects]);
}

/**
 * Staff have given the money back by other means: the order, whose pieces were released, is
 * cancelled.
 */
export function closeSettledElsewhere(order: Order): Transition {
  if (order.status === 'cancelled') return done(order);
  if (order.status !== 'needs_review' || order.holding !== 'none') return refused('not-allowed');
  return done(setStatus(order, 'cancelled'));
}

function withRefund(order: Order, refund: Refund): Order {
  const others = order.refunds.filter(({ id }) => id !== refund.id);
  return {
    ...order,
    refunds: [...others, refund],
    inFlight: order.inFlight.filter(({ key }) => key !== refund.key),
  };
}

/**
 * Whether an order with nothing kept is over: also one in review because a refund had failed, once
 * another has gone through.
 */
const endsRefunded = ({ status, reviewReason }: Order): boolean =>
  STATUS_FACTS[status].sold || (status === 'needs_review' && reviewReason === 'refund-failed');

/**
 * A refund made by us or in the provider's dashboard, told by an answer or a webhook, in any order.
 * With nothing kept, the order is refunded; the pieces of an unsent parcel go back in stock.
 */
export function recordRefund(before: Order, { refund }: Event<'refund-recorded'>): Transition {
  if (!before.payments.some(({ paymentIntent }) => paymentIntent === refund.paymentIntent))
    return refused('payment-unknown');
  const known = before.refunds.find(({ id }) => id === refund.id);
  if (known && !isNewer(known, refund)) return done(before);
  const order = withRefund(before, refund);
  const effects: Effect[] = [{ kind: 'record-refund', refund }];
  if (!counts(refund)) return holdForReview(order, 'refund-failed', refund.id, effects);
  if (!known) effects.push(mail(order, 'order-refunded', refund.id));
  if (netTotal(order) > 0 || !endsRefunded(order)) return done(order, effects);
  const back = order.shippedAt === null ? releaseStock(order) : { order, effects: [] };
  return done(setStatus(back.order, order.paidAt === null ? 'cancelled' : 'refunded'), [
    ...effects,
    ...back.effects,
  ]);
}

/**
 * Money that a closed dispute holds no longer: a released order returns all of it to its buyer, a
 * paid one what it has beyond its payment.
 */
function freed(order: Order): { order: Order; effects: Effect[] } {
  const { released, sold } = STATUS_FACTS[order.status];
  if (released) return giveBack(order, order.payments, 'cancelled');
  return sold ? returnSurplus(order, paying(order)) : { order, effects: [] };
}

/**
 * How a dispute that is closed has ended, in money: some ("prevented") are given back without being
 * called lost.
 */
function endOf(order: Order, { disputeId }: DisputeEntry): string {
  if (disputeFunds(order, disputeId) < 0) return 'dispute-lost';
  return STATUS_FACTS[order.status].released ? 'dispute-returned' : 'dispute-ended';
}

/**
 * What a buyer's bank contests: each row is kept once, in whatever order it is told. Opened, it
 * holds the order for review; staff hear of its end.
 */
export function recordDispute(before: Order, { entries }: Event<'dispute-recorded'>): Transition {
  const payments = new Set(before.payments.map(({ paymentIntent }) => paymentIntent));
  if (!entries.every(({ paymentIntent }) => payments.has(paymentIntent)))
    return refused('payment-unknown');
  const known = new Set(before.disputes.map(({ reference }) => reference));
  const news = entries.filter(({ reference }) => !known.has(reference));
  const order: Order = { ...before, disputes: [...before.disputes, ...news] };
  const effects = news.flatMap((entry): Effect[] => [
    { kind: 'record-dispute', entry },
    ...(entry.entry === 'closed'
      ? [mail(order, 'merchant-needs-review', entry.reference, endOf(order, entry))]
      : []),
  ]);
  const opened = news.find(({ entry }) => entry === 'opened');
  if (opened) return holdForReview(order, 'dispute', opened.reference, effects);
  if (news.length === 0) return done(before);
  const free = freed(order);
  return done(free.order, [...effects, ...free.effects]);
}
