import type { StockMove } from '../../plugins/commerce/domain/order-model.ts';
import { MOVE_WORDS } from '../../plugins/commerce/domain/staff-words.ts';

/** Columns every row that Strapi shows has, and a value for them of the order's own time. */
const STAMPS = 'document_id, created_at, updated_at, published_at';
const STAMPED = `replace(gen_random_uuid()::text, '-', ''), o.at, o.at, o.at`;

/**
 * One order every five minutes until now: nearly all shipped, some refunded, expired or cancelled,
 * few still open.
 */
const ORDERS = (
  count: number,
): string => `create temp table past as select n, 'AH-' || lpad(n::text, 8, '0') as number, 'cs_test_past' || n as session, 'pi_past' || n as intent,
    (now() at time zone 'UTC') - (${count} - n) * interval '5 minutes' as at, 'acheteur' || (n % 40000) || '@example.fr' as email,
    case when n > ${count} - 30 then 'pending' when n % 5000 = 42 then 'needs_review' when n > ${count} - 300 then case n % 2 when 0 then 'paid' else 'preparing' end
      when n % 50 = 7 then 'refunded' when n % 20 = 3 then 'expired' when n % 100 = 8 then 'cancelled' else 'shipped' end as status
  from generate_series(1, ${count}) n`;
const LINES = `create temp table past_lines as
  with shelf as (select sku, row_number() over (order by sku) - 1 as at, count(*) over () as size from stock_levels)
  select o.n, o.number, o.at, o.status, k as position, s.sku, 1500 + 700 * s.at::int as unit_price, 1 + ((o.n + k) % 2) as quantity
  from past o cross join lateral generate_series(0, o.n % 3) k join shelf s on s.at = (o.n + k * 5) % s.size`;
const PLACED = `insert into orders (${STAMPS}, number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total, test_mode, payment_attempt,
    min_days, max_days, placed_at, paid_at, shipped_at, needs_review_reason, stripe_session_id, payment_url, session_expires_at, shipping_address, customer_name, phone)
  select ${STAMPED}, o.number, o.status, case o.n % 4 when 0 then 'en' else 'fr' end, o.email, 'FR', 'key-of-past-order-' || o.n, md5('request' || o.n), md5('client' || o.n % 50000),
    l.subtotal, 0, 590, l.subtotal + 590, true, 1, 2, 4, o.at, case when o.status in ('expired', 'cancelled', 'pending') then null else o.at + interval '3 minutes' end,
    case when o.status = 'shipped' then o.at + interval '1 day' end, case when o.status = 'needs_review' then 'amount' end, o.session, 'https://pay.example/' || o.session,
    case when o.status = 'pending' then (now() at time zone 'UTC') + interval '1 day' else o.at + interval '45 minutes' end,
    jsonb_build_object('name', 'Camille Martin', 'line1', o.n || ' rue du Four', 'line2', '', 'postalCode', '75011', 'city', 'Paris', 'country', 'FR'), 'Camille Martin', '+33612345678'
  from past o join (select n, sum(unit_price * quantity)::int as subtotal from past_lines group by n) l using (n)`;
const ORDERED = `insert into order_lines (${STAMPS}, order_number, position, sku, reference, title, label, unit_price, quantity, discount, total, vat_rate, weight)
  select ${STAMPED}, o.number, o.position, o.sku, left(o.sku, 6), 'Pièce ' || o.sku, '', o.unit_price, o.quantity, 0, o.unit_price * o.quantity, 2000, 400 from past_lines o`;

/** `when`: which orders have it; `after`: how long after they were placed. */
const event = (
  kind: string,
  when: string,
  after: string,
  detail: string,
): string => `insert into order_events (${STAMPS}, order_number, at, kind, actor, detail)
  select ${STAMPED}, o.number, o.at + interval '${after}', '${kind}', 'past', ${detail} from past o where ${when}`;
const SOLD = `o.status in ('paid', 'preparing', 'shipped', 'refunded')`;
const EVENTS = [
  event('placed', 'true', '0 s', `'{"total": 5000}'`),
  event(
    'session-opened',
    'true',
    '1 s',
    `jsonb_build_object('sessionId', o.session, 'attempt', 1)`,
  ),
  event('payment-received', SOLD, '3 min', `'{"from": "pending", "to": "paid"}'`),
  event(
    'prepared',
    `o.status in ('shipped', 'preparing')`,
    '5 h',
    `'{"from": "paid", "to": "preparing"}'`,
  ),
  event('shipped', `o.status = 'shipped'`, '1 day', `'{"from": "preparing", "to": "shipped"}'`),
  event(
    'session-expired',
    `o.status = 'expired'`,
    '45 min',
    `'{"from": "pending", "to": "expired"}'`,
  ),
  event(
    'refund-requested',
    `o.status = 'refunded'`,
    '3 days',
    `jsonb_build_object('key', 'refund-' || o.n, 'paymentIntent', o.intent, 'amount', 1500, 'reason', 'casse', 'actor', 'marie')`,
  ),
];

