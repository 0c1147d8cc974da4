import type { Cents } from '../../commerce/domain/cents.ts';
import { refundStatus, RETRY_LATER } from '../../commerce/domain/order-model.ts';
import { type DisputeNow, entriesOf } from '../domain/disputes.ts';
import { subjectOf } from '../domain/events.ts';
import type { Handled } from '../domain/inbox.ts';
import type { OrderEvent, OrderRecord, PaymentSession, Refusal } from './orders-port.ts';
import type { OrdersPort } from './orders-port.ts';

/** What an event tells of: its type and the ids in it. Everything else is read again from Stripe. */
export interface Told {
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

/** The payment provider, read again; null = it has no such object. All throw when it does not answer. */
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

const done = (note: string): Handled => ({ kind: 'done', note });
const odd = (reason: string): Handled => ({ kind: 'odd', reason });

async function advance(
  { orders }: HandlePorts,
  number: string,
  eventOf: (record: OrderRecord) => OrderEvent,
): Promise<Handled> {
  const outcome = await orders.advanceOrder(
    number,
    (record) => Promise.resolve(eventOf(record)),
    'stripe',
  );
  if (outcome.ok) return done(outcome.changed ? outcome.order.status : 'nothing new');
  if (outcome.reason === 'unknown-order') return odd(`there is no order ${number}`);
  const later: readonly (Refusal | 'unknown-order')[] = RETRY_LATER;
  return later.includes(outcome.reason)
    ? { kind: 'retry', reason: outcome.reason }
    : odd(outcome.reason);
}

/** A paid session settles its order; one that can no longer be paid lets it go. */
async function handleSession(
  { provider, orders }: HandlePorts,
  { type, id }: Told,
): Promise<Handled> {
  const session = await provider.session(id);
  if (session === null) return odd(`Stripe has no session ${id} under this key`);
  if (session.state === 'complete' && session.paid) {
    const settled = await orders.settlePayment(session);
    if (settled.kind === 'settled') return done(settled.status);
    return settled.kind === 'retry'
      ? { kind: 'retry', reason: settled.reason }
      : odd('paid_without_order');
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

/** A refund, ours or made in Stripe's dashboard, told before or after its own answer. */
async function handleRefund(ports: HandlePorts, { id }: Told): Promise<Handled> {
  const now = await ports.provider.refund(id);
  if (now === null || now.paymentIntent === null)
    return odd(`Stripe has no refund ${id} of a payment under this key`);
  const { paymentIntent, amount, key } = now;
  const number = await ports.provider.orderOf(paymentIntent);
  if (number === null) return odd(`refund ${id} is of a payment without an order`);
  return advance(ports, number, ({ order }) => {
    const wish = order.inFlight.find((one) => one.key === key);
    return {
      kind: 'refund-recorded',
      refund: {
        id,
        paymentIntent,
        amount,
        key,
        status: refundStatus(now.status),
        reason: wish?.reason ?? 'stripe',
        actor: wish?.actor ?? 'stripe',
      },
    };
  });
}

async function handleIntent(
  ports: HandlePorts,
  paymentIntent: string,
  event: OrderEvent,
): Promise<Handled> {
  const number = await ports.provider.orderOf(paymentIntent);
  return number === null
    ? odd(`payment ${paymentIntent} has no order`)
    : advance(ports, number, () => event);
}

/** A refused attempt, which the buyer can repeat: not one at a page that is over (a delayed payment), whose own event tells the buyer what became of the order. */
async function handleFailure(ports: HandlePorts, { id }: Told): Promise<Handled> {
  const session = await ports.provider.sessionOf(id);
  if (session?.state === 'complete') return done('its session tells');
  const number = await ports.provider.orderOf(id);
  // Something else that uses the account was not paid: nobody need look.
  return number === null
    ? done('not ours')
    : advance(ports, number, () => ({ kind: 'payment-failed', id }));
}

/** What a buyer's bank contests, at whatever point of it: the rows of all that has happened so far. */
async function handleDispute(ports: HandlePorts, { id }: Told): Promise<Handled> {
  const now = await ports.provider.dispute(id);
  if (now === null || now.paymentIntent === null)
    return odd(`Stripe has no dispute ${id} of a payment under this key`);
  const entries = entriesOf({ ...now, paymentIntent: now.paymentIntent });
  return handleIntent(ports, now.paymentIntent, { kind: 'dispute-recorded', entries });
}

/** Does what an event asks for, after reading again what it tells of. Any number of times, in any order. @throws when Stripe or the database does not answer */
export const handleEvent =
  (ports: HandlePorts) =>
  (told: Told): Promise<Handled> => {
    switch (subjectOf(told.type)) {
      case 'session':
        return handleSession(ports, told);
      case 'refund':
        return handleRefund(ports, told);
      case 'failure':
        return handleFailure(ports, told);
      case 'dispute':
        return handleDispute(ports, told);
      case null:
        return Promise.resolve({ ...done('not ours'), quiet: true });
    }
  };
