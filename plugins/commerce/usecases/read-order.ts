import { euros, type OrderView } from '@comptoir/contracts';

import { trackingUrl } from '../domain/carriers.ts';
import type { Order } from '../domain/order-model.ts';
import { givenBack } from '../domain/order-money.ts';
import { statusBeforeReview } from '../domain/order-payments.ts';
import type { InTransaction, OrderRecord } from '../domain/order-ports.ts';
import { verifyOrderToken } from '../domain/order-token.ts';
import { vatToWire } from '../domain/quote-wire.ts';
import { vatSplit } from '../domain/vat-split.ts';

const linesOf = ({ placement }: OrderRecord): OrderView['lines'] =>
  placement.lines.map(({ weight: _, unitPrice, discount, total, ...line }) => ({
    ...line,
    unitPrice: euros(unitPrice),
    discount: euros(discount),
    total: euros(total),
  }));

/**
 * A review of an order that was paid before concerns the shop and the bank only: its buyer sees
 * where the parcel is.
 */
const shownStatus = (order: Order): Order['status'] =>
  order.status === 'needs_review' ? (statusBeforeReview(order) ?? 'needs_review') : order.status;

/** An order as its buyer may see it. */
function orderView(record: OrderRecord, now: Date): OrderView {
  const { order, placement, delivery } = record;
  const {
    number,
    locale,
    email,
    country,
    promotionCode,
    subtotal,
    discount,
    shipping,
    total,
    delivery: sentBy,
    minDays,
    maxDays,
    testMode,
    placedAt,
  } = placement;
  const payable =
    order.status === 'pending' && order.sessionExpiresAt !== null && order.sessionExpiresAt > now;
  return {
    number,
    locale,
    email,
    country,
    promotionCode,
    testMode,
    delivery: sentBy,
    minDays,
    maxDays,
    status: shownStatus(order),
    lines: linesOf(record),
    subtotal: euros(subtotal),
    discount: euros(discount),
    shipping: euros(shipping),
    total: euros(total),
    vat: vatToWire(vatSplit(placement.lines, shipping)),
    refunded: euros(givenBack(order)),
    paymentUrl: payable ? order.paymentUrl : null,
    shippingAddress: delivery.address,
    tracking: order.tracking && { ...order.tracking, url: trackingUrl(order.tracking) },
    placedAt: placedAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    shippedAt: order.shippedAt?.toISOString() ?? null,
  };
}

/**
 * Reads an order by its link; null for a wrong number and a wrong token alike. Links of an earlier
 * secret open nothing: one that leaked is revoked by changing it, and buyers ask for new links by
 * mail.
 */
export const readOrder =
  (ports: { inTransaction: InTransaction; now(): Date; secret: string }) =>
  async (number: string, token: string): Promise<OrderView | null> => {
    const record = await ports.inTransaction(({ orders }) => orders.read(number));
    return record && verifyOrderToken(record.placement.number, token, ports.secret)
      ? orderView(record, ports.now())
      : null;
  };
