import pg from 'pg';
import { cents, sum } from '../../plugins/commerce/domain/cents.ts';
import { refundable, refundedParts } from '../../plugins/commerce/domain/order-money.ts';
import { away, without, type Order, type OrderEvent } from '../../plugins/commerce/domain/order-model.ts';
import { signOrderToken } from '../../plugins/commerce/domain/order-token.ts';
import { AS_STRAPI, transactions } from '../../plugins/commerce/fixture/sql-shop.ts';
import { advanceOrder } from '../../plugins/commerce/usecases/advance-order.ts';
import { enqueue } from '../../plugins/mailer/adapters/outbox.ts';
import { mailSchema } from '../../plugins/mailer/domain/mails.ts';
import { whilePostgresIsAway } from './absence.ts';
import { SECRETS } from './parts.ts';

const ACTOR = 'Anne';
export const DEEDS = ['prepare', 'ship', 'cancel', 'refund-part', 'refund-line', 'refund-all'] as const;
export type Deed = (typeof DEEDS)[number];

const left = (order: Order): number => sum(order.payments.map((payment) => refundable(order, payment)));

/** What a click does to an order as it is now; null = its button is not there. */
function eventOf(deed: Deed, order: Order): OrderEvent | null {
  if (order.status !== 'paid' && order.status !== 'preparing' && order.status !== 'shipped') return null;
  const request = { kind: 'refund-requested', reason: 'retour', actor: ACTOR, lines: [], shipping: false, restock: false } as const;
  const [line] = without(away(order), refundedParts(order));
  switch (deed) {
    case 'prepare': return order.status === 'paid' ? { kind: 'preparing-started' } : null;
    case 'ship': return { kind: 'shipped', at: new Date(), tracking: { carrier: 'Colissimo', number: '6A1' } };
    case 'cancel': return order.status === 'shipped' ? null : { kind: 'cancelled', actor: ACTOR, sessionClosed: true };
    case 'refund-part': return left(order) > 100 ? { ...request, request: 'part', amount: cents(100) } : null;
    case 'refund-line': return line && left(order) > 100 ? { ...request, request: 'line', amount: cents(100), lines: [{ sku: line.sku, quantity: 1 }], restock: true } : null;
    case 'refund-all': return left(order) > 0 ? { ...request, request: 'all', amount: cents(left(order)) } : null;
  }
}

/** Somebody at the admin, through the same use cases, on connections of their own: a second process of the shop. */
export function createStaff(databaseUrl: string) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, types: AS_STRAPI, connectionTimeoutMillis: 2000 });
  // Broken while it waits, or while it works: either way the next click takes another.
  pool.on('error', () => undefined).on('connect', (connection) => connection.on('error', () => undefined));
  const advance = advanceOrder({
    inTransaction: transactions(pool, { enqueue: (sql, mail) => enqueue(sql, mailSchema.parse(mail)), show: () => Promise.resolve() }),
    now: () => new Date(),
    links: { order: (number) => `https://shop.test/commande/${number}?token=${signOrderToken(number, SECRETS.orderLink)}`, staff: (number) => `https://shop.test/admin/${number}` },
  });
  return {
    /** Does it, again after an error of the database, until it is done. @returns whether the order let it */
    async click(deed: Deed, number: string): Promise<boolean> {
      const outcome = await whilePostgresIsAway(`"${deed}" on ${number}`, () => advance(number, ({ order }) => Promise.resolve(eventOf(deed, order)), ACTOR), { everyMs: 200 });
      return outcome.ok && outcome.changed;
    },
    stop: () => pool.end(),
  };
}
export type Staff = ReturnType<typeof createStaff>;
