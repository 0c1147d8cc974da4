import { z } from 'zod';
import { ORDER_NUMBER_PATTERN, statusesThat } from '@comptoir/contracts';
import {
  type Bindings,
  instant,
  instantOf,
  jsonOf,
  literals,
  rows,
  type Sql,
  STAMP_VALUES,
  STAMPS,
  wrote,
} from '@comptoir/database';

import type { DisputeEntry, Order, Payment, Refund, RefundRequest } from '../domain/order-model.ts';
import type {
  Delivery,
  OrderRecord,
  OrderStore,
  Placement,
  TimelineEntry,
} from '../domain/order-ports.ts';
import { RECORD, recordOf, recordSchema, refundRequestSchema, REQUEST } from './order-rows.ts';

const NOW = `now() at time zone 'UTC'`;

const BY_KEY = `
  select number, request_hash as "requestHash" from orders where idempotency_key = ?`;
const INSERT = `
  with placed as (
    insert into orders (${STAMPS}, number, status, locale, email, country, idempotency_key,
      request_hash, client_hash, subtotal, discount, shipping, total, promotion_code, test_mode,
      payment_attempt, delivery, min_days, max_days, placed_at)
    values (${STAMP_VALUES}, :number, 'pending', :locale, :email, :country, :idempotencyKey,
      :requestHash, :clientHash, :subtotal, :discount, :shipping, :total, :promotionCode, :testMode,
      0, :delivery, :minDays, :maxDays, ${instantOf('placedAt')})
    on conflict (idempotency_key) do nothing
    returning number
  ), lined as (
    insert into order_lines (${STAMPS}, order_number, position, sku, reference, title, label,
      unit_price, quantity, discount, total, vat_rate, weight)
    select ${STAMP_VALUES}, placed.number, position - 1, l ->> 'sku', l ->> 'reference',
      l ->> 'title', l ->> 'label', (l ->> 'unitPrice')::int, (l ->> 'quantity')::int,
      (l ->> 'discount')::int, (l ->> 'total')::int, (l ->> 'vatRate')::int, (l ->> 'weight')::int
    from placed, jsonb_array_elements(:lines::jsonb) with ordinality as lines (l, position)
  )
  select 1 from placed`;
/** `status` right of an equals sign is the one before. */
const SAVE = `
  update orders
  set status = :status,
    reviewed_from = case
      when :status <> 'needs_review' then null
      when status = 'needs_review' then reviewed_from
      else status
    end,
    needs_review_reason = :reviewReason, payment_attempt = :paymentAttempt,
    stripe_session_id = :sessionId, payment_url = :paymentUrl,
    session_expires_at = ${instantOf('sessionExpiresAt')}, tracking_carrier = :carrier,
    tracking_number = :trackingNumber, paid_at = ${instantOf('paidAt')},
    shipped_at = ${instantOf('shippedAt')}, updated_at = ${NOW}
  where number = :number`;
const SET_DELIVERY = `
  update orders set shipping_address = :address::jsonb, customer_name = :name, phone = :phone
  where number = :number`;
const PAYMENT = `
  insert into payments (${STAMPS}, order_number, stripe_payment_intent, stripe_session_id, amount,
    currency, livemode, at)
  values (${STAMP_VALUES}, :number, :paymentIntent, :sessionId, :amount,
    :currency, :livemode, ${instantOf('at')})`;
const REFUND_NEWS = `
  update refunds set status = ?, updated_at = ${NOW} where stripe_refund = ? returning 1`;
const REFUND = `
  insert into refunds (${STAMPS}, order_number, payment_intent, stripe_refund, request_key, amount,
    reason, actor, status)
  values (${STAMP_VALUES}, :number, :paymentIntent, :id, :key, :amount,
    :reason, :actor, :status)`;
const DISPUTE = `
  insert into disputes (${STAMPS}, order_number, payment_intent, stripe_dispute, reference, entry,
    amount, currency, status, at)
  values (${STAMP_VALUES}, :number, :paymentIntent, :disputeId, :reference, :entry,
    :amount, :currency, :status, ${instantOf('at')})`;
