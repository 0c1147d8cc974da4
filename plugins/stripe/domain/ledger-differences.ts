import type { Cents } from '../../commerce/domain/cents.ts';

/** Ways in which Stripe's account and our ledger can disagree. */
export const DIFFERENCE_KINDS = [
  'paid_without_order',
  'payment_differs',
  'payment_missing_at_stripe',
  'refund_unrecorded',
  'refund_differs',
  'refund_missing_at_stripe',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];
/**
 * One disagreement about one object (`pi_…`, `re_…`). `detail` is for staff and logs, without
 * personal data.
 */
export interface Difference {
  kind: DifferenceKind;
  object: string;
  order: string | null;
  detail: string;
}

export interface Amount {
  id: string;
  amount: Cents;
  currency: string;
  order: string | null;
}
/** A payment that succeeded, as Stripe has it. */
export type TheirPayment = Amount;
/** A payment row. `settled`: its order is paid, is before staff already, or the money went back. */
export interface OurPayment extends Amount {
  settled: boolean;
}
/** A refund; `counts`: its money is gone or going. */
export interface LedgerRefund extends Amount {
  counts: boolean;
}

export interface Period {
  from: Date;
  to: Date;
}
/** One side's rows: all of a period, and single ones by id. */
export interface Side<Row> {
  within(period: Period): Promise<Row[]>;
  byId(ids: readonly string[]): Promise<Row[]>;
}
/** Where differences are kept until they are gone, or staff have dealt with them. */
export interface DifferenceBook {
  open(): Promise<Difference[]>;
  /** Whether it is neither open nor dismissed by staff. */
  isNews(difference: Difference): Promise<boolean>;
  report(difference: Difference): Promise<void>;
  resolve(difference: Difference): Promise<void>;
}

const money = ({ amount, currency }: Amount): string =>
  `${(amount / 100).toFixed(2)} ${currency.toUpperCase()}`;
const alike = (left: Amount, right: Amount): boolean =>
  left.amount === right.amount && left.currency.toLowerCase() === right.currency.toLowerCase();

/** What is wrong about one payment; null when both sides agree. */
export function comparePayment(
  theirs: TheirPayment | null,
  ours: OurPayment | null,
): Difference | null {
  if (theirs && !ours)
    return {
      kind: 'paid_without_order',
      object: theirs.id,
      order: theirs.order,
      detail: `Stripe took ${money(theirs)}, which no order here has received`,
    };
  if (!ours) return null;
  const { id: object, order } = ours;
  if (!theirs)
    return {
      kind: 'payment_missing_at_stripe',
      object,
      order,
      detail: `the ledger has ${money(ours)}, which Stripe does not know as paid`,
    };
  if (!alike(theirs, ours))
    return {
      kind: 'payment_differs',
      object,
      order,
      detail: `Stripe took ${money(theirs)}, the ledger has ${money(ours)}`,
    };
  return ours.settled
    ? null
    : {
        kind: 'paid_without_order',
        object,
        order,
        detail: `${money(ours)} came in and stayed, and the order is not paid`,
      };
}

/**
 * What is wrong about one refund; null when both sides agree. One that failed moved nothing and
 * needs no row.
 */
export function compareRefund(
  theirs: LedgerRefund | null,
  ours: LedgerRefund | null,
): Difference | null {
  if (theirs && !ours)
    return theirs.counts
      ? {
          kind: 'refund_unrecorded',
          object: theirs.id,
          order: theirs.order,
          detail: `Stripe gave ${money(theirs)} back, which the ledger does not have`,
        }
      : null;
  if (!ours) return null;
  const { id: object, order } = ours;
  if (!theirs)
    return ours.counts
      ? {
          kind: 'refund_missing_at_stripe',
          object,
          order,
          detail: `the ledger gave ${money(ours)} back, which Stripe does not know`,
        }
      : null;
  if (!alike(theirs, ours))
    return {
      kind: 'refund_differs',
      object,
      order,
      detail: `Stripe gave ${money(theirs)} back, the ledger has ${money(ours)}`,
    };
  return theirs.counts === ours.counts
    ? null
    : {
        kind: 'refund_differs',
        object,
        order,
        detail: `${money(ours)}: ${theirs.counts ? 'made at Stripe, failed in the ledger' : 'failed at Stripe, made in the ledger'}`,
      };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/**
 * What to compare: three days more than is new, so that late money is seen; thirty days the first
 * time. The last hour is left to webhooks.
 */
export const comparisonWindow = (last: Date | null, now: Date): { from: Date; to: Date } => ({
  from: new Date(last === null ? now.getTime() - 30 * DAY : last.getTime() - 3 * DAY),
  to: new Date(now.getTime() - HOUR),
});
