import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ShopUnderTest, startShopUnderTest } from '@comptoir/harness';

import { orderOf } from '../../../fixture/sql-shop.ts';

/**
 * The composition in a real Strapi, on its own pool and driver, with a payment provider in memory.
 */
let shop: ShopUnderTest;
const SKU = 'ah-004';
const placedSchema = z.union([
  z.object({ ok: z.literal(true), number: z.string(), token: z.string(), paymentUrl: z.string() }),
  z.object({
    ok: z.literal(false),
    reason: z.literal('changed'),
    quote: z.object({ reasons: z.array(z.string()) }),
  }),
]);
const viewSchema = z.object({
  status: z.string(),
  lines: z.array(z.object({ sku: z.string() })),
  shippingAddress: z.object({ city: z.string() }).nullable(),
});
const orders = (method: string, ...args: unknown[]): Promise<unknown> =>
  shop.service('commerce', 'orders', method, ...args);
let total = 0;

beforeAll(async () => {
  shop = await startShopUnderTest();
  await shop.fakePayments();
  const quote = await orders('quote', {
    cart: { lines: [{ sku: SKU, quantity: 1 }] },
    country: 'FR',
    locale: 'fr',
  });
  total = z.object({ total: z.int() }).parse(quote).total;
});
afterAll(() => shop?.stop());

const place = async (buyer: number) =>
  placedSchema.parse(await orders('place', orderOf(SKU, 1, total), `client-${buyer}`));
const levels = () => shop.query('select on_hand, reserved from stock_levels where sku = $1', [SKU]);

test('a thousand buyers of ten pieces: ten orders, and the catalogue says there are none left', async () => {
  const [{ on_hand } = {}] = await levels();
  await shop.adjust(SKU, 10 - Number(on_hand));
  // 250 at a time: all at once wait longer for a connection than a busy machine gives them. The
  // crowd without a queue is in crowd.int.test.ts.
  const answers: Awaited<ReturnType<typeof place>>[] = [];
  const buyers = Array.from({ length: 1000 }, (_, buyer) => buyer).values();
  await Promise.all(
    Array.from({ length: 250 }, async () => {
      for (const buyer of buyers) answers.push(await place(buyer));
    }),
  );
  const placed = answers.filter((answer) => answer.ok);

  expect([placed.length, await levels()]).toEqual([10, [{ on_hand: 10, reserved: 10 }]]);
  expect(
    answers
      .flatMap((answer) => (answer.ok ? [] : answer.quote.reasons))
      .filter((reason) => reason !== 'short'),
  ).toEqual([]);
  expect(await shop.body('availability', SKU, '*')).toEqual({ state: 'out' });

  const [first, second, third] = placed;
  if (!first || !second || !third) throw new Error('nothing was placed');

  expect(await orders('closeOrder', first.number, 'expired')).toBe('released');
  expect([await levels(), await shop.body('availability', SKU, '*')]).toEqual([
    [{ on_hand: 10, reserved: 9 }],
    { state: 'low', left: 1 },
  ]);
  expect(await orders('closeOrder', third.number, 'expired')).toBe('released');
  expect(await shop.body('availability', SKU, '*')).toEqual({ state: 'low', left: 2 });

  const session = {
    id: `cs_${second.number}_1`,
    state: 'complete',
    paid: true,
    amount: total,
    currency: 'eur',
    paymentIntent: 'pi_1',
    livemode: false,
    orderNumber: second.number,
    email: null,
    phone: null,
    shippingAddress: {
      name: 'Ana',
      line1: '1 rue Haute',
      line2: '',
      postalCode: '67000',
      city: 'Strasbourg',
      country: 'FR',
    },
  };

  expect(
    await Promise.all([orders('settlePayment', session), orders('settlePayment', session)]),
  ).toEqual(
    expect.arrayContaining([
      { kind: 'settled', changed: true, status: 'paid' },
      { kind: 'settled', changed: false, status: 'paid' },
    ]),
  );
  expect(viewSchema.parse(await orders('read', second.number, second.token))).toMatchObject({
    status: 'paid',
    lines: [{ sku: SKU }],
    shippingAddress: { city: 'Strasbourg' },
  });
  expect([
    await levels(),
    await shop.service('commerce', 'stock', 'unbalancedSkus'),
    await shop.drift(),
  ]).toMatchObject([[{ on_hand: 9, reserved: 7 }], [], { drift: [] }]);
  expect(
    await shop.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    ),
  ).toEqual([{ deadlocks: 0 }]);
});
