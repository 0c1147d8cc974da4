import type { OrderEvent, Refusal } from '../domain/order-model.ts';
import type { OrderRecord, Unit } from '../domain/order-ports.ts';
import type { PaymentSession } from '../domain/payments-port.ts';
import { advanceOrder } from './advance-order.ts';
import { closeSessions, openPayment, type PaymentPorts } from './open-payment.ts';

/**
 * `status` is the order's after it. `retry`: what this builds on has not arrived; come again.
 * `unknown-order`: money without an order, report it.
 */
export type Settled =
  | { kind: 'settled'; changed: boolean; status: string }
  | { kind: 'not-paid' }
  | { kind: 'retry'; reason: Refusal }
  | { kind: 'unknown-order' };

/**
 * A session that was paid, as the money it is. Call with the order locked: the pieces are looked at
 * under the same locks.
 */
async function received(
  { order }: OrderRecord,
  unit: Unit,
  session: PaymentSession,
  at: Date,
): Promise<OrderEvent> {
  const { id: sessionId, amount, currency, livemode, paymentIntent } = session;
  // Paid without money having moved is nothing we ever ask for: staff must look.
  if (paymentIntent === null) return { kind: 'flagged', id: sessionId };
  const pieces = order.holding === 'none' ? await unit.stock.pieces(order.lines) : 'available';
  return {
    kind: 'payment-received',
    pieces,
    payment: { paymentIntent, sessionId, amount, currency, livemode, at },
  };
}

/**
 * Settles an order with a session just re-read from the provider: paid only when it is complete and
 * paid, the order's current session, and its amount, currency and mode are the order's; anything
 * else that brought money is reviewed or given back. Any number of calls, from webhooks and pages,
 * in any order, have the effect of one.
 */
export const settlePayment =
  (ports: PaymentPorts) =>
  async (session: PaymentSession): Promise<Settled> => {
    if (session.state !== 'complete' || !session.paid) return { kind: 'not-paid' };
    const { orderNumber } = session;
    if (orderNumber === null) return { kind: 'unknown-order' };
    const settle = () =>
      advanceOrder(ports)(
        orderNumber,
        async (record, unit) => {
          const event = await received(record, unit, session, ports.now());
          // Also of another session than the order's own: staff may accept it, and must know where
          // the parcel goes. The own one's goes before it.
          if (
            record.delivery.address === null ||
            (session.id === record.order.sessionId && record.order.paidAt === null)
          ) {
            await unit.orders.setDelivery(orderNumber, {
              address: session.shippingAddress,
              phone: session.phone,
            });
            record.delivery = { address: session.shippingAddress, phone: session.phone };
          }
          return event;
        },
        'stripe',
      );
    let outcome = await settle();
    // The answer that named the session was lost: the provider repeats it, then the money is
    // recognised.
    if (
      !outcome.ok &&
      outcome.reason === 'session-unknown' &&
      (await openPayment(ports)(orderNumber)).kind === 'open'
    )
      outcome = await settle();
    if (!outcome.ok)
      return outcome.reason === 'unknown-order'
        ? { kind: 'unknown-order' }
        : { kind: 'retry', reason: outcome.reason };
    await closeSessions(ports.payments, outcome);
    return { kind: 'settled', changed: outcome.changed, status: outcome.order.status };
  };
