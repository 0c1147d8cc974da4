import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { PRODUCT, type ShopUnderTest, startShopUnderTest } from '@comptoir/harness';

import { orderOf } from '../../../fixture/sql-shop.ts';

/** Pieces that leave the catalogue while a shopper has ordered them, in a real Strapi. */
let shop: ShopUnderTest;
const placedSchema = z.object({ ok: z.literal(true), number: z.string(), token: z.string() });
const quoteSchema = z.looseObject({
  total: z.int(),
  reasons: z.array(z.string()),
  lines: z.array(z.looseObject({ sku: z.string(), state: z.string() })),
});
const orders = (method: string, ...args: unknown[]): Promise<unknown> =>
  shop.service('commerce', 'orders', method, ...args);
const quote = async (sku: string) =>
  quoteSchema.parse(
    await orders('quote', { cart: { lines: [{ sku, quantity: 1 }] }, country: 'FR', locale: 'fr' }),
  );
const level = async (sku: string): Promise<unknown> =>
  (await shop.query('select on_hand, reserved from stock_levels where sku = $1', [sku]))[0];
const sessionOf = (number: string, amount: number) => ({
  id: `cs_${number}_1`,
  state: 'complete',
  paid: true,
  amount,
  currency: 'eur',
  paymentIntent: `pi_${number}`,
  livemode: false,
  orderNumber: number,
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
});

beforeAll(async () => {
  shop = await startShopUnderTest();
  await shop.fakePayments();
});
afterAll(() => shop?.stop());

const leave = async (how: 'unpublish' | 'delete', reference: string): Promise<void> => {
  const documentId = await shop.idOf(PRODUCT, reference);
  await shop.document(PRODUCT, how, { documentId, locale: '*' });
};

test.each([
  ['unpublish', 'ah-004', 'ah-004'],
  ['delete', 'ah-006', 'ah-006'],
] as const)(
  '%s: the order stays whole, is paid, ships its pieces, and gives them back; carts say that the piece is gone',
  async (how, reference, sku) => {
    const { total } = await quote(sku);
    await shop.adjust(sku, 5);
    const before = z.object({ on_hand: z.int(), reserved: z.int() }).parse(await level(sku));
    const placed = [];
    for (const buyer of ['one', 'two', 'three'])
      placed.push(
        placedSchema.parse(await orders('place', orderOf(sku, 1, total), `${reference}-${buyer}`)),
      );
    const [paid, expired, late] = placed;
    if (!paid || !expired || !late) throw new Error('nothing was placed');
    await leave(how, reference);

    expect(await quote(sku)).toMatchObject({ reasons: ['gone'], lines: [{ sku, state: 'gone' }] });
    expect(await orders('place', orderOf(sku, 1, total), `${reference}-four`)).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { reasons: ['gone'] },
    });
    expect(await level(sku)).toEqual({ on_hand: before.on_hand, reserved: before.reserved + 3 });

    expect(await orders('settlePayment', sessionOf(paid.number, total))).toEqual({
      kind: 'settled',
      changed: true,
      status: 'paid',
    });
    expect(await orders('closeOrder', expired.number, 'expired')).toBe('released');
    expect(await level(sku)).toEqual({
      on_hand: before.on_hand - 1,
      reserved: before.reserved + 1,
    });
    expect(await orders('read', paid.number, paid.token)).toMatchObject({
      status: 'paid',
      lines: [
        { sku, reference, title: expect.stringMatching(/\w/), unitPrice: { currency: 'EUR' } },
      ],
    });

    // Late money for a piece that is no longer shown: it was promised, and is in stock.
    expect(await orders('closeOrder', late.number, 'expired')).toBe('released');
    expect(await orders('settlePayment', sessionOf(late.number, total))).toMatchObject({
      status: 'paid',
    });

    await shop.query(
      `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor)
    select 'refund-' || number, number, 'pi_' || number, total, 'casse', 'Anne' from orders where number = $1`,
      [paid.number],
    );

    expect(await orders('makeRefunds')).toBe(1);
    expect(await orders('read', paid.number, paid.token)).toMatchObject({
      status: 'refunded',
      refunded: { amount: total },
    });
    expect(await level(sku)).toEqual({ on_hand: before.on_hand - 1, reserved: before.reserved });
    expect([
      await shop.service('commerce', 'stock', 'unbalancedSkus'),
      (await shop.drift()).drift,
    ]).toEqual([[], []]);
  },
);
