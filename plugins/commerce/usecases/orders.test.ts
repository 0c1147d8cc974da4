import type { OrderRequest } from '@comptoir/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cents } from '../domain/cents.ts';
import { netTotal } from '../domain/order-money.ts';
import { makeRefunds } from './make-refunds.ts';
import { openPayment } from './open-payment.ts';
import { hashRequest, placeOrder } from './place-order.ts';
import { closeOrder, releaseOrder } from './release-order.ts';
import { resumePayments } from './resume-payment.ts';
import { settlePayment } from './settle-payment.ts';
import { CARRIAGE, memoryShop, PRICE, type MemoryShop } from '../fixture/memory-shop.ts';

let last = 0;
const request = (quantity = 1, change: Partial<OrderRequest> = {}): OrderRequest => {
  const id = String((last += 1)).padStart(6, '0');
  return { cart: { lines: [{ sku: 'cup', quantity }] }, country: 'FR', email: `b${id}@example.fr`, locale: 'fr', expectedTotal: cents(PRICE * quantity + CARRIAGE), idempotencyKey: `a-key-of-this-${id}`, termsAccepted: true, ...change };
};
const level = (shop: MemoryShop) => shop.state.levels.get('cup');
const orders = (shop: MemoryShop) => [...shop.state.orders.values()];
const kinds = (shop: MemoryShop): string[] => shop.state.mails.map(({ kind }) => kind);

describe('placing', () => {
  test('a failure leaves nothing behind', async () => {
    const shop = memoryShop(5);
    const place = placeOrder(shop.ports);
    expect(await place(request(6), 'c')).toMatchObject({ ok: false, reason: 'changed', quote: { reasons: ['short'] } });
    expect(await place(request(1, { expectedTotal: cents(1) }), 'c')).toMatchObject({ ok: false, reason: 'changed' });
    for (let n = 0; n < 3; n += 1) await place(request(), 'c');
    expect(await place(request(), 'c')).toEqual({ ok: false, reason: 'too-many' });
    expect([orders(shop).length, level(shop)]).toEqual([3, { onHand: 5, reserved: 3 }]);
  });

  test('a shop that is closed takes no order and says so in the quote', async () => {
    const shop = memoryShop(5);
    shop.open = false;
    expect(await placeOrder(shop.ports)(request(), 'c')).toMatchObject({ ok: false, quote: { open: false, reasons: ['closed'] } });
  });

  test('many pieces at once are held by nobody who has not paid', async () => {
    const shop = memoryShop(500);
    const place = placeOrder(shop.ports);
    expect([(await place(request(99), 'c')).ok, await place(request(22), 'c'), (await place(request(21), 'c')).ok]).toEqual([true, { ok: false, reason: 'too-many' }, true]);
  });

  test('the same request has the same hash in any order of its lines; another has another', () => {
    const lines = [{ sku: 'cup', quantity: 1 }, { sku: 'bowl', quantity: 2 }];
    const one = request(1, { cart: { lines } });
    expect(hashRequest({ ...one, cart: { lines: [...lines].reverse() }, idempotencyKey: 'another-key-of-this', previous: { number: 'AH-00000000', token: 'x' } })).toBe(hashRequest(one));
    const others = [{ ...one, country: 'BE' }, { ...one, email: 'x@example.fr' }, { ...one, promotionCode: 'NOEL' }, { ...one, expectedTotal: cents(1) }, { ...one, locale: 'en' as const }, { ...one, cart: { lines: lines.slice(1) } }];
    expect(new Set([one, ...others].map(hashRequest)).size).toBe(7);
  });
});

describe('the payment page', () => {
  test('is asked for once by calls that meet, and never for an order that needs none', async () => {
    const shop = memoryShop(5);
    shop.payments.mode = 'hangs';
    const placed = await placeOrder(shop.ports)(request(), 'c');
    shop.payments.mode = 'works';
    const open = openPayment(shop.ports);
    const number = placed.ok ? placed.number : '';
    const before = shop.payments.opened;
    const answers = await Promise.all([open(number), open(number), open(number)]);
    expect([new Set(answers.map((one) => JSON.stringify(one))).size, shop.payments.opened - before]).toEqual([1, 1]);
    expect([await open(number), await open('AH-00000000'), shop.payments.opened - before]).toEqual([answers[0], { kind: 'refused' }, 1]);
  });

  test('is asked for again only after a while, then has its answer', async () => {
    const shop = memoryShop(5);
    shop.payments.mode = 'hangs';
    await placeOrder(shop.ports)(request(), 'c');
    shop.payments.mode = 'refuses';
    shop.clock.now = new Date(shop.clock.now.getTime() + 10_000);
    expect(await resumePayments(shop.ports)()).toEqual([]);
    shop.clock.now = new Date(shop.clock.now.getTime() + 6_000);
    expect(await resumePayments(shop.ports)()).toMatchObject([{ opening: 'refused' }]);
    expect([orders(shop)[0]?.order.status, level(shop)]).toEqual(['cancelled', { onHand: 5, reserved: 0 }]);
  });
});

