import { z } from 'zod';
import { ORDER_NUMBER_PATTERN } from '@comptoir/contracts';

import type { DisputeEntry, Order, Payment, Refund } from '../domain/order-model.ts';
import type { Delivery, OrderStore, Placement, TimelineEntry } from '../domain/order-ports.ts';
import { RECORD, recordOf, recordSchema, REQUEST, wishSchema } from './order-rows.ts';
import { INSTANT, instant, jsonOf, rows, STAMP_VALUES, STAMPS, wrote } from './sql.ts';
import type { Sql } from './stock-ledger.ts';

const INSERT = `with placed as (insert into orders (${STAMPS}, number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total,
    promotion_code, test_mode, payment_attempt, delivery, min_days, max_days, placed_at)
  values (${STAMP_VALUES}, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ${INSTANT}) on conflict (idempotency_key) do nothing returning number),
  lined as (insert into order_lines (${STAMPS}, order_number, position, sku, reference, title, label, unit_price, quantity, discount, total, vat_rate, weight)
  select ${STAMP_VALUES}, placed.number, position - 1, l ->> 'sku', l ->> 'reference', l ->> 'title', l ->> 'label', (l ->> 'unitPrice')::int, (l ->> 'quantity')::int, (l ->> 'discount')::int,
    (l ->> 'total')::int, (l ->> 'vatRate')::int, (l ->> 'weight')::int from placed, jsonb_array_elements(?::jsonb) with ordinality as lines (l, position))
  select 1 from placed`;
/** `status` right of an equals sign is the one before. */
const SAVE = `update orders set status = ?, reviewed_from = case when ? <> 'needs_review' then null when status = 'needs_review' then reviewed_from else status end, needs_review_reason = ?, payment_attempt = ?, stripe_session_id = ?, payment_url = ?, session_expires_at = ${INSTANT},
    tracking_carrier = ?, tracking_number = ?, paid_at = ${INSTANT}, shipped_at = ${INSTANT}, updated_at = now() at time zone 'UTC' where number = ?`;
const PAYMENT = `insert into payments (${STAMPS}, order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at) values (${STAMP_VALUES}, ?, ?, ?, ?, ?, ?, ${INSTANT})`;
const REFUND_NEWS = `update refunds set status = ?, updated_at = now() at time zone 'UTC' where stripe_refund = ? returning 1`;
const REFUND = `insert into refunds (${STAMPS}, order_number, payment_intent, stripe_refund, request_key, amount, reason, actor, status) values (${STAMP_VALUES}, ?, ?, ?, ?, ?, ?, ?, ?)`;
const DISPUTE = `insert into disputes (${STAMPS}, order_number, payment_intent, stripe_dispute, reference, entry, amount, currency, status, at) values (${STAMP_VALUES}, ?, ?, ?, ?, ?, ?, ?, ?, ${INSTANT})`;
const EVENT = `insert into order_events (${STAMPS}, order_number, at, kind, actor, detail) values (${STAMP_VALUES}, ?, ${INSTANT}, ?, ?, ?::jsonb)`;
const REFUND_REQUEST = `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor, lines, shipping, requested_at) values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)`;
/** One that was refused stays so, also when the provider makes it after all: its refund says that. */
const SETTLE_REQUEST = `update refund_requests set state = ? where key = ? and state = 'open'`;
/** One branch per index; `which` says whose. */
const heldBy = (
  which: string,
): string => `select number from orders where status = 'pending' and ${which}
  union select number from orders where total = 0 and status not in ('expired', 'cancelled', 'refunded') and ${which} and placed_at > ${INSTANT}`;
const HELD = `select count(distinct o.number)::int as orders, coalesce(sum(l.quantity), 0)::int as pieces from orders o left join order_lines l on l.order_number = o.number
  where o.number <> ? and o.number in (${heldBy('client_hash = ?')} union ${heldBy('lower(email) = ?')})`;

const numberSchema = z.object({ number: z.string() });
const keySchema = z.object({ number: z.string(), requestHash: z.string() });
const heldSchema = z.object({ orders: z.int(), pieces: z.int() });
const wishRow = z.object({ number: z.string(), wish: jsonOf(wishSchema) });
const numbers = async (sql: Sql, query: string, bindings: readonly unknown[]): Promise<string[]> =>
  (await rows(sql, numberSchema, query, bindings)).map(({ number }) => number);

const insert = (sql: Sql, p: Placement): Promise<boolean> =>
  wrote(sql, INSERT, [
    p.number,
    p.locale,
    p.email,
    p.country,
    p.idempotencyKey,
    p.requestHash,
    p.clientHash,
    p.subtotal,
    p.discount,
    p.shipping,
    p.total,
    p.promotionCode,
    p.testMode,
    p.delivery,
    p.minDays,
    p.maxDays,
    instant(p.placedAt),
    JSON.stringify(p.lines),
  ]);

async function save(sql: Sql, o: Order): Promise<void> {
  await sql.raw(SAVE, [
    o.status,
    o.status,
    o.reviewReason,
    o.paymentAttempt,
    o.sessionId,
    o.paymentUrl,
    instant(o.sessionExpiresAt),
    o.tracking?.carrier ?? null,
    o.tracking?.number ?? null,
    instant(o.paidAt),
    instant(o.shippedAt),
    o.number,
  ]);
}

