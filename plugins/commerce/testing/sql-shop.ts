import { createHash, randomBytes } from 'node:crypto';
import type { OrderRequest } from '@comptoir/contracts';
import { createSeededDatabase } from '@comptoir/harness';
import pg from 'pg';
import { cataloguePrices } from '../adapters/catalogue-prices.ts';
import { ordersSql } from '../adapters/orders-sql.ts';
import { promotionsSql } from '../adapters/promotions-sql.ts';
import { reservations } from '../adapters/reservations.ts';
import type { Sql } from '../adapters/stock-ledger.ts';
import { cents } from '../domain/cents.ts';
import type { InTransaction, OrderMailMessage, Unit } from '../domain/order-ports.ts';
import { signOrderToken, verifyOrderToken } from '../domain/order-token.ts';
import { placeOrder, type PlacePorts } from '../usecases/place-order.ts';
import { fakePayments, type FakePayments } from './payments.ts';

const SECRET = 'a-secret-of-these-tests';

const { JSON: JSON_TYPE, JSONB, DATE } = pg.types.builtins;
const asText = (value: string): string => value;
/** Strapi's driver leaves these as text: what works here must work there. */
const AS_STRAPI: pg.CustomTypesConfig = { getTypeParser: (oid, format) => ([JSON_TYPE, JSONB, DATE].includes(oid) ? asText : pg.types.getTypeParser(oid, format)) };

/** The statements of a transaction as the adapters give them to knex, run by pg. */
const sqlOf = (client: pg.PoolClient): Sql => ({
  raw(query, bindings) {
    let n = 0;
    return client.query(query.replaceAll('?', () => `$${(n += 1)}`), [...bindings]);
  },
});

/** The use cases on a real Postgres with the seeded shop in it. Tests only. */
export interface SqlShop {
  ports: PlacePorts; payments: FakePayments; mails: OrderMailMessage[]; shown: string[];
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  stock(sku: string): Promise<{ on_hand: number; reserved: number }>;
  setStock(sku: string, pieces: number): Promise<void>;
  place(request: OrderRequest, client?: string): ReturnType<ReturnType<typeof placeOrder>>;
  stop(): Promise<void>;
}

const transactions = (pool: pg.Pool, mails: OrderMailMessage[], shown: string[]): InTransaction => async (work) => {
  const client = await pool.connect();
  const sql = sqlOf(client);
  const unit: Unit = {
    orders: ordersSql(sql), promotions: promotionsSql(sql), prices: cataloguePrices(sql),
    stock: reservations(sql, async ({ sku }) => { shown.push(sku); }),
    mails: { enqueue: async (mail) => { if (!mails.some(({ key }) => key === mail.key)) mails.push(mail); } },
  };
  try {
    await client.query('begin');
    const result = await work(unit);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

/** `connections` as many as Strapi's own pool has, unless a test wants another crowd. */
export async function startSqlShop({ connections = 10 } = {}): Promise<SqlShop> {
  const database = await createSeededDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: connections, types: AS_STRAPI });
  const [payments, mails, shown] = [fakePayments(), [] as OrderMailMessage[], [] as string[]];
  const ports: PlacePorts = {
    inTransaction: transactions(pool, mails, shown), payments, now: () => new Date(), random: randomBytes,
    links: { order: (number) => `https://shop.test/commande/${number}`, staff: (number) => `https://shop.test/admin/${number}` },
    tokenOf: (number) => signOrderToken(number, SECRET), tokenFits: (number, token) => verifyOrderToken(number, token, SECRET),
  };
  const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => (await pool.query(sql, values)).rows;
  const place = placeOrder(ports);
  return {
    ports, payments, mails, shown, query,
    async stock(sku) {
      const [row] = await query('select on_hand, reserved from stock_levels where sku = $1', [sku]);
      return { on_hand: Number(row?.['on_hand']), reserved: Number(row?.['reserved']) };
    },
    async setStock(sku, pieces) {
      await query(`with old as (select on_hand from stock_levels where sku = $1), moved as (insert into stock_movements (sku, delta, reserved_delta, reason, actor)
        select $1, $2 - on_hand, 0, 'test', 'test' from old where on_hand <> $2) update stock_levels set on_hand = $2 where sku = $1`, [sku, pieces]);
    },
    place: (request, client = request.idempotencyKey) => place(request, createHash('sha256').update(client).digest('hex')),
    async stop() { await pool.end(); await database.drop(); },
  };
}

let last = 0;
/** A request for `quantity` of one piece, by a buyer of its own. */
export function orderOf(sku: string, quantity: number, expectedTotal: number, change: Partial<OrderRequest> = {}): OrderRequest {
  const id = String((last += 1)).padStart(6, '0');
  return { cart: { lines: [{ sku, quantity }] }, country: 'FR', email: `buyer-${id}@example.fr`, locale: 'fr', expectedTotal: cents(expectedTotal), idempotencyKey: `key-of-buyer-${id}`, termsAccepted: true, ...change };
}
