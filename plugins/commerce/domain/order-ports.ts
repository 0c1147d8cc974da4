import type { Locale, ShippingAddress } from '@comptoir/contracts';
import type { MailKind, MailMessage } from '@comptoir/contracts/mails';

import type { PricedLine, ShippingRate } from './cart-pricing.ts';
import type { Cents } from './cents.ts';
import type {
  DisputeEntry,
  Order,
  OrderMail,
  Payment,
  Pieces,
  Refund,
  RefundRequest,
  StockMove,
} from './order-model.ts';
import type { Promotion } from './promotion.ts';

/**
 * What was sold, frozen: the catalogue may change or forget it. Cents VAT included, basis points,
 * grams a piece.
 */
export interface OrderedLine {
  sku: string;
  reference: string;
  title: string;
  label: string;
  unitPrice: Cents;
  quantity: number;
  discount: Cents;
  total: Cents;
  vatRate: number;
  weight: number;
}

/** What stays as it was when the order was placed. */
export interface Placement {
  number: string;
  email: string;
  locale: Locale;
  country: string;
  idempotencyKey: string;
  requestHash: string;
  /** Keyed hash of the buyer's address, for the limits. */
  clientHash: string;
  lines: readonly OrderedLine[];
  promotionCode: string | null;
  subtotal: Cents;
  discount: Cents;
  shipping: Cents;
  total: Cents;
  /** How it is sent, in the buyer's words; empty when there was one way only. */
  delivery: string;
  minDays: number;
  maxDays: number;
  testMode: boolean;
  placedAt: Date;
}
/** An order as stored: the state with its ledger rows, and what surrounds it. */
export interface OrderRecord {
  order: Order;
  placement: Placement;
  delivery: Delivery;
}
/** Known once the payment page has asked for it. */
export interface Delivery {
  address: ShippingAddress | null;
  phone: string | null;
}
export interface TimelineEntry {
  kind: string;
  actor: string;
  at: Date;
  detail: Record<string, unknown>;
}

/** Orders and their rows inside one transaction. */
export interface OrderStore {
  /** The order that has an idempotency key; null when it is free. */
  byKey(key: string): Promise<{ number: string; requestHash: string } | null>;
  /**
   * Writes order and lines; false, and nothing written, when the key is taken (waits for a
   * transaction that is about to take it).
   */
  insert(placement: Placement): Promise<boolean>;
  /** Locks the order until the transaction ends, then reads it. */
  lock(number: string): Promise<OrderRecord | null>;
  read(number: string): Promise<OrderRecord | null>;
  /** Stores what a transition may change: state, session, tracking, instants. */
  save(order: Order): Promise<void>;
  setDelivery(number: string, delivery: Delivery): Promise<void>;
  addPayment(number: string, payment: Payment): Promise<void>;
  /** Inserts a refund, or brings its status up to date; the request whose key it bears is made. */
  addRefund(number: string, refund: Refund): Promise<void>;
  /**
   * Keeps a refund that is owed until it is made or refused.
   * @throws when the key was used before
   */
  addRefundRequest(number: string, request: RefundRequest, at: Date): Promise<void>;
  /** The provider will not make it. */
  refuseRefundRequest(key: string): Promise<void>;
  addDispute(number: string, entry: DisputeEntry): Promise<void>;
  addEvent(number: string, entry: TimelineEntry): Promise<void>;
  /**
   * What other orders of this address or e-mail took without money: the unpaid ones, and the free
   * ones placed after `freeSince` that still have their pieces. Transactions of one buyer take
   * turns until they end.
   */
  held(by: {
    clientHash: string;
    email: string;
    except: string;
    freeSince: Date;
  }): Promise<{ orders: number; pieces: number }>;
  /**
   * Pending orders whose payment page is not known, placed before an instant; oldest first, from
   * the one after `after` on (null = all).
   */
  withoutSession(before: Date, limit: number, after: string | null): Promise<string[]>;
  /**
   * Pending orders whose payment page has run out of time by an instant; longest ago first, from
   * the one after `after` on (null = all).
   */
  overdue(at: Date, limit: number, after: string | null): Promise<string[]>;
  /** Numbers of an address, newest first. */
  numbersOf(email: string, number: string | undefined, limit: number): Promise<string[]>;
  /**
   * Refunds that were asked for and neither made nor refused, oldest first, from the one after that
   * of the key `after` on (null = all).
   */
  openRefundRequests(
    limit: number,
    after: string | null,
  ): Promise<{ number: string; request: RefundRequest }[]>;
}

/**
 * Stock inside one transaction. Both methods lock the SKUs in order, so that two of them never
 * deadlock.
 */
export interface Stock {
  /** Whether all the pieces could be taken now. */
  pieces(lines: Order['lines']): Promise<Pieces>;
  /**
   * Moves an order's pieces, with movement rows and what shoppers are told. False, and nothing
   * written, when they are not there.
   */
  move(number: string, move: StockMove, lines: Order['lines'], actor: string): Promise<boolean>;
}

export interface Promotions {
  find(code: string): Promise<Promotion | null>;
  /**
   * Takes one use, unless the order has one already; false when none is left. Buyers of one code
   * take turns.
   */
  use(code: string, number: string): Promise<boolean>;
  /** Gives an order's use back, if it has one. */
  release(number: string): Promise<void>;
}

/** Prices as shoppers see them now. */
export interface Prices {
  /** One line per SKU asked, in order; unknown ones have `known: false`. */
  lines(cart: readonly { sku: string; quantity: number }[], locale: Locale): Promise<PricedLine[]>;
  settings(locale: Locale): Promise<{ open: boolean; rates: ShippingRate[]; email: string }>;
}

/** The outbox, in the order's transaction. */
export interface Mails {
  enqueue(mail: OrderMailMessage): Promise<void>;
}
/** A mail that commerce writes. */
export type OrderMailMessage = MessageOf<OrderMail | 'order-link' | 'merchant-low-stock'>;
type MessageOf<Kinds extends MailKind> = { [K in Kinds]: MailMessage<K> }[Kinds];

/** Everything one transaction can reach. */
export interface Unit {
  orders: OrderStore;
  stock: Stock;
  promotions: Promotions;
  prices: Prices;
  mails: Mails;
}
export type InTransaction = <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;

/** Addresses of pages, complete. */
export interface Links {
  order(number: string, locale: Locale): string;
  staff(number: string): string;
}
/** What every use case on orders needs. */
export interface OrderPorts {
  inTransaction: InTransaction;
  now(): Date;
  links: Links;
}
