import { ORDER_STATUSES, type OrderStatus } from './orders.ts';

/**
 * What a status says about an order. A question about several statuses is a column here, never a
 * list elsewhere.
 */
export interface StatusFacts {
  /** Money came for it, or nothing was to pay: no payment is due. */
  hasHadMoney: boolean;
  /** Its buyer has paid and is being, or was, served. */
  sold: boolean;
  /** It was given up before it was paid: its pieces and its code are free again. */
  released: boolean;
  /** Its parcel is to be made up and sent. */
  toSend: boolean;
  /** Staff have to act on it. */
  awaitsStaff: boolean;
  /** Sold pieces may still be in the house, as long as no parcel has left. */
  mayHaveUnsentPieces: boolean;
  /** Pieces are its own: reserved, sold or sent. */
  keepsPieces: boolean;
  /** Staff may cancel it, before a parcel has left. */
  cancellable: boolean;
  /** Staff may give money back. */
  refundable: boolean;
  /** A payment page of it may still take money that the order waits for. */
  pageMayBeOpen: boolean;
}

/** The one table of what each status means; a new status answers every question. */
export const STATUS_FACTS: Readonly<Record<OrderStatus, Readonly<StatusFacts>>> = {
  pending: {
    hasHadMoney: false,
    sold: false,
    released: false,
    toSend: false,
    awaitsStaff: false,
    mayHaveUnsentPieces: false,
    keepsPieces: true,
    cancellable: true,
    refundable: false,
    pageMayBeOpen: true,
  },
  paid: {
    hasHadMoney: true,
    sold: true,
    released: false,
    toSend: true,
    awaitsStaff: true,
    mayHaveUnsentPieces: true,
    keepsPieces: true,
    cancellable: true,
    refundable: true,
    pageMayBeOpen: false,
  },
  preparing: {
    hasHadMoney: true,
    sold: true,
    released: false,
    toSend: true,
    awaitsStaff: true,
    mayHaveUnsentPieces: true,
    keepsPieces: true,
    cancellable: true,
    refundable: true,
    pageMayBeOpen: false,
  },
  shipped: {
    hasHadMoney: true,
    sold: true,
    released: false,
    toSend: false,
    awaitsStaff: false,
    mayHaveUnsentPieces: false,
    keepsPieces: true,
    cancellable: false,
    refundable: true,
    pageMayBeOpen: false,
  },
  expired: {
    hasHadMoney: false,
    sold: false,
    released: true,
    toSend: false,
    awaitsStaff: false,
    mayHaveUnsentPieces: false,
    keepsPieces: false,
    cancellable: false,
    refundable: false,
    pageMayBeOpen: false,
  },
  cancelled: {
    hasHadMoney: false,
    sold: false,
    released: true,
    toSend: false,
    awaitsStaff: false,
    mayHaveUnsentPieces: false,
    keepsPieces: false,
    cancellable: false,
    refundable: false,
    pageMayBeOpen: false,
  },
  needs_review: {
    hasHadMoney: true,
    sold: false,
    released: false,
    toSend: false,
    awaitsStaff: true,
    mayHaveUnsentPieces: true,
    keepsPieces: true,
    cancellable: true,
    refundable: true,
    pageMayBeOpen: true,
  },
  refunded: {
    hasHadMoney: true,
    sold: false,
    released: false,
    toSend: false,
    awaitsStaff: false,
    mayHaveUnsentPieces: false,
    keepsPieces: false,
    cancellable: false,
    refundable: false,
    pageMayBeOpen: false,
  },
};

/** The statuses of which a fact holds, in the order of {@link ORDER_STATUSES}. */
export const statusesThat = (fact: keyof StatusFacts): OrderStatus[] =>
  ORDER_STATUSES.filter((status) => STATUS_FACTS[status][fact]);
