import { STATUS_FACTS } from '@comptoir/contracts';

import { cents } from '../domain/cents.ts';
import type { OrderEvent, Refusal } from '../domain/order-model.ts';
import { refundedParts, shippingRefunded } from '../domain/order-money.ts';
import type { OrderRecord } from '../domain/order-ports.ts';
import { costOf } from '../domain/refund-lines.ts';
import type { RefundForm } from '../domain/staff-order-api.ts';
import { advanceOrder, type EventOf } from './advance-order.ts';
import { retryRefunds } from './make-refunds.ts';
import { closeSessions, type PaymentPorts } from './open-payment.ts';
import { expirePage, lostPage } from './release-order.ts';
import { settlePayment } from './settle-payment.ts';

/**
 * `paid-meanwhile`: the buyer was faster, look again. `provider-away`: the provider does not say
 * whether it was paid.
 */
export type StaffRefusal = Refusal | 'unknown-order' | 'paid-meanwhile' | 'provider-away';
export type StaffOutcome = { ok: true; changed: boolean } | { ok: false; reason: StaffRefusal };

/** A step that staff ask for. `actor`: an administrator's e-mail address. */
type Ask<Input> = (number: string, input: Input, actor: string) => Promise<StaffOutcome>;

const advance =
  (ports: PaymentPorts) =>
  async (number: string, eventOf: EventOf, actor: string): Promise<StaffOutcome> => {
    const outcome = await advanceOrder(ports)(number, eventOf, actor);
    await closeSessions(ports.payments, outcome);
    return outcome.ok ? { ok: true, changed: outcome.changed } : outcome;
  };

/** The parcel's contents are being gathered. */
export const startPreparing =
  (ports: PaymentPorts): Ask<void> =>
  (number, _, actor) =>
    advance(ports)(number, () => Promise.resolve({ kind: 'preparing-started' }), actor);

/** The parcel has left, with or without tracking; told again, the tracking is corrected. */
export const shipOrder =
  (ports: PaymentPorts): Ask<{ carrier: string; trackingNumber: string }> =>
  (number, { carrier, trackingNumber }, actor) =>
    advance(ports)(
      number,
      () =>
        Promise.resolve({
          kind: 'shipped',
          at: ports.now(),
          tracking: carrier === '' ? null : { carrier, number: trackingNumber },
        }),
      actor,
    );

/** Takes a payment that waits for review, whatever the review was about. */
export const approveOrder =
  (ports: PaymentPorts): Ask<void> =>
  (number, _, actor) =>
    advance(ports)(
      number,
      async ({ order }, unit) => ({
        kind: 'approved',
        at: ports.now(),
        pieces: order.holding === 'none' ? await unit.stock.pieces(order.lines) : 'available',
      }),
      actor,
    );

const LOST = { none: 'closed', perhaps: 'session-open', unknown: 'provider-away' } as const;

/**
 * Whether no session of the order can be paid any more. One that turns out paid is settled, and
 * staff should look again.
 */
async function closeSession(
  ports: PaymentPorts,
  record: OrderRecord,
): Promise<'closed' | StaffRefusal> {
  const { order } = record;
  if (!STATUS_FACTS[order.status].pageMayBeOpen) return 'closed';
  if (order.sessionId === null && (order.total === 0 || order.payments.length > 0)) return 'closed';
  // Without keys the provider cannot be asked whether it was paid.
  if (!ports.payments.available().ok) return 'provider-away';
  if (order.sessionId === null) return LOST[await lostPage(ports, record)];
  const answer = await expirePage(ports, order, order.sessionId);
  if (answer === 'unknown') return 'provider-away';
  if (answer === 'expired' || order.status === 'needs_review') return 'closed';
  const session = await ports.payments.read(order.sessionId);
  if (session) await settlePayment(ports)(session);
  return 'paid-meanwhile';
}

/**
 * Cancels an order before it is sent: its page is closed with the provider first, then pieces and
 * money go back.
 */
export const cancelOrder =
  (ports: PaymentPorts): Ask<{ reason: string }> =>
  async (number, { reason }, actor) => {
    const record = await ports.inTransaction(({ orders }) => orders.read(number));
    if (!record) return { ok: false, reason: 'unknown-order' };
    const closed = await closeSession(ports, record);
    if (closed !== 'closed') return { ok: false, reason: closed };
    return advance(ports)(
      number,
      () => Promise.resolve({ kind: 'cancelled', actor, sessionClosed: true, why: reason }),
      actor,
    );
  };

/** Asks again for the automatic refunds that failed. */
export const retryFailedRefunds =
  (ports: PaymentPorts): Ask<void> =>
  (number, _, actor) =>
    retryRefunds(ports)(number, actor);

/**
 * Closes an order whose pieces were released and whose money staff have given back by other means.
 */
export const closeOrderSettledElsewhere =
  (ports: PaymentPorts): Ask<{ reason: string }> =>
  (number, { reason }, actor) =>
    advance(ports)(number, () => Promise.resolve({ kind: 'put-aside', actor, why: reason }), actor);

/**
 * What staff ask back, priced with the order locked: the amount they typed, or what lines and
 * shipping cost the buyer.
 */
function refundEvent(
  { order, placement }: OrderRecord,
  { request, lines, shipping, amount, restock, reason }: RefundForm,
  actor: string,
): OrderEvent {
  const carriage = shipping && !shippingRefunded(order) ? placement.shipping : 0;
  const cost = cents(costOf(placement.lines, refundedParts(order), lines) + carriage);
  return {
    kind: 'refund-requested',
    request,
    lines,
    shipping,
    restock,
    reason,
    actor,
    amount: amount ?? cost,
  };
}

/** Queues a refund, which is made within seconds; the same request again changes nothing. */
export const refundOrder =
  (ports: PaymentPorts): Ask<RefundForm> =>
  (number, request, actor) =>
    advance(ports)(number, (record) => Promise.resolve(refundEvent(record, request, actor)), actor);
