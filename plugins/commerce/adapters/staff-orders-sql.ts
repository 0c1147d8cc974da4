import { z } from 'zod';
import {
  type Cents,
  centsSchema,
  ORDER_STATUSES,
  STATUS_FACTS,
  statusesThat,
} from '@comptoir/contracts';
import { jsonOf, literals, rows, type Sql, zoned } from '@comptoir/database';

import { REVIEW_REASONS } from '../domain/order-model.ts';
import {
  type OrderFilter,
  type OrderListMeta,
  type OrderListQuery,
  type OrderSummary,
  TO_ACT_ON,
  type Today,
} from '../domain/staff-order-api.ts';

const iso = z.date().transform((at) => at.toISOString());
const summarySchema = z.object({
  number: z.string(),
  status: z.enum(ORDER_STATUSES),
  reviewReason: z.enum(REVIEW_REASONS).nullable(),
  testMode: z.boolean(),
  email: z.string(),
  customerName: z.string().nullable(),
  country: z.string(),
  delivery: z.string(),
  pieces: z.int(),
  total: centsSchema,
  refunded: centsSchema,
  placedAt: iso,
  paidAt: iso.nullable(),
});
/** Euros given back of an order's own price: the return of a second payment is none of it. */
const REFUNDED = `
  case when o.paid_at is null then 0 else (
    select greatest(0, least(back.sum, o.total - coalesce((
        select sum(p.amount) from payments p
        where p.order_number = o.number and lower(p.currency) = 'eur'), 0) + back.sum))::int
    from (
      select coalesce(sum(r.amount), 0) as sum
      from refunds r join payments p on p.stripe_payment_intent = r.payment_intent
      where r.order_number = o.number and r.status not in ('failed', 'canceled')
        and lower(p.currency) = 'eur'
    ) back
  ) end`;
const SUMMARY = `
  select o.number, o.status, o.needs_review_reason as "reviewReason", o.test_mode as "testMode",
    o.email, o.customer_name as "customerName", o.country, coalesce(o.delivery, '') as delivery,
    o.total,
    (select coalesce(sum(l.quantity), 0)::int from order_lines l
      where l.order_number = o.number) as pieces,
    ${REFUNDED} as refunded,
    ${zoned('o.placed_at')} as "placedAt", ${zoned('o.paid_at')} as "paidAt"
  from orders o`;
// What staff must look at comes first in every list; then what has waited longest where something
// is to be done, else the newest.
const waits = (filter: OrderListQuery['filter']): boolean =>
  filter === 'todo' || (filter !== undefined && STATUS_FACTS[filter].toSend);
const order = (filter: OrderListQuery['filter']): string =>
  `order by (o.status = 'needs_review') desc, o.placed_at ${waits(filter) ? 'asc' : 'desc'}, o.number`;

/** Text without the wildcards of `ilike`. */
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** Conditions of a list, with their bindings by name. */
function conditions({ search, filter }: OrderListQuery): {
  where: string;
  bindings: Readonly<Record<string, unknown>>;
} {
  const parts: string[] = [];
  if (filter !== undefined) parts.push('o.status = any(:statuses::text[])');
  if (search !== '')
    parts.push(
      '(o.number ilike :search or o.email ilike :search or o.customer_name ilike :search)',
    );
  return {
    where: parts.length === 0 ? '' : ` where ${parts.join(' and ')}`,
    bindings: {
      statuses: filter === 'todo' ? TO_ACT_ON : [filter ?? null],
      search: `%${escaped(search)}%`,
    },
  };
}

const countSchema = z.object({ status: z.enum(ORDER_STATUSES), count: z.int() });
const totalSchema = z.object({ count: z.int() });

/** How many orders are in each state. */
async function countsOf(sql: Sql): Promise<Record<OrderFilter, number>> {
  const found = await rows(
    sql,
    countSchema,
    'select status, count(*)::int as count from orders group by status',
  );
  const count = (statuses: readonly string[]): number =>
    found
      .filter(({ status }) => statuses.includes(status))
      .reduce((sum, one) => sum + one.count, 0);
  const each = Object.fromEntries(ORDER_STATUSES.map((status) => [status, count([status])]));
  return { todo: count(TO_ACT_ON), ...each } as Record<OrderFilter, number>;
}

