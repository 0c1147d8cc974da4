import { STATUS_FACTS } from '@comptoir/contracts';

import type { Order, OrderEvent } from '../domain/order-model.ts';
import type { OrderRecord } from '../domain/order-ports.ts';
import { PAGE_MINUTES } from '../domain/payments-port.ts';
import { advanceOrder } from './advance-order.ts';
import { closeSessions, type PaymentPorts } from './open-payment.ts';
import { settlePayment } from './settle-payment.ts';

/** `kept`: not sure that it can no longer be paid, so its pieces stay reserved. */
export type Released = 'released' | 'kept' | 'paid' | 'unknown-order';
/** What is known for sure. Nothing else ever releases stock. */
export type Proof =
  { kind: 'session-expired'; sessionId: string; why?: 'bounced' } | { kind: 'session-refused' };

/** What became of an order that is not pending any more. */
const endedAs = (status: Order['status']): Released =>
  STATUS_FACTS[status].released ? 'released' : 'paid';

async function apply(
  ports: PaymentPorts,
  number: string,
  event: OrderEvent,
  actor: string,
): Promise<Released> {
  const outcome = await advanceOrder(ports)(number, () => Promise.resolve(event), actor);
  if (!outcome.ok) return outcome.reason === 'unknown-order' ? 'unknown-order' : 'kept';
  await closeSessions(ports.payments, outcome);
  const { status } = outcome.order;
  return status === 'pending' ? 'kept' : endedAs(status);
}

/**
 * Releases an unpaid order after the provider's definite word: its pieces, and its promotion's use,
 * are free again. Repeatable.
 */
export const releaseOrder =
  (ports: PaymentPorts) =>
  (number: string, proof: Proof): Promise<Released> =>
    apply(ports, number, proof, 'stripe');

/**
 * Closes an order's page. One that the provider does not know (its keys were changed) can be paid
 * until its own time is over, and nowhere after that.
 */
export async function expirePage(
  { payments, now }: Pick<PaymentPorts, 'payments' | 'now'>,
  { sessionExpiresAt }: Pick<Order, 'sessionExpiresAt'>,
  sessionId: string,
): Promise<'expired' | 'complete' | 'unknown'> {
  const answer = await payments.expire(sessionId);
  if (answer !== 'missing') return answer;
  return sessionExpiresAt !== null && sessionExpiresAt <= now() ? 'expired' : 'unknown';
}

/**
 * What became of an order whose page never got known: `none` once the time of any page is over and
 * the provider has none that was paid or still can be; `perhaps` = there may be one; `unknown` =
 * the provider does not say.
 */
export async function lostPage(
  { payments, now }: Pick<PaymentPorts, 'payments' | 'now'>,
  { placement }: OrderRecord,
): Promise<'none' | 'perhaps' | 'unknown'> {
  if (now().getTime() < placement.placedAt.getTime() + PAGE_MINUTES * 60_000) return 'perhaps';
  const pages = await payments.find(placement);
  if (pages === null) return 'unknown';
  return pages.every(({ state }) => state === 'expired') ? 'none' : 'perhaps';
}

/**
 * What closes an order whose session can no longer be paid (null = there was none), and by whose
 * hand.
 */
const CLOSINGS = {
  expired: {
    actor: 'stripe',
    event: (sessionId: string | null): OrderEvent =>
      sessionId === null ? { kind: 'session-refused' } : { kind: 'session-expired', sessionId },
  },
  replaced: {
    actor: 'buyer',
    event: (): OrderEvent => ({ kind: 'cancelled', actor: 'buyer', sessionClosed: true }),
  },
} as const;

/**
 * Closes an unpaid order's session, then releases the order: `expired` when its time is over,
 * `replaced` when its buyer orders anew (and gets no mail about it). A session that turns out paid
 * is settled instead.
 */
export const closeOrder =
  (ports: PaymentPorts) =>
  async (number: string, why: keyof typeof CLOSINGS): Promise<Released> => {
    const record = await ports.inTransaction(({ orders }) => orders.read(number));
    if (!record) return 'unknown-order';
    const { status, sessionId } = record.order;
    if (status !== 'pending') return endedAs(status);
    const closing = CLOSINGS[why];
    const close = (): Promise<Released> =>
      apply(ports, number, closing.event(sessionId), closing.actor);

    if (sessionId === null) return (await lostPage(ports, record)) === 'none' ? close() : 'kept';
    const page = await expirePage(ports, record.order, sessionId);
    if (page === 'unknown') return 'kept';
    if (page === 'expired') return close();

    const session = await ports.payments.read(sessionId);
    if (session) await settlePayment(ports)(session);
    return session?.paid ? 'paid' : 'kept';
  };
