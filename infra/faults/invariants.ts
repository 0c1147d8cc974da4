import { z } from 'zod';

import { availabilityBody } from '../../plugins/catalogue/domain/availability.ts';
import { unbalancedSkus } from '../../plugins/commerce/adapters/stock-balance.ts';
import type { Parts } from './parts.ts';
import { REFUND_REASON } from './staff.ts';

type Query = Parts['query'];

const ORDERS = `select o.number, o.status, o.total, coalesce((select array_agg(p.stripe_payment_intent order by p.stripe_payment_intent) from payments p where p.order_number = o.number), '{}') as payments,
    coalesce((select array_agg(r.stripe_refund order by r.stripe_refund) from refunds r where r.order_number = o.number), '{}') as refunds,
    coalesce((select sum(p.amount) from payments p where p.order_number = o.number), 0)::int as taken,
    coalesce((select sum(r.amount) from refunds r where r.order_number = o.number and r.status not in ('failed', 'canceled')), 0)::int as refunded,
    coalesce((select -sum(d.amount) from disputes d where d.order_number = o.number and d.entry = 'funds'), 0)::int as disputed,
    coalesce((select sum(q.amount) from refund_requests q where q.order_number = o.number and q.state <> 'refused' and q.reason = '${REFUND_REASON}'), 0)::int as requested, o.shipped_at is not null as sent,
    (select sum(l.quantity) from order_lines l where l.order_number = o.number)::int as pieces,
    coalesce((select sum(m.delta) from stock_movements m where m.order_number = o.number), 0)::int as moved,
    coalesce((select sum(m.delta) from stock_movements m where m.order_number = o.number and m.move = 'return'), 0)::int as returned,
    coalesce((select sum(m.reserved_delta) from stock_movements m where m.order_number = o.number), 0)::int as reserved from orders o`;
const orderSchema = z.object({
  number: z.string(),
  status: z.string(),
  total: z.int(),
  payments: z.array(z.string()),
  refunds: z.array(z.string()),
  taken: z.int(),
  refunded: z.int(),
  disputed: z.int(),
  requested: z.int(),
  sent: z.boolean(),
  pieces: z.int(),
  moved: z.int(),
  returned: z.int(),
  reserved: z.int(),
});
export type OrderFacts = z.infer<typeof orderSchema>;

/** Every order with its money and its pieces. */
export const factsOf = async (query: Query): Promise<OrderFacts[]> =>
  z.array(orderSchema).parse(await query(ORDERS));

const SOLD = ['paid', 'preparing', 'shipped'];
const LET_GO = ['expired', 'cancelled'];

/** Stripe's money and ours, order by order and payment by payment. */
function money(orders: OrderFacts[], { simulator }: Parts): string[] {
  const ledger = simulator.ledger();
  const known = new Set(orders.map(({ number }) => number));
  const strangers = Object.keys(ledger)
    .filter((number) => !known.has(number))
    .map((number) => `${number} is paid at Stripe and there is no such order`);
  return [
    ...strangers,
    ...orders.flatMap(
      ({ number, status, total, payments, refunds, taken, refunded, disputed, requested }) => {
        const stripe = ledger[number] ?? {
          taken: 0,
          refunded: 0,
          disputed: 0,
          payments: [],
          refunds: [],
        };
        const [theirs, ours] = [
          [
            stripe.taken,
            stripe.refunded,
            stripe.disputed,
            stripe.payments.sort(),
            stripe.refunds.sort(),
          ],
          [taken, refunded, disputed, payments, refunds],
        ].map((side) => JSON.stringify(side));
        const kept = stripe.taken - stripe.refunded - stripe.disputed;
        return [
          ...(theirs === ours ? [] : [`${number}: Stripe says ${theirs}, our ledger ${ours}`]),
          ...(kept > 0 && ![...SOLD, 'needs_review'].includes(status)
            ? [`${number} is ${status}, and Stripe keeps ${kept} cents of it`]
            : []),
          ...(SOLD.includes(status) && kept !== total - requested - stripe.disputed
            ? [
                `${number} is ${status} at ${total} cents, staff gave ${requested} back, ${stripe.disputed} are contested, and Stripe keeps ${kept} of ${stripe.taken}`,
              ]
            : []),
        ];
      },
    ),
  ];
}