const EVENT = `
  insert into order_events (${STAMPS}, order_number, at, kind, actor, detail)
  values (${STAMP_VALUES}, :number, ${instantOf('at')}, :kind, :actor, :detail::jsonb)`;

/**
 * Orders that hold pieces without money: unpaid, or free since. One branch per index; `whose` is
 * the condition on the buyer.
 */
const holdingOf = (whose: string): string => `
  select number from orders where status = 'pending' and ${whose}
  union
  select number from orders
  where total = 0 and status in (${literals(statusesThat('keepsPieces'))}) and ${whose}
    and placed_at > ${instantOf('freeSince')}`;
const HELD = `
  select count(distinct o.number)::int as orders, coalesce(sum(l.quantity), 0)::int as pieces
  from orders o left join order_lines l on l.order_number = o.number
  where o.number <> :except and o.number in (
    ${holdingOf('client_hash = :clientHash')} union ${holdingOf('lower(email) = :email')})`;
const TAKE_TURNS = 'select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest(?::text[]) k';

/** Pending orders: oldest first by `time`, from the one after another on; ties go by number. */
const pendingBefore = (time: 'placed_at' | 'session_expires_at', which: string): string => `
  select number from orders
  where status = 'pending' and ${which} and ${time} < ${instantOf('before')}
    and (${time}, number) > (
      coalesce((select ${time} from orders where number = :after), '-infinity'),
      coalesce(:after::text, ''))
  order by ${time}, number limit :limit`;
const WITHOUT_SESSION = pendingBefore('placed_at', 'stripe_session_id is null');
const OVERDUE = pendingBefore('session_expires_at', 'true');
const NUMBERS_OF = `
  select number from orders where lower(email) = :email and number = coalesce(:number, number)
  order by placed_at desc limit :limit`;
const REFUND_REQUEST = `
  insert into refund_requests (key, order_number, payment_intent, amount, reason, actor, lines,
    shipping, requested_at)
  values (:key, :number, :paymentIntent, :amount, :reason, :actor, :lines::jsonb,
    :shipping, :at)`;
/** A refused request stays so, also when the provider makes it after all: its refund says that. */
const SETTLE_REQUEST = `
  update refund_requests set state = :state where key = :key and state = 'open'`;
const OPEN_REFUND_REQUESTS = `
  select q.order_number as number, ${REQUEST} as request from refund_requests q
  where q.state = 'open'
    and q.id > coalesce((select id from refund_requests where key = ?), 0)
  order by q.id limit ?`;

const numberSchema = z.object({ number: z.string() });
const keySchema = z.object({ number: z.string(), requestHash: z.string() });
const heldSchema = z.object({ orders: z.int(), pieces: z.int() });
const refundRequestRow = z.object({ number: z.string(), request: jsonOf(refundRequestSchema) });

async function numbers(sql: Sql, query: string, bindings: Bindings): Promise<string[]> {
  return (await rows(sql, numberSchema, query, bindings)).map(({ number }) => number);
}

async function byKey(sql: Sql, key: string): ReturnType<OrderStore['byKey']> {
  const [order] = await rows(sql, keySchema, BY_KEY, [key]);
  return order ?? null;
}

const insert = (sql: Sql, placement: Placement): Promise<boolean> =>
  wrote(sql, INSERT, {
    ...placement,
    placedAt: instant(placement.placedAt),
    lines: JSON.stringify(placement.lines),
  });

async function read(sql: Sql, number: string): Promise<OrderRecord | null> {
  // An address may hold anything, a byte that Postgres refuses too.
  if (!ORDER_NUMBER_PATTERN.test(number)) return null;
  const [row] = await rows(sql, recordSchema, RECORD, [number]);
  return row ? recordOf(row) : null;
}

async function lock(sql: Sql, number: string): Promise<OrderRecord | null> {
  if (!ORDER_NUMBER_PATTERN.test(number)) return null;
  const found = await wrote(sql, 'select 1 from orders where number = ? for update', [number]);
  return found ? read(sql, number) : null;
}

