import { STATUS_FACTS } from '@comptoir/contracts';

import { transition } from '../domain/order.ts';
import type { Effect, Order, OrderEvent, RefundRequest, Refusal } from '../domain/order-model.ts';
import type { OrderPorts, OrderRecord, Unit } from '../domain/order-ports.ts';
import { orderMail } from './order-mails.ts';

/**
 * `closing`: sessions that must not be paid any more; expire them after the commit (one that is
 * paid all the same is refunded as surplus).
 */
export type Advanced =
  | { ok: true; order: Order; changed: boolean; closing: string[] }
  | { ok: false; reason: Refusal | 'unknown-order' };
type AdvancePorts = Pick<OrderPorts, 'now' | 'links'>;
/** What happened, seen with the order locked; null = nothing after all. */
export type EventOf = (record: OrderRecord, unit: Unit) => Promise<OrderEvent | null>;

/**
 * A code given back may be used again; late money takes it again if it can, and counts all the same
 * if not: the price was promised.
 */
async function followPromotion(
  unit: Unit,
  { order: before, placement }: OrderRecord,
  after: Order,
): Promise<void> {
  if (placement.promotionCode === null) return;
  const released = before.status !== after.status && STATUS_FACTS[after.status].released;
  if (released && before.holding !== 'sold') return unit.promotions.release(after.number);
  if (before.paidAt === null && after.status === 'paid')
    await unit.promotions.use(placement.promotionCode, after.number);
}

/** Keeps a refund that is owed, and tells the timeline. */
async function requestRefund(
  unit: Unit,
  number: string,
  request: RefundRequest,
  at: Date,
): Promise<void> {
  await unit.orders.addRefundRequest(number, request, at);
  await unit.orders.addEvent(number, {
    kind: 'refund-requested',
    actor: request.actor,
    at,
    detail: { ...request },
  });
}

async function perform(
  unit: Unit,
  ports: AdvancePorts,
  record: OrderRecord,
  effect: Effect,
  actor: string,
): Promise<void> {
  const { number } = record.order;
  switch (effect.kind) {
    case 'stock':
      // The caller looked under the same locks: pieces that are missing now are a mistake, and undo
      // the transaction.
      if (!(await unit.stock.move(number, effect.move, effect.lines, actor)))
        throw new Error(`Order ${number}: the pieces of "${effect.move}" are not there`);
      return;
    case 'record-payment':
      return unit.orders.addPayment(number, effect.payment);
    case 'record-refund':
      return unit.orders.addRefund(number, effect.refund);
    case 'record-dispute':
      return unit.orders.addDispute(number, effect.entry);
    case 'refund':
      return requestRefund(unit, number, effect.request, ports.now());
    case 'expire-session':
      return unit.orders.addEvent(number, {
        kind: 'session-closing',
        actor,
        at: ports.now(),
        detail: { sessionId: effect.sessionId },
      });
    case 'mail':
      return unit.mails.enqueue(await orderMail(unit, ports, record, effect));
  }
}

/** The words of an event that belong in a timeline, without what the ledger rows say already. */
function detailOf(event: OrderEvent, before: Order, after: Order): Record<string, unknown> {
  const { kind: _, ...facts } = event;
  const moved = before.status === after.status ? {} : { from: before.status, to: after.status };
  const review = after.reviewReason === null ? {} : { reason: after.reviewReason };
  return {
    ...moved,
    ...review,
    ...Object.fromEntries(
      Object.entries(facts).filter(
        ([, value]) => typeof value === 'string' || typeof value === 'number',
      ),
    ),
  };
}

/**
 * Writes what an event does to an order that is locked: the state, ledger rows, stock, mails and
 * timeline, all in one transaction.
 */
export async function applyEvent(
  unit: Unit,
  ports: AdvancePorts,
  record: OrderRecord,
  event: OrderEvent,
  actor: string,
): Promise<Advanced> {
  const outcome = transition(record.order, event);
  if (!outcome.ok) return outcome;
  const { order, effects } = outcome;
  if (order === record.order && effects.length === 0)
    return { ok: true, order, changed: false, closing: [] };
  await unit.orders.save(order);
  for (const key of order.refused.filter((one) => !record.order.refused.includes(one)))
    await unit.orders.refuseRefundRequest(key);
  const now: OrderRecord = { ...record, order };
  if (event.kind !== 'refund-requested')
    await unit.orders.addEvent(order.number, {
      kind: event.kind,
      actor,
      at: ports.now(),
      detail: detailOf(event, record.order, order),
    });
  for (const effect of effects) await perform(unit, ports, now, effect, actor);
  await followPromotion(unit, record, order);
  const closing = effects.flatMap((effect) =>
    effect.kind === 'expire-session' ? [effect.sessionId] : [],
  );
  return { ok: true, order, changed: true, closing };
}

/** Locks an order, asks what happened, and applies it in one transaction. */
export const advanceOrder =
  (ports: OrderPorts) =>
  (number: string, eventOf: EventOf, actor: string): Promise<Advanced> =>
    ports.inTransaction(async (unit) => {
      const record = await unit.orders.lock(number);
      if (!record) return { ok: false, reason: 'unknown-order' };
      const event = await eventOf(record, unit);
      if (!event) return { ok: true, order: record.order, changed: false, closing: [] };
      return applyEvent(unit, ports, record, event, actor);
    });