async function addRefund(
  sql: Sql,
  number: string,
  { id, paymentIntent, amount, status, reason, actor, key }: Refund,
): Promise<void> {
  if (await wrote(sql, REFUND_NEWS, [status, id])) return;
  await sql.raw(REFUND, [number, paymentIntent, id, key, amount, reason, actor, status]);
  if (key !== null) await sql.raw(SETTLE_REQUEST, ['made', key]);
}

async function held(
  sql: Sql,
  { clientHash, email, except, freeSince }: Parameters<OrderStore['held']>[0],
): Promise<{ orders: number; pieces: number }> {
  const asker = email.toLowerCase();
  // In one order for everyone, so that two who share an address never wait for each other.
  await sql.raw('select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(?::text[]) k', [
    [`buyer:${clientHash}`, `buyer:${asker}`].sort(),
  ]);
  const since = instant(freeSince);
  const [sum] = await rows(sql, heldSchema, HELD, [
    except,
    clientHash,
    clientHash,
    since,
    asker,
    asker,
    since,
  ]);
  return sum ?? { orders: 0, pieces: 0 };
}

async function record(sql: Sql, number: string) {
  // An address may hold anything, a byte that Postgres refuses too.
  if (!ORDER_NUMBER_PATTERN.test(number)) return null;
  const [row] = await rows(sql, recordSchema, RECORD, [number]);
  return row ? recordOf(row) : null;
}

// Oldest first, from the one after another on; ties go by number.
const pending = (
  time: 'placed_at' | 'session_expires_at',
  which: string,
): string => `select number from orders where status = 'pending' and ${which} and ${time} < ${INSTANT}
  and (${time}, number) > (coalesce((select ${time} from orders where number = ?), '-infinity'), coalesce(?::text, '')) order by ${time}, number limit ?`;
const WITHOUT_SESSION = pending('placed_at', 'stripe_session_id is null');
const OVERDUE = pending('session_expires_at', 'true');
const WISHES = `select q.order_number as number, ${REQUEST} as wish from refund_requests q
  where q.state = 'open' and q.id > coalesce((select id from refund_requests where key = ?), 0) order by q.id limit ?`;

/** Orders in Postgres, for one transaction (or, for reads, any connection). */
export const ordersSql = (sql: Sql): OrderStore => ({
  byKey: async (key) =>
    (
      await rows(
        sql,
        keySchema,
        'select number, request_hash as "requestHash" from orders where idempotency_key = ?',
        [key],
      )
    )[0] ?? null,
  insert: (placement) => insert(sql, placement),
  lock: async (number) =>
    ORDER_NUMBER_PATTERN.test(number) &&
    (await wrote(sql, 'select 1 from orders where number = ? for update', [number]))
      ? record(sql, number)
      : null,
  read: (number) => record(sql, number),
  save: (order) => save(sql, order),
  setDelivery: async (number, { address, phone }: Delivery) => {
    await sql.raw(
      'update orders set shipping_address = ?::jsonb, customer_name = ?, phone = ? where number = ?',
      [address && JSON.stringify(address), address?.name ?? null, phone, number],
    );
  },
  addPayment: async (number, p: Payment) => {
    await sql.raw(PAYMENT, [
      number,
      p.paymentIntent,
      p.sessionId,
      p.amount,
      p.currency,
      p.livemode,
      instant(p.at),
    ]);
  },
  addRefund: (number, refund) => addRefund(sql, number, refund),
  addRefundRequest: async (number, wish, at) => {
    await sql.raw(REFUND_REQUEST, [
      wish.key,
      number,
      wish.paymentIntent,
      wish.amount,
      wish.reason,
      wish.actor,
      JSON.stringify(wish.lines),
      wish.shipping,
      instant(at),
    ]);
  },
  refuseRefundRequest: async (key) => {
    await sql.raw(SETTLE_REQUEST, ['refused', key]);
  },
  addDispute: async (number, d: DisputeEntry) => {
    await sql.raw(DISPUTE, [
      number,
      d.paymentIntent,
      d.disputeId,
      d.reference,
      d.entry,
      d.amount,
      d.currency,
      d.status,
      instant(d.at),
    ]);
  },
  addEvent: async (number, { kind, actor, at, detail }: TimelineEntry) => {
    await sql.raw(EVENT, [number, instant(at), kind, actor, JSON.stringify(detail)]);
  },
  held: (by) => held(sql, by),
  withoutSession: (before, limit, after) =>
    numbers(sql, WITHOUT_SESSION, [instant(before), after, after, limit]),
  overdue: (at, limit, after) => numbers(sql, OVERDUE, [instant(at), after, after, limit]),
  numbersOf: (email, number, limit) =>
    numbers(
      sql,
      'select number from orders where lower(email) = ? and number = coalesce(?, number) order by placed_at desc limit ?',
      [email.toLowerCase(), number ?? null, limit],
    ),
  openWishes: (limit, after) => rows(sql, wishRow, WISHES, [after, limit]),
});
