import { loadavg } from 'node:os';

import { type BenchShop, type BenchShops, startBenchShops } from './bench-shop.ts';
import { pastOrders, PLENTY } from './history.ts';
import { measuresOf, takeTurn, type Turn } from './measures.ts';
import { type MeasureName, readOptions } from './options.ts';
import { ratios, rowOf } from './table.ts';

/**
 * `npm run bench -- orders [--seconds 12] [--few 100] [--history 100000] [--only
 * webhooks,quotes,orders,settling] [--volatile] [--profile FOLDER]`: what the checkout can take
 * over HTTP, in a shop with a hundred orders and in one with a long past. The load comes from the
 * same cores.
 */
const TURNS = 4;
const WORDS: Readonly<Record<MeasureName, string>> = {
  webhooks: 'webhooks accepted',
  quotes: 'quotes',
  orders: 'orders placed',
  settling: 'webhooks accepted, orders settled behind',
};
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const load = (): string =>
  loadavg()
    .map((part) => part.toFixed(1))
    .join(' ');
const options = readOptions(process.argv.slice(2));

async function writePast(query: BenchShop['query'], orders: number): Promise<void> {
  const began = performance.now();
  for (const statement of pastOrders(orders)) await query(statement);
  // As autovacuum does within a minute: tables without statistics would be asked by poor plans.
  await query('vacuum analyze');
  say(
    `${orders} orders of the past written in ${Math.round((performance.now() - began) / 1000)} s.`,
  );
}

/**
 * Short turns, one shop after the other: what else the machine does then falls on both alike. The
 * first turn of each warms up.
 */
async function compare(
  name: MeasureName,
  sides: readonly { shop: BenchShop; measures: Awaited<ReturnType<typeof measuresOf>> }[],
): Promise<Turn[][]> {
  const measures = await Promise.all(sides.map((side) => side.measures[name]()));
  const turns = sides.map((): Turn[] => []);
  for (let turn = -1; turn < TURNS; turn += 1) {
    for (const [at, { shop }] of sides.entries()) {
      const measure = measures[at];
      const taken = measure && (await takeTurn(shop, measure, (options.seconds * 1000) / TURNS));
      if (taken && turn >= 0) turns[at]?.push(taken);
    }
  }
  return turns;
}

async function run({ young, old }: BenchShops): Promise<void> {
  const sides = await Promise.all(
    [young, ...(old === null ? [] : [old])].map(async (shop) => ({
      shop,
      measures: await measuresOf(shop),
    })),
  );
  const rows: Record<string, unknown> = {};
  const multiples: Record<string, unknown> = {};
  for (const name of options.measures) {
    const [first, second] = (await compare(name, sides)).map(rowOf);
    rows[`${WORDS[name]}, ${options.few} orders`] = first;
    if (!first || !second) continue;
    rows[`${WORDS[name]}, ${options.history} orders`] = second;
    multiples[WORDS[name]] = ratios(first, second);
  }
  console.table(rows);
  if (old === null) return;
  say(`With ${options.history} orders in the tables, as a multiple of ${options.few}:`);
  console.table(multiples);
}

say(
  `Postgres ${options.volatile ? 'waits for no disk' : 'waits for its disk at each commit'}. Stripe is the simulator, which answers at once: stripeMs is its part. CPU is in ms a request. Load before: ${load()}.`,
);
const shops = await startBenchShops(
  options,
  async (query) => {
    for (const statement of PLENTY) await query(statement);
  },
  writePast,
);
try {
  await run(shops);
} finally {
  await shops.stop();
}
say(`Load after: ${load()}.`);
