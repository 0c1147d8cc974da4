import { type Cents, cents } from '../../commerce/domain/cents.ts';
import type { DisputeEntry } from '../../commerce/domain/order-model.ts';
import { INQUIRY } from '../../commerce/domain/order-money.ts';

/**
 * A dispute as Stripe knows it now; what moved because of it with an amount below zero when it was
 * taken from us.
 */
export interface DisputeNow {
  id: string;
  paymentIntent: string;
  amount: Cents;
  currency: string;
  status: string;
  openedAt: Date;
  readAt: Date;
  funds: readonly { id: string; amount: Cents; currency: string; at: Date }[];
}

/** Stripe's statuses of a dispute that is over. */
const OVER: readonly string[] = ['won', 'lost', 'warning_closed', 'prevented'];

/**
 * The ledger rows of a dispute as it stands now. Read at any moment and any number of times, the
 * row of one reference is the same.
 */
export function entriesOf({
  id,
  paymentIntent,
  amount,
  currency,
  status,
  openedAt,
  readAt,
  funds,
}: DisputeNow): DisputeEntry[] {
  const row = { disputeId: id, paymentIntent, currency, status };
  const reference = status.startsWith(INQUIRY) ? `${id}-inquiry` : id;
  return [
    { ...row, reference, entry: 'opened', amount, at: openedAt },
    ...funds.map((moved): DisputeEntry => ({
      ...row,
      reference: moved.id,
      entry: 'funds',
      amount: moved.amount,
      currency: moved.currency,
      at: moved.at,
    })),
    ...(OVER.includes(status)
      ? [
          {
            ...row,
            reference: `${reference}-closed`,
            entry: 'closed' as const,
            amount: status === 'lost' ? amount : cents(0),
            at: readAt,
          },
        ]
      : []),
  ];
}
