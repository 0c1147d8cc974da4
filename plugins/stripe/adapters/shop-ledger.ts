import { z } from 'zod';
import { statusesThat } from '@comptoir/contracts';
import { literals, rows, type Sql, wrote } from '@comptoir/database';

import { cents } from '../../commerce/domain/cents.ts';
import {
  type Difference,
  DIFFERENCE_KINDS,
  type DifferenceBook,
  type DifferenceKind,
  type LedgerRefund,
  type OurPayment,
  type Period,
  type Side,
} from '../domain/ledger-differences.ts';

const amount = z.int().transform(cents);
const paymentSchema = z.object({
  id: z.string(),
  amount,
  currency: z.string(),
  order: z.string(),
  settled: z.boolean(),
});
const refundSchema = z.object({
  id: z.string(),
  amount,
  currency: z.string(),
  order: z.string(),
  counts: z.boolean(),
});
const differenceSchema = z.object({
  kind: z.enum(DIFFERENCE_KINDS),
  object: z.string(),
  order: z.string().nullable(),
  detail: z.string(),
});
const openSchema = differenceSchema.extend({ foundAt: z.date() });
export type OpenDifference = z.output<typeof openSchema>;

// An order in review is known to staff already, unless it is there for this very reason; one that
// was released must have given its money back.
const PAYMENTS = `select p.stripe_payment_intent as id, p.amount, p.currency, p.order_number as "order",
    (o.status in (${literals(statusesThat('hasHadMoney'))}) and (o.status <> 'needs_review' or o.needs_review_reason <> 'ledger' or o.paid_at is not null) or p.amount <= (select coalesce(sum(r.amount), 0) from refunds r where r.payment_intent = p.stripe_payment_intent and r.status not in ('failed', 'canceled'))) as settled
  from payments p join orders o on o.number = p.order_number where p.livemode = ?`;
const REFUNDS = `select r.stripe_refund as id, r.amount, p.currency, r.order_number as "order", r.status not in ('failed', 'canceled') as counts
  from refunds r join payments p on p.stripe_payment_intent = r.payment_intent where p.livemode = ?`;
const within = (column: string): string =>
  ` and ${column} >= (?::timestamptz at time zone 'UTC') and ${column} < (?::timestamptz at time zone 'UTC')`;

function side<Row>(
  sql: Sql,
  livemode: boolean,
  schema: z.ZodType<Row>,
  { query, at, key }: { query: string; at: string; key: string },
): Side<Row> {
  const read = async (more: string, bindings: readonly unknown[]): Promise<Row[]> =>
    rows(sql, schema, query + more, [livemode, ...bindings]);
  return {
    within: ({ from, to }: Period) => read(within(at), [from.toISOString(), to.toISOString()]),
    byId: (ids) => read(` and ${key} = any(?::text[])`, [ids]),
  };
}

/** The shop's own ledger, of one mode of Stripe's. */
export const shopLedger = (
  sql: Sql,
  livemode: boolean,
): { payments: Side<OurPayment>; refunds: Side<LedgerRefund> } => ({
  payments: side(sql, livemode, paymentSchema, {
    query: PAYMENTS,
    at: 'p.at',
    key: 'p.stripe_payment_intent',
  }),
  refunds: side(sql, livemode, refundSchema, {
    query: REFUNDS,
    at: 'r.created_at',
    key: 'r.stripe_refund',
  }),
});

// A difference that was gone and comes back is new; one that staff have dismissed stays dismissed.
const REPORT = `insert into stripe_differences as d (kind, object, order_number, detail) values (?, ?, ?, ?)
  on conflict (kind, object) do update set detail = excluded.detail, found_at = now(), resolved_at = null where d.resolved_at is not null and d.resolved_by is null`;
const IS_KNOWN =
  'select 1 from stripe_differences where kind = ? and object = ? and (resolved_at is null or resolved_by is not null)';
const OPEN = `select kind, object, order_number as "order", detail, found_at as "foundAt" from stripe_differences where resolved_at is null order by found_at, object`;
const RESOLVE =
  'update stripe_differences set resolved_at = now(), resolved_by = ? where kind = ? and object = ? and resolved_at is null returning 1';

/** Open differences, longest ago first. */
export const openDifferences = (sql: Sql): Promise<OpenDifference[]> => rows(sql, openSchema, OPEN);

/** Staff have dealt with a difference: it is not reported again. @returns whether it was open */
export const dismissDifference = (
  sql: Sql,
  { kind, object }: { kind: DifferenceKind; object: string },
  actor: string,
): Promise<boolean> => wrote(sql, RESOLVE, [actor, kind, object]);

/** Differences in the table `stripe_differences`. */
export const differenceBook = (sql: Sql): DifferenceBook => ({
  open: () => openDifferences(sql),
  isNews: async ({ kind, object }) => !(await wrote(sql, IS_KNOWN, [kind, object])),
  report: async ({ kind, object, order, detail }: Difference) => {
    await sql.raw(REPORT, [kind, object, order, detail]);
  },
  resolve: async ({ kind, object }) => {
    await sql.raw(RESOLVE, [null, kind, object]);
  },
});

const stateSchema = z.object({ comparedAt: z.date().nullable() });
/** When both ledgers were last compared. */
export async function lastCompared(sql: Sql): Promise<Date | null> {
  const [state] = await rows(
    sql,
    stateSchema,
    'select compared_at as "comparedAt" from stripe_state',
  );
  return state?.comparedAt ?? null;
}
export const noteCompared = async (sql: Sql, at: Date): Promise<void> => {
  await sql.raw('update stripe_state set compared_at = ?::timestamptz', [at.toISOString()]);
};
