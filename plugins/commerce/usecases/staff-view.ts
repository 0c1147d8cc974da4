import { cents, sum } from '../domain/cents.ts';
import type { LoggedMail, LoggedWebhook } from '../domain/message-log.ts';
import { type Order, type OrderEvent, transition, unreturned } from '../domain/order.ts';
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
import {
  ORDER_ACTIONS,
  type OrderAction,
  type StaffLine,
  type StaffOrder,
  type StaffRefund,
  type TimelineItem,
} from '../domain/staff-order-api.ts';
import { eventWords, mailWords, movementWords, refundReason } from '../domain/staff-words.ts';
import { vatSplit } from '../domain/vat-split.ts';

/** Everything that is told of an order, from its own tables and from other plugins. */
interface OrderStory {
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

/**
 * Pieces in stock again: of a sold order those that came back, of one released after payment all of
 * them.
 */
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
const openRefunds = ({ inFlight }: Order, story: OrderStory): StaffRefund[] =>
  inFlight.map(({ key, amount, reason, actor }) => ({
    id: key,
    at: askedAt(story, key),
    amount,
    status: 'asked',
    reason: refundReason(reason),
    actor: ledgerWord(actor),
  }));
const madeRefunds = ({ refunds }: Order, story: OrderStory): StaffRefund[] =>
  refunds.map(({ id, key, amount, status, reason, actor }) => ({
    id,
    at: askedAt(story, key) ?? story.refunds.find((one) => one.id === id)?.at ?? null,
    amount,
    status,
    reason: refundReason(reason),
    actor: ledgerWord(actor),
  }));

const refundableTotal = (order: Order): StaffOrder['refundable'] =>
  sum(order.payments.map((payment) => refundable(order, payment)));

const AN_INSTANT = new Date(0);

/**
 * Whether an event would change the order, or ask for anything. Tried on the order as data: nothing
 * is written.
 */
function wouldDo(order: Order, event: OrderEvent): boolean {
  const outcome = transition(order, event);
  return outcome.ok && (outcome.order !== order || outcome.effects.length > 0);
}

/**
 * Whether a cent could be given back. No page sends an empty request, so this one was never made
 * before.
 */
const wouldRefund = (order: Order): boolean =>
  wouldDo(order, {
    kind: 'refund-requested',
    request: '',
    amount: cents(1),
    reason: '',
    actor: 'staff',
    lines: [],
    shipping: false,
    restock: false,
  });

/** Whether asking again would ask for anything. */
function wouldRetry(order: Order): boolean {
  const outcome = transition(order, { kind: 'refunds-retried', actor: 'staff' });
  return outcome.ok && outcome.effects.length > 0;
}

/** Whether staff may accept what came in; pieces that are short are looked at when they do. */
function mayApprove(order: Order): boolean {
  if (order.status !== 'needs_review') return false;
  if (statusBeforeReview(order) !== null) return true;
  return !isReleasedUnrefunded(order) && (order.total === 0 || netTotal(order) > 0);
}

/** What the state allows now. */
export function actionsOf(order: Order): OrderAction[] {
  const can: Readonly<Record<OrderAction, boolean>> = {
    prepare: wouldDo(order, { kind: 'preparing-started' }),
    ship: wouldDo(order, { kind: 'shipped', at: AN_INSTANT, tracking: null }),
    'correct-tracking': order.status === 'shipped',
    cancel: wouldDo(order, { kind: 'cancelled', actor: 'staff', sessionClosed: true }),
    approve: mayApprove(order),
    'retry-refunds': wouldRetry(order),
    'put-aside':
      isReleasedUnrefunded(order) && wouldDo(order, { kind: 'put-aside', actor: 'staff', why: '' }),
    refund: wouldRefund(order),
  };
  return ORDER_ACTIONS.filter((action) => can[action]);
}

/** Entries that say nothing staff would miss, or that another entry says better. */
const QUIET: readonly string[] = ['session-closing'];

function byInstant(a: TimelineItem, b: TimelineItem): number {
  if (a.at === b.at) return 0;
  return a.at < b.at ? -1 : 1;
}

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
  return items.sort(byInstant);
}

type Placed = Pick<
  StaffOrder,
  | 'number'
  | 'locale'
  | 'email'
  | 'country'
  | 'promotionCode'
  | 'subtotal'
  | 'discount'
  | 'shipping'
  | 'total'
  | 'delivery'
  | 'minDays'
  | 'maxDays'
  | 'testMode'
  | 'vat'
  | 'placedAt'
>;

/** What stays as it was when the order was placed. */
const placedPart = ({ placement }: OrderRecord): Placed => ({
  number: placement.number,
  locale: placement.locale,
  email: placement.email,
  country: placement.country,
  promotionCode: placement.promotionCode,
  subtotal: placement.subtotal,
  discount: placement.discount,
  shipping: placement.shipping,
  total: placement.total,
  delivery: placement.delivery,
  minDays: placement.minDays,
  maxDays: placement.maxDays,
  testMode: placement.testMode,
  vat: vatSplit(placement.lines, placement.shipping),
  placedAt: placement.placedAt.toISOString(),
});

type Money = Pick<
  StaffOrder,
  'paid' | 'refunded' | 'refundable' | 'disputed' | 'shippingRefunded' | 'payments' | 'refunds'
>;

/** What was received and given back. */
const moneyPart = (order: Order, story: OrderStory): Money => ({
  paid: paidTotal(order),
  refunded: refundedTotal(order),
  refundable: refundableTotal(order),
  disputed: disputedTotal(order),
  shippingRefunded: shippingRefunded(order),
  payments: order.payments.map(({ paymentIntent, amount, currency, at, livemode }) => ({
    paymentIntent,
    amount,
    currency,
    at: at.toISOString(),
    livemode,
  })),
  refunds: [...madeRefunds(order, story), ...openRefunds(order, story)],
});

/** An order as staff see it. */
export function staffOrder(record: OrderRecord, story: OrderStory, shopperUrl: string): StaffOrder {
  const { order, delivery } = record;
  return {
    ...placedPart(record),
    ...moneyPart(order, story),
    shopperUrl,
    status: order.status,
    reviewReason: order.reviewReason,
    customerName: delivery.address?.name ?? null,
    phone: delivery.phone,
    address: delivery.address,
    lines: linesOf(record),
    tracking: order.tracking,
    paidAt: order.paidAt?.toISOString() ?? null,
    shippedAt: order.shippedAt?.toISOString() ?? null,
    actions: actionsOf(order),
    timeline: timelineOf(story),
  };
}

const textIn = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);
/** The provider's objects of an order: its webhooks are about these. */
export const objectsOf = ({ order }: OrderRecord, events: OrderStory['events']): string[] => [
  ...new Set([
    ...events.flatMap(({ detail }) => [...textIn(detail['sessionId']), ...textIn(detail['id'])]),
    ...textIn(order.sessionId),
    ...order.payments.flatMap(({ paymentIntent, sessionId }) => [paymentIntent, sessionId]),
    ...order.refunds.map(({ id }) => id),
  ]),
];
