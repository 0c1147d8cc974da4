import type { OrderStatus } from '@comptoir/contracts';

import type { Cents } from './cents.ts';

/** Where an order may go from each state; the only home of this table. */
export const NEXT: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['paid', 'expired', 'cancelled', 'needs_review'],
  expired: ['paid', 'needs_review'],
  cancelled: ['needs_review'],
  needs_review: ['paid', 'shipped', 'cancelled', 'refunded'],
  paid: ['preparing', 'shipped', 'cancelled', 'refunded', 'needs_review'],
  preparing: ['shipped', 'cancelled', 'refunded', 'needs_review'],
  shipped: ['refunded', 'needs_review'],
  // Its money may come back: a refund that the bank could not make.
  refunded: ['needs_review'],
};

/**
 * What one move adds to the stock on hand and to what orders have reserved, per piece of the order.
 */
export const STOCK_MOVES = {
  /** The order is placed. */
  reserve: { onHand: 0, reserved: 1 },
  /** It will not be paid. */
  release: { onHand: 0, reserved: -1 },
  /** What it held is paid. */
  sell: { onHand: -1, reserved: -1 },
  /** Late money: paid without holding anything. */
  take: { onHand: -1, reserved: 0 },
  /** Paid, but the parcel never left: all unreturned pieces come back. */
  restock: { onHand: 1, reserved: 0 },
  /** Some of its pieces are back in stock; the order goes on. */
  return: { onHand: 1, reserved: 0 },
} as const;
export type StockMove = keyof typeof STOCK_MOVES;
/** What the order's own movements add up to. */
export type Holding = 'none' | 'reserved' | 'sold';

/**
 * Ledger row of money received, keyed by `paymentIntent`. `currency` as Stripe writes it (`eur`).
 */
export interface Payment {
  paymentIntent: string;
  sessionId: string;
  amount: Cents;
  currency: string;
  livemode: boolean;
  at: Date;
}
export const REFUND_STATUSES = [
  'pending',
  'requires_action',
  'succeeded',
  'canceled',
  'failed',
] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];
/** A refund's state as the provider words it; a word that is new to us says that it is not over. */
export const refundStatus = (text: string): RefundStatus =>
  REFUND_STATUSES.find((status) => status === text) ?? 'pending';
/**
 * Ledger row of money given back, keyed by `id` (`re_…`). `key` is that of the refund effect, null
 * when made in Stripe's dashboard.
 */
export interface Refund {
  id: string;
  paymentIntent: string;
  amount: Cents;
  status: RefundStatus;
  reason: string;
  actor: string;
  key: string | null;
}
/** Pieces of one of the order's lines. */
export interface LinePart {
  sku: string;
  quantity: number;
}
/** A refund that was asked for. `lines` and `shipping` say what it is for, when staff said so. */
export interface RefundRequest {
  key: string;
  paymentIntent: string;
  amount: Cents;
  reason: string;
  actor: string;
  lines: readonly LinePart[];
  shipping: boolean;
}

export const DISPUTE_ENTRIES = ['opened', 'funds', 'closed'] as const;
/**
 * Ledger row of a dispute, keyed by `reference`: what the buyer's bank contests (`opened`, once),
 * what moved because of it (`funds`, less than zero = taken from us) and how it ended (`closed`,
 * once). `status` as Stripe words it then.
 */
export interface DisputeEntry {
  reference: string;
  disputeId: string;
  paymentIntent: string;
  entry: (typeof DISPUTE_ENTRIES)[number];
  amount: Cents;
  currency: string;
  status: string;
  at: Date;
}

