import type { Cents } from '../../commerce/domain/cents.ts';
import { refundStatus, RETRY_LATER } from '../../commerce/domain/order-model.ts';
import { type DisputeNow, entriesOf } from '../domain/dispute-entries.ts';
import { subjectOf } from '../domain/events.ts';
import type { HandlingOutcome } from '../domain/webhook-retry.ts';
import type {
  OrderEvent,
  OrderRecord,
  OrdersPort,
  PaymentSession,
  Refusal,
} from './orders-port.ts';

/**
 * The part of an event that the shop uses: its type and the ids in it. Everything else is read
 * again from Stripe.
 */
export interface EventRef {
  type: string;
  id: string;
  paymentIntent: string | null;
}
export interface RefundNow {
  id: string;
  paymentIntent: string | null;
  amount: Cents;
  status: string;
  key: string | null;
}

/**
 * The payment provider, read again; null = it has no such object. All throw when it does not
 * answer.
 */
export interface Provider {
  session(id: string): Promise<PaymentSession | null>;
  refund(id: string): Promise<RefundNow | null>;
  dispute(
    id: string,
  ): Promise<(Omit<DisputeNow, 'paymentIntent'> & { paymentIntent: string | null }) | null>;
  /** The order a payment was made for. */
  orderOf(paymentIntent: string): Promise<string | null>;
  /** The session a payment was made at. */
  sessionOf(paymentIntent: string): Promise<Pick<PaymentSession, 'state'> | null>;
}
export interface HandlePorts {
  provider: Provider;
  orders: OrdersPort;
}

const done = (note: string): HandlingOutcome => ({ kind: 'done', note });
const needsReview = (reason: string): HandlingOutcome => ({ kind: 'needs-review', reason });

async function advance(
  { orders }: HandlePorts,
  number: string,
  eventOf: (record: OrderRecord) => OrderEvent,
): Promise<HandlingOutcome> {
  const outcome = await orders.advanceOrder(
    number,
    (record) => Promise.resolve(eventOf(record)),
    'stripe',
  );
  if (outcome.ok) return done(outcome.changed ? outcome.order.status : 'nothing new');
  if (outcome.reason === 'unknown-order') return needsReview(`there is no order ${number}`);
  const later: readonly (Refusal | 'unknown-order')[] = RETRY_LATER;
  return later.includes(outcome.reason)
    ? { kind: 'retry', reason: outcome.reason }
    : needsReview(outcome.reason);
}

/** A paid session settles its order; one that can no longer be paid releases it. */
async function handleSession(
  { provider, orders }: HandlePorts,
  { type, id }: EventRef,
): Promise<HandlingOutcome> {
  const session = await provider.session(id);
  if (session === null) return needsReview(`Stripe has no session ${id} under this key`);
  if (session.state === 'complete' && session.paid) {
    const settled = await orders.settlePayment(session);
    if (settled.kind === 'settled') return done(settled.status);
    return settled.kind === 'retry'
      ? { kind: 'retry', reason: settled.reason }
      : needsReview('paid_without_order');
  }
  // A delayed payment that failed leaves a complete session that can never be paid.
  const bounced = type === 'checkout.session.async_payment_failed';
  if ((session.state !== 'expired' && !bounced) || session.orderNumber === null)
    return done('not paid');
  return done(
    await orders.releaseOrder(session.orderNumber, {
      kind: 'session-expired',
      sessionId: id,
      ...(bounced ? { why: 'bounced' } : {}),
    }),
  );
}

/**
 * A refund, made by the shop or in Stripe's dashboard. Its event may arrive before or after the
 * answer to the request.
 */
async function handleRefund(ports: HandlePorts, { id }: EventRef): Promise<HandlingOutcome> {
  const now = await ports.provider.refund(id);
  if (now === null || now.paymentIntent === null)
    return needsReview(`Stripe has no refund ${id} of a payment under this key`);
  const { paymentIntent, amount, key } = now;
  const number = await ports.provider.orderOf(paymentIntent);
  if (number === null) return needsReview(`refund ${id} is of a payment without an order`);
  return advance(ports, number, ({ order }) => {
    const request = order.inFlight.find((one) => one.key === key);
    return {
      kind: 'refund-recorded',
      refund: {
        id,
        paymentIntent,
        amount,
        key,
        status: refundStatus(now.status),
        reason: request?.reason ?? 'stripe',
        actor: request?.actor ?? 'stripe',
      },
    };
  });
}

async function handleIntent(
  ports: HandlePorts,
  paymentIntent: string,
  event: OrderEvent,
): Promise<HandlingOutcome> {
  const number = await ports.provider.orderOf(paymentIntent);
  return number === null
    ? needsReview(`payment ${paymentIntent} has no order`)
    : advance(ports, number, () => event);
}

/**
 * A refused attempt, which the buyer can repeat. Of a delayed payment the page is complete already:
 * the event of its session tells the buyer what became of the order.
 */
async function handleFailure(ports: HandlePorts, { id }: EventRef): Promise<HandlingOutcome> {
  const session = await ports.provider.sessionOf(id);
  if (session?.state === 'complete') return done('its session tells');
  const number = await ports.provider.orderOf(id);
  // A payment of another application on the same account failed: staff need not look.
  return number === null
    ? done('not ours')
    : advance(ports, number, () => ({ kind: 'payment-failed', id }));
}

/** A dispute by a buyer's bank, at any stage: writes the rows of all that has happened so far. */
async function handleDispute(ports: HandlePorts, { id }: EventRef): Promise<HandlingOutcome> {
  const now = await ports.provider.dispute(id);
  if (now === null || now.paymentIntent === null)
    return needsReview(`Stripe has no dispute ${id} of a payment under this key`);
  const entries = entriesOf({ ...now, paymentIntent: now.paymentIntent });
  return handleIntent(ports, now.paymentIntent, { kind: 'dispute-recorded', entries });
}

/**
 * Applies an event to its order, after reading the event's object again from Stripe. Events may
 * come any number of times, in any order.
 * @throws when Stripe or the database does not answer
 */
export const handleEvent =
  (ports: HandlePorts) =>
  (event: EventRef): Promise<HandlingOutcome> => {
    switch (subjectOf(event.type)) {
      case 'session':
        return handleSession(ports, event);
      case 'refund':
        return handleRefund(ports, event);
      case 'failure':
        return handleFailure(ports, event);
      case 'dispute':
        return handleDispute(ports, event);
      case null:
        return Promise.resolve({ ...done('not ours'), quiet: true });
    }
  };
