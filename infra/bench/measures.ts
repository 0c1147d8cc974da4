import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

import { drive, type Figures } from '../../cms/door/bench/http-load.ts';
import type { BenchShop } from './bench-shop.ts';
import { cpuOfTree } from './cpu.ts';
import type { MeasureName } from './options.ts';
import {
  carts,
  orderRequest,
  type PaidSession,
  quoteRequest,
  type Request,
  webhookRequest,
} from './requests.ts';

/** What is counted besides, for each second. */
export type Counts = Partial<Record<'settledMeanwhile' | 'settledAfter', number>>;
/**
 * One turn at a measure. CPU in milliseconds of each process with its children (`NaN` where the
 * system does not tell).
 */
export interface Turn extends Figures {
  apiMs: number;
  postgresMs: number;
  stripeMs: number;
  counts: Counts;
}
/** How to ask a shop for one thing: `begin` before and `end` after each turn are not measured. */
export interface Measure {
  status: number;
  begin(ms: number): Promise<Request>;
  end(ms: number): Promise<Counts>;
}

const CONNECTIONS = 20;

/** Asks a shop for `ms` milliseconds. */
export async function takeTurn(
  shop: BenchShop,
  { status, begin, end }: Measure,
  ms: number,
): Promise<Turn> {
  const request = await begin(ms);
  const parts = [shop.pids.api, shop.pids.postgres, shop.pids.stripe];
  const before = parts.map(cpuOfTree);
  const figures = await drive(new URL(shop.url), request, { connections: CONNECTIONS, status, ms });
  const [apiMs = 0, postgresMs = 0, stripeMs = 0] = parts.map(
    (pid, at) => cpuOfTree(pid) - (before[at] ?? 0),
  );
  return { ...figures, apiMs, postgresMs, stripeMs, counts: await end(ms) };
}

const paid = new Set<string>();
const unpaidRows = z.array(z.object({ id: z.string(), order: z.string() }));
const UNPAID = `select stripe_session_id as id, number as order from orders where status = 'pending' and stripe_session_id not like 'cs_test_past%' and stripe_session_id <> all($1::text[]) order by id desc limit $2`;

/** Pays orders of this bench, without a webhook. @returns the sessions, and what one looks like */
async function pay(
  { query, stripe }: BenchShop,
  most: number,
): Promise<{ sessions: PaidSession[]; example: Record<string, unknown> }> {
  const sessions = unpaidRows.parse(await query(UNPAID, [[...paid], most]));
  let last: unknown = {};
  for (const { id } of sessions) {
    const answer = await fetch(`${stripe}/_simulator/pay/${id}`, { method: 'POST', body: '{}' });
    last = await answer.json();
    if (!answer.ok)
      throw new Error(`The simulator took no payment for ${id}: ${JSON.stringify(last)}`);
    paid.add(id);
  }
  return { sessions, example: z.record(z.string(), z.unknown()).parse(last) };
}

const nothing = (): Promise<Counts> => Promise.resolve({});
const simply = (request: Request, status: number): Measure => ({
  status,
  begin: () => Promise.resolve(request),
  end: nothing,
});

/** Keeps the workers from handling events while only their acceptance is measured. */
const LATER = [
  `create or replace function bench_later() returns trigger language plpgsql as $$ begin new.next_at := 'infinity'; return new; end $$`,
  'create trigger bench_later before insert on webhook_inbox for each row execute function bench_later()',
];

async function accepting(shop: BenchShop): Promise<Measure> {
  const request = webhookRequest((await pay(shop, 1)).example, [
    { id: 'cs_test_nobody', order: 'AH-00000000' },
  ]);
  return {
    status: 200,
    async begin() {
      for (const statement of LATER) await shop.query(statement);
      return request;
    },
    async end() {
      await shop.query('drop trigger bench_later on webhook_inbox');
      await shop.query(`delete from webhook_inbox where next_at = 'infinity'`);
      return {};
    },
  };
}

const countRow = z.tuple([z.object({ n: z.int() })]);
const payments = async ({ query }: BenchShop): Promise<number> =>
  countRow.parse(await query('select count(*)::int as n from payments'))[0].n;
/** Paid orders that are ready for each second; more than the workers settle. */
const READY = 150;

/**
 * Each turn tells of orders that are really paid, which the workers settle behind it and after it;
 * what is left then is thrown away.
 */
function settling(shop: BenchShop, order: Request): Measure {
  let before = 0;
  return {
    status: 200,
    async begin(ms) {
      await drive(new URL(shop.url), order, { connections: CONNECTIONS, status: 201, ms });
      const { sessions, example } = await pay(shop, (READY * 2 * ms) / 1000);
      before = await payments(shop);
      return webhookRequest(example, sessions);
    },
    async end(ms) {
      const meanwhile = await payments(shop);
      await pause(ms);
      const after = await payments(shop);
      await shop.query(`delete from webhook_inbox where state = 'received'`);
      await shop.query(
        `update mail_outbox set state = 'sent', sent_at = now() where state = 'waiting'`,
      );
      return {
        settledMeanwhile: ((meanwhile - before) * 1000) / ms,
        settledAfter: ((after - meanwhile) * 1000) / ms,
      };
    },
  };
}

/** All measures of one shop. @throws Error when it does not sell */
export async function measuresOf(
  shop: BenchShop,
): Promise<Record<MeasureName, () => Promise<Measure>>> {
  const all = await carts(shop);
  const order = await orderRequest(shop, all);
  return {
    webhooks: () => accepting(shop),
    quotes: () => Promise.resolve(simply(quoteRequest(all), 200)),
    orders: () => Promise.resolve(simply(order, 201)),
    settling: () => Promise.resolve(settling(shop, order)),
  };
}