export const REVIEW_REASONS = [
  'amount',
  'currency',
  'mode',
  'other-session',
  'paid-after-cancel',
  'stock-short',
  'flagged',
  'refund-failed',
  'dispute',
  'ledger',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

/**
 * An order with its ledger rows, as read under its row lock. Amounts of money are derived from
 * these rows, never stored.
 */
export interface Order {
  number: string;
  status: OrderStatus;
  total: Cents;
  testMode: boolean;
  lines: readonly LinePart[];
  holding: Holding;
  /** Pieces back in stock while the order holds others. */
  returned: readonly LinePart[];
  sessionId: string | null;
  paymentUrl: string | null;
  sessionExpiresAt: Date | null;
  paymentAttempt: number;
  reviewReason: ReviewReason | null;
  tracking: { carrier: string; number: string } | null;
  paidAt: Date | null;
  shippedAt: Date | null;
  payments: readonly Payment[];
  refunds: readonly Refund[];
  inFlight: readonly RefundRequest[];
  disputes: readonly DisputeEntry[];
  /** Every refund ever asked for, whatever came of it: no key is used for a second attempt. */
  asked: readonly RefundRequest[];
  /** Keys of those that the provider refused to make. */
  refused: readonly string[];
}

/** Whether all pieces of the order could be taken now; read only where the order holds none. */
export type Pieces = 'available' | 'short';

/** `sessionClosed`: the provider confirmed that no session of this order can be paid any more. */
export type OrderEvent =
  | { kind: 'session-opened'; sessionId: string; url: string; expiresAt: Date; attempt: number }
  | { kind: 'session-refused' }
  | { kind: 'session-lost'; attempt: number }
  /** `bounced`: a delayed payment at it failed. */
  | { kind: 'session-expired'; sessionId: string; why?: 'bounced' }
  | { kind: 'payment-failed'; id: string }
  | { kind: 'payment-received'; payment: Payment; pieces: Pieces }
  | { kind: 'settled-free'; at: Date }
  | { kind: 'flagged'; id: string; reason?: ReviewReason }
  | { kind: 'dispute-recorded'; entries: readonly DisputeEntry[] }
  | { kind: 'approved'; at: Date; pieces: Pieces }
  | { kind: 'cancelled'; actor: string; sessionClosed: boolean; why?: string }
  | { kind: 'preparing-started' }
  | { kind: 'shipped'; at: Date; tracking: { carrier: string; number: string } | null }
  | {
      kind: 'refund-requested';
      request: string;
      amount: Cents;
      reason: string;
      actor: string;
      lines: readonly LinePart[];
      shipping: boolean;
      restock: boolean;
    }
  | { kind: 'refund-refused'; key: string }
  | { kind: 'refunds-retried'; actor: string }
  | { kind: 'put-aside'; actor: string; why: string }
  | { kind: 'refund-recorded'; refund: Refund };

export type OrderMail =
  | 'order-confirmed'
  | 'order-shipped'
  | 'order-refunded'
  | 'order-expired'
  | 'payment-failed'
  | 'merchant-new-order'
  | 'merchant-needs-review';

/**
 * What the caller must do in the same transaction (stock, rows, mails in the outbox) or queue in it
 * (refunds, closing a session). `key` is the effect's identity.
 */
export type Effect =
  | { kind: 'stock'; move: StockMove; lines: Order['lines'] }
  | { kind: 'record-payment'; payment: Payment }
  | { kind: 'record-refund'; refund: Refund }
  | { kind: 'record-dispute'; entry: DisputeEntry }
  | { kind: 'refund'; request: RefundRequest }
  | { kind: 'expire-session'; sessionId: string }
  | { kind: 'mail'; mail: OrderMail; key: string; reason?: string };

/**
 * `session-unknown` and `payment-unknown`: what this builds on has not arrived yet, try again
 * later. The others are final.
 */
export type Refusal =
  | 'not-allowed'
  | 'session-unknown'
  | 'payment-unknown'
  | 'session-open'
  | 'stock-short'
  | 'not-paid'
  | 'amount'
  | 'lines'
  | 'shipping'
  | 'pieces';
export const RETRY_LATER: readonly Refusal[] = ['session-unknown', 'payment-unknown'];
export type Transition =
  { ok: true; order: Order; effects: Effect[] } | { ok: false; reason: Refusal };

/** A step: nothing changes but what is given. */
export const done = (order: Order, effects: Effect[] = []): Transition => ({
  ok: true,
  order,
  effects,
});
export const refused = (reason: Refusal): Transition => ({ ok: false, reason });

/**
 * Changes the state along {@link NEXT}.
 * @throws Error off the table: a mistake of the caller, never of a user
 */
export function setStatus(order: Order, status: OrderStatus): Order {
  if (!NEXT[order.status].includes(status))
    throw new Error(`Order ${order.number} cannot go from ${order.status} to ${status}`);
  return { ...order, status, reviewReason: status === 'needs_review' ? order.reviewReason : null };
}

/**
 * A mail sent once per order, or once per `id` of what it tells. `reason` says why staff must look.
 */
export const mail = (
  order: Order,
  name: OrderMail,
  id = order.number,
  reason?: string,
): Effect => ({
  kind: 'mail',
  mail: name,
  key: `${name}-${id}`,
  ...(reason === undefined ? {} : { reason }),
});

/** Of each line, what is not among `parts`; lines with nothing left are gone. */
export const without = (lines: readonly LinePart[], parts: readonly LinePart[]): LinePart[] =>
  lines.flatMap(({ sku, quantity }) => {
    const rest =
      quantity -
      parts.filter((part) => part.sku === sku).reduce((sum, part) => sum + part.quantity, 0);
    return rest > 0 ? [{ sku, quantity: rest }] : [];
  });
/** The order's sold pieces that have not come back to stock. */
export const unreturned = (order: Order): LinePart[] =>
  order.holding === 'sold' ? without(order.lines, order.returned) : [];

const AFTER: Readonly<Record<StockMove, Holding>> = {
  reserve: 'reserved',
  release: 'none',
  sell: 'sold',
  take: 'sold',
  restock: 'none',
  return: 'sold',
};
/** Moves the order's pieces, and says so. */
export function moveStock(order: Order, move: StockMove): { order: Order; effects: Effect[] } {
  const lines = move === 'restock' ? unreturned(order) : order.lines;
  return {
    order: { ...order, holding: AFTER[move], returned: [] },
    effects: lines.length === 0 ? [] : [{ kind: 'stock', move, lines }],
  };
}

/**
 * Puts some pieces back in stock; null when the order has fewer that are unreturned. The order goes
 * on, even without any piece.
 */
export function putBack(
  order: Order,
  parts: readonly LinePart[],
): { order: Order; effects: Effect[] } | null {
  const left = unreturned(order);
  if (
    parts.some(
      ({ sku, quantity }) => quantity > (left.find((line) => line.sku === sku)?.quantity ?? 0),
    )
  )
    return null;
  const effects: Effect[] =
    parts.length === 0 ? [] : [{ kind: 'stock', move: 'return', lines: parts }];
  return { order: { ...order, returned: [...order.returned, ...parts] }, effects };
}

/** Releases all pieces the order holds, reserved or sold. */
export function releaseStock(order: Order): { order: Order; effects: Effect[] } {
  if (order.holding === 'none') return { order, effects: [] };
  return moveStock(order, order.holding === 'reserved' ? 'release' : 'restock');
}