const PAID = `insert into payments (${STAMPS}, order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at)
  select ${STAMPED}, o.number, o.intent, o.session, r.total, 'eur', false, o.at + interval '3 minutes' from past o join orders r using (number) where ${SOLD}`;
const REFUNDED = `insert into refunds (${STAMPS}, order_number, payment_intent, stripe_refund, request_key, amount, reason, actor, status)
  select ${STAMPED}, o.number, o.intent, 're_past' || o.n, 'refund-' || o.n, 1500, 'casse', 'marie', 'succeeded' from past o where o.status = 'refunded'`;

const REQUESTED = `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor, state, requested_at)
  select 'refund-' || o.n, o.number, o.intent, 1500, 'casse', 'marie', 'made', o.at + interval '3 days' from past o where o.status = 'refunded'`;

const moved = (
  delta: string,
  reserved: string,
  move: StockMove,
  when: string,
): string => `insert into stock_movements (${STAMPS}, sku, delta, reserved_delta, move, reason, order_number, actor)
  select ${STAMPED}, o.sku, ${delta}, ${reserved}, '${move}', '${MOVE_WORDS[move]}', o.number, 'past' from past_lines o where ${when}`;
const MOVED = [
  moved('0', 'o.quantity', 'reserve', 'true'),
  moved('-o.quantity', '-o.quantity', 'sell', SOLD),
  moved('0', '-o.quantity', 'release', `o.status in ('expired', 'cancelled')`),
];
/** Stock that never runs out, written as a movement like any other so that the sums agree. */
export const PLENTY: readonly string[] = [
  `insert into stock_movements (${STAMPS}, sku, delta, reserved_delta, reason, actor) select ${STAMPED}, o.sku, 10000000, 0, 'Arrivage', 'bench' from (select sku, now() at time zone 'UTC' as at from stock_levels) o`,
  `update stock_levels l set on_hand = m.delta, reserved = m.reserved from (select sku, sum(delta) as delta, sum(reserved_delta) as reserved from stock_movements group by sku) m where m.sku = l.sku`,
];

const DELIVERED = `insert into webhook_inbox (event_id, type, livemode, received_at, payload, state, attempts, last_error)
  select 'evt_past' || o.n, case o.status when 'expired' then 'checkout.session.expired' else 'checkout.session.completed' end, false, o.at + interval '3 minutes',
    jsonb_build_object('id', o.session, 'paymentIntent', o.intent), case when o.n % 1000 = 1 then 'dead' else 'done' end, 1, case when o.n % 1000 = 1 then 'paid_without_order' end
  from past o where o.status not in ('pending', 'cancelled')`;
const mailed = (
  kind: string,
  when: string,
): string => `insert into mail_outbox (key, kind, recipient, locale, data, state, attempts, created_at, sent_at)
  select '${kind}-' || o.number, '${kind}', o.email, 'fr', jsonb_build_object('order', jsonb_build_object('number', o.number, 'lines', '[]'::jsonb, 'text', repeat('pièce de grès ', 40))), 'sent', 1, o.at, o.at + interval '4 minutes' from past o where ${when}`;
const MAILED = [
  mailed('order-confirmed', SOLD),
  mailed('merchant-new-order', SOLD),
  mailed('order-shipped', `o.status = 'shipped'`),
  mailed('order-expired', `o.status = 'expired'`),
];

/**
 * Stripe's stand-in knows none of the past's payments: a night's comparison, due at once, would
 * find each of them missing while the shops are measured.
 */
const COMPARED = 'update stripe_state set compared_at = now()';
/**
 * The same of the night's reading of all stock movements, as commerce keeps it in Strapi's store.
 */
const STOCK_COMPARED = `insert into strapi_core_store_settings (key, value, type)
  select 'plugin_commerce_stock_balance_checked_at', to_json(to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))::text, 'string'
  where not exists (select 1 from strapi_core_store_settings where key = 'plugin_commerce_stock_balance_checked_at')`;

/**
 * Statements that write `count` orders with all that belongs to them, past every constraint and
 * trigger. One connection, once, on a shop that has stock (see {@link PLENTY}): the pieces are
 * taken from it, and the sums still agree.
 */
export const pastOrders = (count: number): readonly string[] => [
  ORDERS(count),
  LINES,
  'analyze past',
  'analyze past_lines',
  PLACED,
  ORDERED,
  ...EVENTS,
  PAID,
  REFUNDED,
  REQUESTED,
  ...MOVED,
  ...PLENTY,
  DELIVERED,
  ...MAILED,
  COMPARED,
  STOCK_COMPARED,
];