const levelSchema = z.object({
  sku: z.string(),
  onHand: z.int(),
  reserved: z.int(),
  lowThreshold: z.int(),
  state: z.string().nullable(),
  left: z.int().nullable(),
});
/** What shoppers are told of each piece is what the shelf says. */
async function shown(query: Query): Promise<string[]> {
  const levels = z.array(levelSchema).parse(
    await query(`select l.sku, l.on_hand as "onHand", l.reserved, l.low_threshold as "lowThreshold", e.body ->> 'state' as state, (e.body ->> 'left')::int as "left"
    from stock_levels l left join catalogue_entries e on e.kind = 'availability' and e.key = l.sku`),
  );
  return levels.flatMap(({ sku, state, left, ...level }) => {
    const right = availabilityBody(level);
    return state === right.state && left === (right.left ?? null)
      ? []
      : [`shoppers are told ${sku} is "${state}", ${left} left, at ${JSON.stringify(level)}`];
  });
}

/** Σ movements = levels; what an order holds is what its state says. */
async function stock(orders: OrderFacts[], query: Query): Promise<string[]> {
  const unbalanced = await unbalancedSkus({ raw: async (sql) => ({ rows: await query(sql) }) });
  const wrong = orders.filter(({ status, sent, pieces, moved, returned, reserved }) => {
    if (status === 'pending') return moved !== 0 || reserved !== pieces;
    if (SOLD.includes(status)) return moved !== returned - pieces || reserved !== 0;
    return reserved !== 0 && status !== 'needs_review'
      ? true
      : (LET_GO.includes(status) || (status === 'refunded' && !sent)) && moved !== 0;
  });
  return [
    ...unbalanced.map((sku) => `the stock of ${sku} is not the sum of its movements`),
    ...wrong.map(
      ({ number, status, pieces, moved, reserved }) =>
        `${number} is ${status} with ${pieces} pieces: ${moved} moved, ${reserved} reserved`,
    ),
  ];
}

const mailSchema = z.object({ key: z.string(), kind: z.string(), state: z.string() });
/** What each order's buyer and the shop must have been told, once. */
const expectedMails = (
  { number, status, refunds }: OrderFacts,
  shipped: ReadonlySet<string>,
): string[] => [
  ...([...SOLD, 'refunded'].includes(status)
    ? [`order-confirmed-${number}`, `merchant-new-order-${number}`]
    : []),
  ...(shipped.has(number) ? [`order-shipped-${number}`] : []),
  ...refunds.map((id) => `order-refunded-${id}`),
];

/**
 * Each mail of the outbox reached the mail server under one Message-ID (perhaps twice, after a
 * kill), and none is missing.
 */
async function mails(orders: OrderFacts[], { query, smtp }: Parts): Promise<string[]> {
  const written = z
    .array(mailSchema)
    .parse(await query('select key, kind, state from mail_outbox'));
  const shipped = new Set(
    (await query('select number from orders where shipped_at is not null')).map(({ number }) =>
      String(number),
    ),
  );
  const keyOf = (messageId: string): string => messageId.replace(/^<|@[^@]*>$/g, '');
  const arrived = new Set(smtp.received.map(({ messageId }) => keyOf(messageId)));
  const keys = new Set(written.map(({ key }) => key));
  return [
    ...written
      .filter(({ state, key }) => state !== 'sent' || !arrived.has(key))
      .map(
        ({ key, state }) =>
          `the mail ${key} is ${state}, and ${arrived.has(key) ? 'has' : 'has not'} arrived`,
      ),
    ...[...arrived]
      .filter((key) => !keys.has(key))
      .map((key) => `a mail ${key} arrived that is not in the outbox`),
    ...orders
      .flatMap((order) => expectedMails(order, shipped))
      .filter((key) => !keys.has(key))
      .map((key) => `the mail ${key} was never written`),
  ];
}

const unhandled = async (query: Query): Promise<string[]> =>
  (
    await query(`select event_id, type, state, last_error from webhook_inbox where state <> 'done'`)
  ).map((row) => `the event ${JSON.stringify(row)} is not done`);

/**
 * What must hold once everything is at rest.
 * @returns one sentence for each thing that does not; none = all is well
 */
export async function brokenInvariants(parts: Parts): Promise<string[]> {
  const orders = await factsOf(parts.query);
  return [
    ...money(orders, parts),
    ...(await stock(orders, parts.query)),
    ...(await shown(parts.query)),
    ...(await mails(orders, parts)),
    ...(await unhandled(parts.query)),
  ];
}
