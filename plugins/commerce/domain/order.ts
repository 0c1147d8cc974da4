import { STATUS_FACTS } from '@comptoir/contracts';

import {
  done,
  type Effect,
  mail,
  moveStock,
  type Order,
  type OrderEvent,
  refused,
  releaseStock,
  setStatus,
  type Transition,
} from './order-model.ts';
import { giveBack } from './order-money.ts';
import {
  approve,
  closeSettledElsewhere,
  holdForReview,
  receive,
  recordDispute,
  recordRefund,
  refuseRefund,
  requestRefund,
  retryRefunds,
  settleFree,
} from './order-payments.ts';

export * from './order-model.ts';

type Event<K extends OrderEvent['kind']> = Extract<OrderEvent, { kind: K }>;

/**
 * A new order: pending, with its pieces reserved. Nothing was asked of the payment provider yet.
 */
export function place(draft: Pick<Order, 'number' | 'total' | 'testMode' | 'lines'>): {
  order: Order;
  effects: Effect[];
} {
  const { number, total, testMode, lines } = draft;
  return moveStock(
    {
      number,
      total,
      testMode,
      lines,
      status: 'pending',
      holding: 'none',
      returned: [],
      sessionId: null,
      paymentUrl: null,
      sessionExpiresAt: null,
      paymentAttempt: 0,
      reviewReason: null,
      tracking: null,
      paidAt: null,
      shippedAt: null,
      payments: [],
      refunds: [],
      inFlight: [],
      asked: [],
      refused: [],
      disputes: [],
    },
    'reserve',
  );
}

/** A newer attempt replaces the session; a session that must not be paid is closed. */
function openSession(
  order: Order,
  { sessionId, url, expiresAt, attempt }: Event<'session-opened'>,
): Transition {
  if (sessionId === order.sessionId) return done(order);
  if (order.status !== 'pending' || attempt < order.paymentAttempt)
    return done(order, [{ kind: 'expire-session', sessionId }]);
  const replaced: Effect[] =
    order.sessionId === null ? [] : [{ kind: 'expire-session', sessionId: order.sessionId }];
  return done(
    { ...order, sessionId, paymentUrl: url, sessionExpiresAt: expiresAt, paymentAttempt: attempt },
    replaced,
  );
}

function refuseSession(order: Order): Transition {
  // A session that is known could be paid: its refusal is about another attempt.
  if (order.status !== 'pending' || order.sessionId !== null) return done(order);
  const back = releaseStock(order);
  return done(setStatus(back.order, 'cancelled'), back.effects);
}

/** An attempt at a page that is known to have made none: the next one has a key of its own. */
const loseSession = (order: Order, { attempt }: Event<'session-lost'>): Transition =>
  done(
    order.status === 'pending' &&
      order.sessionId === null &&
      Math.max(1, order.paymentAttempt) === attempt
      ? { ...order, paymentAttempt: attempt + 1 }
      : order,
  );

function expire(order: Order, { sessionId, why }: Event<'session-expired'>): Transition {
  if (order.status !== 'pending') return done(order);
  if (order.sessionId === null) return refused('session-unknown');
  if (order.sessionId !== sessionId) return done(order);
  const back = releaseStock(order);
  return done(setStatus(back.order, 'expired'), [
    ...back.effects,
    mail(order, 'order-expired', order.number, why),
  ]);
}

/**
 * Releases pieces and gives money back. An order that awaits money is cancelled only once no
 * session can be paid any more.
 */
function cancel(order: Order, { actor, sessionClosed }: Event<'cancelled'>): Transition {
  if (order.status === 'cancelled') return done(order);
  if (!STATUS_FACTS[order.status].cancellable) return refused('not-allowed');
  // In review after the parcel had left: there is nothing to keep back any more.
  if (order.shippedAt !== null) return refused('not-allowed');
  const awaitsMoney = STATUS_FACTS[order.status].pageMayBeOpen && order.paidAt === null;
  if (awaitsMoney && !sessionClosed) return refused('session-open');
  const back = releaseStock(order);
  const money = giveBack(setStatus(back.order, 'cancelled'), order.payments, 'cancelled', actor);
  return done(money.order, [...back.effects, ...money.effects]);
}

function prepare(order: Order): Transition {
  if (order.status === 'preparing') return done(order);
  return order.status === 'paid' ? done(setStatus(order, 'preparing')) : refused('not-allowed');
}

/** A mistyped number: the buyer is told the right one. */
function correctTracking(order: Order, tracking: Order['tracking']): Transition {
  if (
    tracking === null ||
    (tracking.carrier === order.tracking?.carrier && tracking.number === order.tracking.number)
  )
    return done(order);
  const id = `${order.number}-${tracking.carrier}-${tracking.number}`
    .replace(/[^A-Za-z0-9-]/g, '')
    .slice(0, 100);
  return done({ ...order, tracking }, [mail(order, 'order-shipped', id)]);
}

function ship(order: Order, { at, tracking }: Event<'shipped'>): Transition {
  if (order.status === 'shipped') return correctTracking(order, tracking);
  if (!STATUS_FACTS[order.status].toSend) return refused('not-allowed');
  return done({ ...setStatus(order, 'shipped'), shippedAt: at, tracking }, [
    mail(order, 'order-shipped'),
  ]);
}

/** Anything staff should see holds the order for review. */
const flag = (order: Order, { id, reason = 'flagged' }: Event<'flagged'>): Transition =>
  holdForReview(order, reason, id);

/**
 * What an event does to an order, as data: nothing is written here. Told twice, an event changes
 * nothing the second time.
 */
export function transition(order: Order, event: OrderEvent): Transition {
  switch (event.kind) {
    case 'session-opened':
      return openSession(order, event);
    case 'session-refused':
      return refuseSession(order);
    case 'session-lost':
      return loseSession(order, event);
    case 'session-expired':
      return expire(order, event);
    case 'payment-failed':
      return done(
        order,
        order.status === 'pending' ? [mail(order, 'payment-failed', event.id)] : [],
      );
    case 'payment-received':
      return receive(order, event);
    case 'settled-free':
      return settleFree(order, event);
    case 'flagged':
      return flag(order, event);
    case 'dispute-recorded':
      return recordDispute(order, event);
    case 'approved':
      return approve(order, event);
    case 'cancelled':
      return cancel(order, event);
    case 'preparing-started':
      return prepare(order);
    case 'shipped':
      return ship(order, event);
    case 'refund-requested':
      return requestRefund(order, event);
    case 'refund-refused':
      return refuseRefund(order, event);
    case 'refunds-retried':
      return retryRefunds(order, event);
    case 'put-aside':
      return closeSettledElsewhere(order);
    case 'refund-recorded':
      return recordRefund(order, event);
  }
}