/** One page of orders. */
export async function listOrders(
  sql: Sql,
  query: OrderListQuery,
): Promise<{ data: OrderSummary[]; meta: OrderListMeta }> {
  const { where, bindings } = conditions(query);
  const { page, pageSize } = query;
  const list = `${SUMMARY}${where} ${order(query.filter)} limit :limit offset :offset`;
  const data = await rows(sql, summarySchema, list, {
    ...bindings,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const count = `select count(*)::int as count from orders o${where}`;
  const [total] = await rows(sql, totalSchema, count, bindings);
  return { data, meta: { page, pageSize, total: total?.count ?? 0, counts: await countsOf(sql) } };
}

const eventSchema = z.object({
  at: iso,
  kind: z.string(),
  actor: z.string(),
  detail: jsonOf(z.record(z.string(), z.unknown())),
});
const movementSchema = z.object({
  at: iso,
  sku: z.string(),
  delta: z.int(),
  reservedDelta: z.int(),
  actor: z.string(),
});
type TimelineEvent = z.output<typeof eventSchema>;
type TimelineMovement = z.output<typeof movementSchema>;

const refundSchema = z.object({ id: z.string(), at: iso });
type RefundTime = z.output<typeof refundSchema>;

const EVENTS = `
  select ${zoned('at')} as at, kind, actor, detail from order_events
  where order_number = ? order by id`;
const MOVEMENTS = `
  select ${zoned('created_at')} as at, sku, delta, reserved_delta as "reservedDelta", actor
  from stock_movements where order_number = ? order by id`;
const REFUND_TIMES = `
  select stripe_refund as id, ${zoned('created_at')} as at from refunds
  where order_number = ? order by id`;

/** What an order's own tables tell of its life, oldest first. */
export const timelineOf = async (
  sql: Sql,
  number: string,
): Promise<{ events: TimelineEvent[]; movements: TimelineMovement[]; refunds: RefundTime[] }> => ({
  events: await rows(sql, eventSchema, EVENTS, [number]),
  movements: await rows(sql, movementSchema, MOVEMENTS, [number]),
  refunds: await rows(sql, refundSchema, REFUND_TIMES, [number]),
});

const todaySchema = z.object({
  orders: z.int(),
  testOrders: z.int(),
  revenue: centsSchema,
  toPrepare: z.int(),
  needsReview: z.int(),
});
// Stored instants are UTC without a zone; the day is the shop's.
const DAY = `(
  select date_trunc('day', now() at time zone 'Europe/Paris')
    at time zone 'Europe/Paris' at time zone 'UTC' as start)`;
const RECEIVED = `
  select coalesce(sum(p.amount), 0)::int
  from payments p join orders o on o.number = p.order_number, day
  where p.at >= day.start and p.livemode and not o.test_mode and lower(p.currency) = 'eur'`;
const GIVEN_BACK = `
  select coalesce(sum(r.amount), 0)::int
  from refunds r join orders o on o.number = r.order_number
    join payments p on p.stripe_payment_intent = r.payment_intent, day
  where r.created_at >= day.start and r.status not in ('failed', 'canceled')
    and p.livemode and not o.test_mode and lower(p.currency) = 'eur'`;
const TODAY = `
  with day as ${DAY}
  select
    (select count(*)::int from orders, day
      where paid_at >= day.start and not test_mode) as orders,
    (select count(*)::int from orders, day
      where paid_at >= day.start and test_mode) as "testOrders",
    (${RECEIVED}) - (${GIVEN_BACK}) as revenue,
    (select count(*)::int from orders
      where status in (${literals(statusesThat('toSend'))})) as "toPrepare",
    (select count(*)::int from orders where status = 'needs_review') as "needsReview"`;

/** The day's figures; test orders and test money never count as the shop's. */
export async function todayFigures(
  sql: Sql,
): Promise<Omit<Today, 'failures' | 'revenue'> & { revenue: Cents }> {
  const [figures] = await rows(sql, todaySchema, TODAY);
  if (!figures) throw new Error('The figures of the day have no row');
  return figures;
}
