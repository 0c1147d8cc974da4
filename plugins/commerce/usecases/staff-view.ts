import { sum } from '../domain/cents.ts';
import type { LoggedMail, LoggedWebhook } from '../domain/message-log.ts';
import { type Order, transition, unreturned } from '../domain/order.ts';
import {
  disputedTotal,
  netTotal,
  paidTotal,
  refundable,
  refundedParts,
  refundedTotal,
  shippingRefunded,
} from '../domain/order-money.ts';
import { isReleasedUnrefunded, statusBeforeReview } from '../domain/order-payments.ts';
import type { OrderRecord } from '../domain/order-ports.ts';
import { ledgerWord } from '../domain/reasons.ts';
import type {
  OrderAction,
  StaffLine,
  StaffOrder,
  StaffRefund,
  TimelineItem,
} from '../domain/staff-order-api.ts';
import { eventWords, mailWords, movementWords, refundReason } from '../domain/staff-words.ts';
import { vatSplit } from '../domain/vat-split.ts';

/** Everything that is told of an order, from its own tables and from other plugins. */
export interface OrderStory {
  events: readonly { at: string; kind: string; actor: string; detail: Record<string, unknown> }[];
  movements: readonly {
    at: string;
    sku: string;
    delta: number;
    reservedDelta: number;
    actor: string;
  }[];
  /** When each refund was written down. */
  refunds: readonly { id: string; at: string }[];
  mails: readonly LoggedMail[];
  webhooks: readonly LoggedWebhook[];
}

const pieces = (parts: readonly { sku: string; quantity: number }[], sku: string): number =>
  sum(parts.filter((part) => part.sku === sku).map(({ quantity }) => quantity));

/** Pieces on the shelf again: of a sold order those that came back, of one let go after payment all of them. */
function restocked(order: Order, sku: string, quantity: number): number {
  if (order.holding === 'sold') return quantity - pieces(unreturned(order), sku);
  return order.holding === 'none' && order.paidAt !== null ? quantity : 0;
}

const linesOf = ({ order, placement }: OrderRecord): StaffLine[] =>
  placement.lines.map(({ weight: _, ...line }) => ({
    ...line,
    refundedQuantity: pieces(refundedParts(order), line.sku),
    restocked: restocked(order, line.sku, line.quantity),
  }));

/** When a refund was asked for. */
const askedAt = ({ events }: OrderStory, key: string | null): string | null =>
  events.find(
    ({ kind, detail }) => kind === 'refund-requested' && key !== null && detail['key'] === key,
  )?.at ?? null;
const asked = ({ inFlight }: Order, story: OrderStory): StaffRefund[] =>
  inFlight.map(({ key, amount, reason, actor }) => ({
    id: key,
    at: askedAt(story, key),
    amount,
    status: 'asked',
    reason: refundReason(reason),
    actor: ledgerWord(actor),
  }));
const made = ({ refunds }: Order, story: OrderStory): StaffRefund[] =>
  refunds.map(({ id, key, amount, status, reason, actor }) => ({
    id,
    at: askedAt(story, key) ?? story.refunds.find((one) => one.id === id)?.at ?? null,
    amount,
    status,
    reason: refundReason(reason),
    actor: ledgerWord(actor),
  }));

const left = (order: Order): StaffOrder['refundable'] =>
  sum(order.payments.map((payment) => refundable(order, payment)));

/** Whether asking again would ask for anything. */
const wouldRetry = (order: Order): boolean => {
  const outcome = transition(order, { kind: 'refunds-retried', actor: 'staff' });
  return outcome.ok && outcome.effects.length > 0;
};

/** What the state allows now. */
export function actionsOf(order: Order): OrderAction[] {
  const { status } = order;
  const can: Readonly<Record<OrderAction, boolean>> = {
    prepare: status === 'paid',
    ship: status === 'paid' || status === 'preparing',
    'correct-tracking': status === 'shipped',
    cancel:
      ['pending', 'paid', 'preparing', 'needs_review'].includes(status) && order.shippedAt === null,
    approve:
      status === 'needs_review' &&
      (statusBeforeReview(order) !== null ||
        (!isReleasedUnrefunded(order) && (order.total === 0 || netTotal(order) > 0))),
    'retry-refunds': wouldRetry(order),
    'put-aside': status === 'needs_review' && isReleasedUnrefunded(order),
    refund: ['paid', 'preparing', 'shipped', 'needs_review'].includes(status) && left(order) > 0,
  };
  return (Object.keys(can) as OrderAction[]).filter((action) => can[action]);
}

/** Entries that say nothing staff would miss, or that another entry says better. */
const QUIET: readonly string[] = ['session-closing'];

function timelineOf({ events, movements, mails, webhooks }: OrderStory): TimelineItem[] {
  const items: TimelineItem[] = [
    ...events
      .filter(({ kind }) => !QUIET.includes(kind))
      .map(({ at, kind, actor, detail }): TimelineItem => ({
        kind: 'event',
        at,
        actor: ledgerWord(actor),
        text: eventWords(kind, detail),
      })),
    ...movements.map(({ at, sku, delta, reservedDelta, actor }): TimelineItem => ({
      kind: 'stock',
      at,
      actor: ledgerWord(actor),
      text: movementWords(sku, delta, reservedDelta),
    })),
    ...mails.map(({ at, kind, to, state, key, error }): TimelineItem => ({
      kind: 'mail',
      at: at.toISOString(),
      text: mailWords(kind),
      to,
      state,
      key,
      error,
    })),
    ...webhooks.map(({ at, type, state, id, error }): TimelineItem => ({
      kind: 'webhook',
      at: at.toISOString(),
      text: type,
      state,
      id,
      error,
    })),
  ];
  // Stable: what happened in the same instant stays in the order above, the cause first.
  return items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** An order as staff see it. */
export function staffOrder(record: OrderRecord, story: OrderStory, shopperUrl: string): StaffOrder {
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
  return {
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
    shopperUrl,
    status: order.status,
    reviewReason: order.reviewReason,
    customerName: delivery.address?.name ?? null,
    phone: delivery.phone,
    address: delivery.address,
    lines: linesOf(record),
    vat: vatSplit(placement.lines, shipping),
    paid: paidTotal(order),
    refunded: refundedTotal(order),
    refundable: left(order),
    disputed: disputedTotal(order),
    shippingRefunded: shippingRefunded(order),
    payments: order.payments.map(({ paymentIntent, amount, currency, at, livemode }) => ({
      paymentIntent,
      amount,
      currency,
      at: at.toISOString(),
      livemode,
    })),
    refunds: [...made(order, story), ...asked(order, story)],
    tracking: order.tracking,
    placedAt: placedAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    shippedAt: order.shippedAt?.toISOString() ?? null,
    actions: actionsOf(order),
    timeline: timelineOf(story),
  };
}

const word = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
/** The provider's objects of an order: its webhooks are about these. */
export const objectsOf = ({ order }: OrderRecord, events: OrderStory['events']): string[] => [
  ...new Set([
    ...events.flatMap(({ detail }) => [...word(detail['sessionId']), ...word(detail['id'])]),
    ...word(order.sessionId),
    ...order.payments.flatMap(({ paymentIntent, sessionId }) => [paymentIntent, sessionId]),
    ...order.refunds.map(({ id }) => id),
  ]),
];