async function save(sql: Sql, order: Order): Promise<void> {
  await sql.raw(SAVE, {
    number: order.number,
    status: order.status,
    reviewReason: order.reviewReason,
    paymentAttempt: order.paymentAttempt,
    sessionId: order.sessionId,
    paymentUrl: order.paymentUrl,
    sessionExpiresAt: instant(order.sessionExpiresAt),
    carrier: order.tracking?.carrier ?? null,
    trackingNumber: order.tracking?.number ?? null,
    paidAt: instant(order.paidAt),
    shippedAt: instant(order.shippedAt),
  });
}

async function setDelivery(sql: Sql, number: string, { address, phone }: Delivery): Promise<void> {
  await sql.raw(SET_DELIVERY, {
    number,
    address: address && JSON.stringify(address),
    name: address?.name ?? null,
    phone,
  });
}

async function addPayment(sql: Sql, number: string, payment: Payment): Promise<void> {
  await sql.raw(PAYMENT, { ...payment, number, at: instant(payment.at) });
}

async function addRefund(sql: Sql, number: string, refund: Refund): Promise<void> {
  if (await wrote(sql, REFUND_NEWS, [refund.status, refund.id])) return;
  await sql.raw(REFUND, { ...refund, number });
  if (refund.key !== null) await sql.raw(SETTLE_REQUEST, { state: 'made', key: refund.key });
}

async function addRefundRequest(
  sql: Sql,
  number: string,
  request: RefundRequest,
  at: Date,
): Promise<void> {
  await sql.raw(REFUND_REQUEST, {
    ...request,
    number,
    lines: JSON.stringify(request.lines),
    at: instant(at),
  });
}

async function refuseRefundRequest(sql: Sql, key: string): Promise<void> {
  await sql.raw(SETTLE_REQUEST, { state: 'refused', key });
}

async function addDispute(sql: Sql, number: string, entry: DisputeEntry): Promise<void> {
  await sql.raw(DISPUTE, { ...entry, number, at: instant(entry.at) });
}

async function addEvent(sql: Sql, number: string, entry: TimelineEntry): Promise<void> {
  const { kind, actor, at, detail } = entry;
  await sql.raw(EVENT, { number, at: instant(at), kind, actor, detail: JSON.stringify(detail) });
}

async function held(
  sql: Sql,
  { clientHash, email, except, freeSince }: Parameters<OrderStore['held']>[0],
): ReturnType<OrderStore['held']> {
  const buyer = email.toLowerCase();
  // Always in the same order, so that two buyers who share an address never wait for each other.
  await sql.raw(TAKE_TURNS, [[`buyer:${clientHash}`, `buyer:${buyer}`].sort()]);
  const [sum] = await rows(sql, heldSchema, HELD, {
    except,
    clientHash,
    email: buyer,
    freeSince: instant(freeSince),
  });
  return sum ?? { orders: 0, pieces: 0 };
}

/** Orders in Postgres, for one transaction (or, for reads, any connection). */
export const ordersSql = (sql: Sql): OrderStore => ({
  byKey: (key) => byKey(sql, key),
  insert: (placement) => insert(sql, placement),
  lock: (number) => lock(sql, number),
  read: (number) => read(sql, number),
  save: (order) => save(sql, order),
  setDelivery: (number, delivery) => setDelivery(sql, number, delivery),
  addPayment: (number, payment) => addPayment(sql, number, payment),
  addRefund: (number, refund) => addRefund(sql, number, refund),
  addRefundRequest: (number, request, at) => addRefundRequest(sql, number, request, at),
  refuseRefundRequest: (key) => refuseRefundRequest(sql, key),
  addDispute: (number, entry) => addDispute(sql, number, entry),
  addEvent: (number, entry) => addEvent(sql, number, entry),
  held: (by) => held(sql, by),
  withoutSession: (before, limit, after) =>
    numbers(sql, WITHOUT_SESSION, { before: instant(before), after, limit }),
  overdue: (at, limit, after) => numbers(sql, OVERDUE, { before: instant(at), after, limit }),
  numbersOf: (email, number, limit) =>
    numbers(sql, NUMBERS_OF, { email: email.toLowerCase(), number: number ?? null, limit }),
  openRefundRequests: (limit, after) =>
    rows(sql, refundRequestRow, OPEN_REFUND_REQUESTS, [after, limit]),
});