describe('letting go', () => {
  test('without a definite word the pieces are kept', async () => {
    const shop = memoryShop(5);
    const placed = await placeOrder(shop.ports)(request(), 'c');
    const number = placed.ok ? placed.number : '';
    shop.payments.mode = 'hangs';
    expect([await closeOrder(shop.ports)(number, 'expired'), await releaseOrder(shop.ports)(number, { kind: 'session-expired', sessionId: 'cs_another' }), level(shop)]).toEqual(['kept', 'kept', { onHand: 5, reserved: 1 }]);
    shop.payments.mode = 'works';
    expect(await releaseOrder(shop.ports)(number, { kind: 'session-expired', sessionId: `cs_${number}_1` })).toBe('released');
    expect([await releaseOrder(shop.ports)('AH-00000000', { kind: 'session-refused' }), level(shop), kinds(shop)]).toEqual(['unknown-order', { onHand: 5, reserved: 0 }, ['order-expired']]);
  });

  test('a session that turns out paid is settled', async () => {
    const shop = memoryShop(5);
    const placed = await placeOrder(shop.ports)(request(), 'c');
    const number = placed.ok ? placed.number : '';
    shop.payments.pay(`cs_${number}_1`);
    expect([await closeOrder(shop.ports)(number, 'replaced'), kinds(shop)]).toEqual(['paid', ['order-confirmed', 'merchant-new-order']]);
  });
});

test('an address that was only typed gets one mail of a kind a day; a buyer gets one for each order', async () => {
  const shop = memoryShop(5);
  const place = placeOrder(shop.ports);
  const email = 'twice@example.fr';
  for (let n = 0; n < 4; n += 1) {
    const placed = await place(request(1, { email }), `client-${n}`);
    if (!placed.ok) throw new Error(placed.reason);
    if (n < 2) await closeOrder(shop.ports)(placed.number, 'expired');
    else await settlePayment(shop.ports)(shop.payments.pay(`cs_${placed.number}_1`));
  }
  expect(kinds(shop).filter((kind) => !kind.startsWith('merchant-'))).toEqual(['order-expired', 'order-confirmed', 'order-confirmed']);
});

test('a refund that the provider refuses is reviewed and not asked again', async () => {
  const shop = memoryShop(5);
  const placed = await placeOrder(shop.ports)(request(), 'c');
  const session = shop.payments.pay(`cs_${placed.ok ? placed.number : ''}_1`);
  await settlePayment(shop.ports)(session);
  await settlePayment(shop.ports)({ ...session, paymentIntent: 'pi_second' });
  shop.payments.mode = 'refuses';
  expect([await makeRefunds(shop.ports)(), await makeRefunds(shop.ports)(), kinds(shop).at(-1)]).toEqual([1, 0, 'merchant-needs-review']);
});

type Step = { act: 'place' | 'pay' | 'pay-again' | 'expire' | 'refund' | 'resume'; of: number; mode: 'works' | 'hangs' };
const step: fc.Arbitrary<Step> = fc.record({ act: fc.constantFrom('place', 'place', 'pay', 'pay-again', 'expire', 'refund', 'resume'), of: fc.nat(5), mode: fc.constantFrom('works', 'works', 'hangs') });

async function take(shop: MemoryShop, { act, of, mode }: Step): Promise<void> {
  shop.payments.mode = mode;
  shop.clock.now = new Date(shop.clock.now.getTime() + 20_000);
  const session = `cs_${orders(shop)[of]?.order.number}_1`;
  const settle = async (paymentIntent: string): Promise<void> => { if (shop.payments.sessions.get(session)?.state === 'open' || paymentIntent !== `pi_${session}`) await settlePayment(shop.ports)(shop.payments.pay(session, { paymentIntent })); };
  if (act === 'place') await placeOrder(shop.ports)(request(), `client-${last}`);
  else if (act === 'refund') await makeRefunds(shop.ports)();
  else if (act === 'resume') await resumePayments(shop.ports)();
  else if (!shop.payments.sessions.has(session)) return;
  else if (act === 'pay') await settle(`pi_${session}`);
  else if (act === 'pay-again') await settle(`pi_again_${session}`);
  else await closeOrder(shop.ports)(orders(shop)[of]?.order.number ?? '', 'expired');
}

test('whatever happens in whatever order: stock balances, and once refunds are made an order keeps its price or nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const shop = memoryShop(4);
    for (const one of steps) await take(shop, one);
    for (const act of ['resume', 'refund'] as const) await take(shop, { act, of: 0, mode: 'works' });
    const all = orders(shop).map(({ order }) => order);
    const [reserved, sold] = (['reserved', 'sold'] as const).map((holding) => all.filter((order) => order.holding === holding).length);
    expect(level(shop)).toEqual({ onHand: 4 - (sold ?? 0), reserved });
    for (const order of all) {
      const kept = order.status === 'paid' || order.status === 'needs_review' ? [order.total, 2 * order.total] : [0];
      expect([order.status, kept.includes(netTotal(order)) && (order.status !== 'paid' || netTotal(order) === order.total)]).toEqual([order.status, true]);
      expect(order.status === 'paid').toBe(order.holding === 'sold');
    }
  }), { numRuns: 150 });
});
