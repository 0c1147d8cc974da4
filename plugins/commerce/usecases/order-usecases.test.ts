import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderRequest } from '@comptoir/contracts';

import { cents } from '../domain/cents.ts';
import { netTotal } from '../domain/order-money.ts';
import type { Unit } from '../domain/order-ports.ts';
import type { FoundSession } from '../domain/payments-port.ts';
import { CARRIAGE, type MemoryShop, memoryShop, PRICE } from '../fixture/memory-shop.ts';
import { closeOverdue } from './close-overdue.ts';
import { makeRefunds } from './make-refunds.ts';
import { closeSessions, openPayment, type PaymentPorts } from './open-payment.ts';
import { hashRequest, placeOrder, type PlacePorts } from './place-order.ts';
import { closeOrder, releaseOrder } from './release-order.ts';
import { resumePayments } from './resume-payment.ts';
import { settlePayment } from './settle-payment.ts';
import { cancelOrder } from './staff-order-actions.ts';

let last = 0;
const request = (quantity = 1, change: Partial<OrderRequest> = {}): OrderRequest => {
  const id = String((last += 1)).padStart(6, '0');
  return {
    cart: { lines: [{ sku: 'cup', quantity }] },
    country: 'FR',
    email: `b${id}@example.fr`,
    locale: 'fr',
    expectedTotal: cents(PRICE * quantity + CARRIAGE),
    idempotencyKey: `a-key-of-this-${id}`,
    termsAccepted: true,
    ...change,
  };
};
const level = (shop: MemoryShop) => shop.state.levels.get('cup');
const orders = (shop: MemoryShop) => [...shop.state.orders.values()];
const kinds = (shop: MemoryShop): string[] => shop.state.mails.map(({ kind }) => kind);

describe('placing', () => {
  test('a failure leaves nothing behind', async () => {
    const shop = memoryShop(5);
    const place = placeOrder(shop.ports);

    expect(await place(request(6), 'c')).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { reasons: ['short'] },
    });
    expect(await place(request(1, { expectedTotal: cents(1) }), 'c')).toMatchObject({
      ok: false,
      reason: 'changed',
    });

    for (let n = 0; n < 3; n += 1) await place(request(), 'c');

    expect(await place(request(), 'c')).toEqual({ ok: false, reason: 'too-many' });
    expect([orders(shop).length, level(shop)]).toEqual([3, { onHand: 5, reserved: 3 }]);
  });

  test('a shop that is closed takes no order and says so in the quote', async () => {
    const shop = memoryShop(5);
    shop.open = false;

    expect(await placeOrder(shop.ports)(request(), 'c')).toMatchObject({
      ok: false,
      quote: { open: false, reasons: ['closed'] },
    });
  });

  test('many pieces at once are not held without payment', async () => {
    const shop = memoryShop(500);
    const place = placeOrder(shop.ports);

    expect([
      (await place(request(99), 'c')).ok,
      await place(request(22), 'c'),
      (await place(request(21), 'c')).ok,
    ]).toEqual([true, { ok: false, reason: 'too-many' }, true]);
  });

  test('a cart that no order can hold is told so, not to wait; nor is one of a few cents written', async () => {
    const shop = memoryShop(500);

    expect(await placeOrder(shop.ports)(request(121), 'c')).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { reasons: ['too-many-pieces'] },
    });

    const cheap = ({ prices }: Unit): Unit['prices'] => ({
      lines: async (cart, locale) =>
        (await prices.lines(cart, locale)).map((line) => ({ ...line, unitPrice: cents(49) })),
      settings: async (locale) => {
        const { rates, ...rest } = await prices.settings(locale);
        return { ...rest, rates: rates.map((rate) => ({ ...rate, price: cents(0) })) };
      },
    });
    const ports: PlacePorts = {
      ...shop.ports,
      inTransaction: (work) =>
        shop.ports.inTransaction((unit) => work({ ...unit, prices: cheap(unit) })),
    };

    expect(await placeOrder(ports)(request(1, { expectedTotal: cents(49) }), 'c')).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { total: 49, reasons: ['below-minimum'] },
    });
    expect(orders(shop)).toEqual([]);
  });

  test('the same request has the same hash in any order of its lines; another has another', () => {
    const lines = [
      { sku: 'cup', quantity: 1 },
      { sku: 'bowl', quantity: 2 },
    ];
    const one = request(1, { cart: { lines } });

    expect(
      hashRequest({
        ...one,
        cart: { lines: [...lines].reverse() },
        idempotencyKey: 'another-key-of-this',
        previous: { number: 'AH-00000000', token: 'x' },
      }),
    ).toBe(hashRequest(one));

    const others = [
      { ...one, country: 'BE' },
      { ...one, email: 'x@example.fr' },
      { ...one, promotionCode: 'NOEL' },
      { ...one, expectedTotal: cents(1) },
      { ...one, locale: 'en' as const },
      { ...one, cart: { lines: lines.slice(1) } },
    ];

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
    const answers = await Promise.all([
      open(number),
      open(number),
      openPayment(shop.ports)(number),
    ]);

    expect([
      new Set(answers.map((one) => JSON.stringify(one))).size,
      shop.payments.opened - before,
    ]).toEqual([1, 1]);
    expect([await open(number), await open('AH-00000000'), shop.payments.opened - before]).toEqual([
      answers[0],
      { kind: 'refused' },
      1,
    ]);
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
    expect([orders(shop)[0]?.order.status, level(shop)]).toEqual([
      'cancelled',
      { onHand: 5, reserved: 0 },
    ]);
  });
});

test('no page for real money is asked for an order in test money: it is released', async () => {
  const shop = memoryShop(5);
  shop.payments.mode = 'hangs';
  const placed = await placeOrder(shop.ports)(request(), 'c');
  shop.payments.mode = 'works';
  const asked = shop.payments.opened;
  shop.ports.payments = { ...shop.payments, available: () => ({ ok: true, testMode: false }) };

  expect(await openPayment(shop.ports)(placed.ok ? placed.number : '')).toEqual({
    kind: 'refused',
  });
  expect([shop.payments.opened - asked, orders(shop)[0]?.order.status, level(shop)]).toEqual([
    0,
    'cancelled',
    { onHand: 5, reserved: 0 },
  ]);
});

describe('a failure that the provider keeps', () => {
  const later = (shop: MemoryShop): void => {
    shop.clock.now = new Date(shop.clock.now.getTime() + 20_000);
  };
  const started = async (mode: MemoryShop['payments']['mode']) => {
    const shop = memoryShop(5);
    shop.payments.mode = mode;
    const placed = await placeOrder(shop.ports)(request(), 'c');
    return {
      shop,
      number: placed.ok ? placed.number : '',
      open: openPayment(shop.ports),
      order: () => orders(shop)[0]?.order,
    };
  };

  test('without a page: the next attempt has another key, and one page comes of it', async () => {
    const { shop, number, open, order } = await started('breaks');

    expect([order()?.status, order()?.paymentAttempt, shop.payments.sessions.size]).toEqual([
      'pending',
      2,
      0,
    ]);

    later(shop);

    expect(await resumePayments(shop.ports)()).toEqual([{ number, opening: 'waiting' }]);

    shop.payments.mode = 'works';

    expect(await open(number)).toEqual({ kind: 'open', url: `https://pay.test/cs_${number}_3` });
    expect([order()?.paymentAttempt, [...shop.payments.sessions.keys()]]).toEqual([
      3,
      [`cs_${number}_3`],
    ]);
  });

  test('with a page made all the same: that page is taken, no second one is asked for', async () => {
    const { shop, number, order } = await started('breaks-after');

    expect([order()?.sessionId, order()?.paymentUrl, order()?.paymentAttempt]).toEqual([
      `cs_${number}_1`,
      `https://pay.test/cs_${number}_1`,
      1,
    ]);

    await settlePayment(shop.ports)(shop.payments.pay(`cs_${number}_1`));

    expect([order()?.status, shop.payments.sessions.size]).toEqual(['paid', 1]);
  });

  test('while the provider does not say whether there is a page, no other key is tried', async () => {
    const { shop, number, open, order } = await started('breaks');
    shop.payments.mode = 'breaks-after';
    shop.ports.payments = { ...shop.payments, find: () => Promise.resolve(null) };

    expect([await open(number), order()?.paymentAttempt, level(shop)]).toEqual([
      { kind: 'waiting' },
      2,
      { onHand: 5, reserved: 1 },
    ]);
  });

  test('a page paid before it was found leads to its order, which is settled', async () => {
    const { shop, number, order } = await started('hangs');
    shop.payments.mode = 'breaks-after';
    const session = shop.payments.pay(`cs_${number}_1`);
    const stuck: PlacePorts = {
      ...shop.ports,
      payments: { ...shop.payments, open: () => Promise.resolve({ kind: 'stuck' }) },
    };

    expect(await settlePayment(stuck)(session)).toMatchObject({
      kind: 'settled',
      status: 'paid',
    });
    expect(
      orders(shop)[0]?.events.find(({ kind }) => kind === 'session-opened')?.detail,
    ).toMatchObject({ url: `https://shop.test/commande/${number}` });
    expect(order()?.status).toBe('paid');
  });

  test('two processes that meet it lose one attempt, not two; a page that comes to light later is not paid twice', async () => {
    const { shop, number, order } = await started('hangs');
    shop.payments.sessions.clear();
    shop.payments.mode = 'breaks';
    const second = { ...shop.ports, openings: new Map() };
    await Promise.all([openPayment(shop.ports)(number), openPayment(second)(number)]);

    expect(order()?.paymentAttempt).toBe(2);

    shop.payments.mode = 'works';
    const ghost = {
      ...shop.payments.pay('cs_ghost'),
      amount: order()?.total ?? cents(0),
      orderNumber: number,
    };
    await openPayment(shop.ports)(number);
    await settlePayment(shop.ports)(shop.payments.pay(`cs_${number}_2`));
    await settlePayment(shop.ports)(ghost);
    await makeRefunds(shop.ports)();

    expect([order()?.status, [...shop.payments.refunds.values()]]).toEqual([
      'paid',
      [{ paymentIntent: 'pi_cs_ghost', amount: order()?.total }],
    ]);
  });
});

describe('letting go', () => {
  test('without a definite word the pieces are kept', async () => {
    const shop = memoryShop(5);
    const placed = await placeOrder(shop.ports)(request(), 'c');
    const number = placed.ok ? placed.number : '';
    shop.payments.mode = 'hangs';

    expect([
      await closeOrder(shop.ports)(number, 'expired'),
      await releaseOrder(shop.ports)(number, { kind: 'session-expired', sessionId: 'cs_another' }),
      level(shop),
    ]).toEqual(['kept', 'kept', { onHand: 5, reserved: 1 }]);

    shop.payments.mode = 'works';

    expect(
      await releaseOrder(shop.ports)(number, {
        kind: 'session-expired',
        sessionId: `cs_${number}_1`,
      }),
    ).toBe('released');
    expect([
      await releaseOrder(shop.ports)('AH-00000000', { kind: 'session-refused' }),
      level(shop),
      kinds(shop),
    ]).toEqual(['unknown-order', { onHand: 5, reserved: 0 }, ['order-expired']]);
  });

  test.each<[who: string, close: (ports: PaymentPorts, number: string) => Promise<unknown>]>([
    ['the job of overdue orders', (ports) => closeOverdue(ports)()],
    ['staff', (ports, number) => cancelOrder(ports)(number, { reason: 'Clé changée' }, 'Anne')],
  ])(
    'by %s, of a page that the provider does not know: not before its own time is over',
    async (_, close) => {
      const shop = memoryShop(5);
      await placeOrder(shop.ports)(request(), 'c');
      const { number } = orders(shop)[0]?.order ?? { number: '' };
      shop.payments.sessions.clear();
      await close(shop.ports, number);

      expect([orders(shop)[0]?.order.status, level(shop)]).toEqual([
        'pending',
        { onHand: 5, reserved: 1 },
      ]);

      shop.clock.now = new Date('2027-01-01T00:00:00Z');
      await close(shop.ports, number);

      expect([orders(shop)[0]?.order.holding, level(shop)]).toEqual([
        'none',
        { onHand: 5, reserved: 0 },
      ]);
    },
  );

  type Close = (ports: PaymentPorts, number: string) => Promise<unknown>;
  const WAYS: [who: string, close: Close][] = [
    ['the job that asks again', (ports) => resumePayments(ports)()],
    ['a buyer who replaces it', (ports, number) => closeOrder(ports)(number, 'replaced')],
    ['staff', (ports, number) => cancelOrder(ports)(number, { reason: 'Sans page' }, 'Anne')],
  ];
  const lost = async (minutes: number, pages: FoundSession['state'][] | null) => {
    const shop = memoryShop(5);
    shop.payments.mode = 'hangs';
    await placeOrder(shop.ports)(request(), 'c');
    shop.clock.now = new Date(shop.clock.now.getTime() + minutes * 60_000);
    const found =
      pages?.map((state, n) => ({
        sessionId: `cs_found_${n}`,
        state,
        url: null,
        expiresAt: shop.clock.now,
      })) ?? null;
    shop.ports.payments = { ...shop.payments, find: () => Promise.resolve(found) };
    return shop;
  };
  test.each(WAYS)(
    'by %s, of an order whose page never got known: once any page is over, on the word that none was paid',
    async (_, close) => {
      const cases: [minutes: number, pages: FoundSession['state'][] | null, reserved: number][] = [
        [44, [], 1],
        [46, null, 1],
        [46, ['expired', 'complete'], 1],
        [46, ['open'], 1],
        [46, [], 0],
        [46, ['expired'], 0],
      ];
      for (const [minutes, pages, reserved] of cases) {
        const shop = await lost(minutes, pages);
        await close(shop.ports, orders(shop)[0]?.order.number ?? '');
        expect([minutes, pages, level(shop), orders(shop)[0]?.order.status]).toEqual([
          minutes,
          pages,
          { onHand: 5, reserved },
          reserved === 1 ? 'pending' : 'cancelled',
        ]);
      }
    },
  );

  test('staff are told why it cannot be cancelled; without keys the provider is not asked', async () => {
    const answers = [];
    for (const [minutes, pages] of [
      [44, []],
      [46, ['open']],
      [46, null],
    ] as const) {
      const shop = await lost(minutes, pages === null ? null : [...pages]);
      answers.push(
        await cancelOrder(shop.ports)(
          orders(shop)[0]?.order.number ?? '',
          { reason: 'Sans page' },
          'Anne',
        ),
      );
    }
    const shop = memoryShop(5);
    const placed = await placeOrder(shop.ports)(request(), 'c');
    const gone = (): never => {
      throw new Error('no keys');
    };
    const ports = {
      ...shop.ports,
      payments: {
        ...shop.payments,
        available: () => ({ ok: false, reason: 'no-keys' }) as const,
        expire: gone,
        find: gone,
        read: gone,
      },
    };
    const number = placed.ok ? placed.number : '';
    answers.push(await cancelOrder(ports)(number, { reason: 'Sans clés' }, 'Anne'));

    expect(answers).toEqual(
      ['session-open', 'session-open', 'provider-away', 'provider-away'].map((reason) => ({
        ok: false,
        reason,
      })),
    );

    const [{ order } = { order: null }] = orders(shop);
    if (order)
      await closeSessions(ports.payments, {
        ok: true,
        order,
        changed: true,
        closing: [`cs_${number}_1`],
      });

    expect(shop.payments.sessions.get(`cs_${number}_1`)?.state).toBe('open');
  });

  test('a session that turns out paid is settled', async () => {
    const shop = memoryShop(5);
    const placed = await placeOrder(shop.ports)(request(), 'c');
    const number = placed.ok ? placed.number : '';
    shop.payments.pay(`cs_${number}_1`);

    expect([await closeOrder(shop.ports)(number, 'replaced'), kinds(shop)]).toEqual([
      'paid',
      ['order-confirmed', 'merchant-new-order'],
    ]);
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

  expect(kinds(shop).filter((kind) => !kind.startsWith('merchant-'))).toEqual([
    'order-expired',
    'order-confirmed',
    'order-confirmed',
  ]);
});

test('a refund that the provider refuses is reviewed and not asked again', async () => {
  const shop = memoryShop(5);
  const placed = await placeOrder(shop.ports)(request(), 'c');
  const session = shop.payments.pay(`cs_${placed.ok ? placed.number : ''}_1`);
  await settlePayment(shop.ports)(session);
  await settlePayment(shop.ports)({ ...session, paymentIntent: 'pi_second' });
  shop.payments.mode = 'refuses';

  expect([
    await makeRefunds(shop.ports)(),
    await makeRefunds(shop.ports)(),
    kinds(shop).at(-1),
  ]).toEqual([1, 0, 'merchant-needs-review']);
});

type Step = {
  act: 'place' | 'pay' | 'pay-again' | 'expire' | 'refund' | 'resume';
  of: number;
  mode: 'works' | 'hangs';
};
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('place', 'place', 'pay', 'pay-again', 'expire', 'refund', 'resume'),
  of: fc.nat(5),
  mode: fc.constantFrom('works', 'works', 'hangs'),
});

async function take(shop: MemoryShop, { act, of, mode }: Step): Promise<void> {
  shop.payments.mode = mode;
  shop.clock.now = new Date(shop.clock.now.getTime() + 20_000);
  const session = `cs_${orders(shop)[of]?.order.number}_1`;
  const settle = async (paymentIntent: string): Promise<void> => {
    if (shop.payments.sessions.get(session)?.state === 'open' || paymentIntent !== `pi_${session}`)
      await settlePayment(shop.ports)(shop.payments.pay(session, { paymentIntent }));
  };
  if (act === 'place') await placeOrder(shop.ports)(request(), `client-${last}`);
  else if (act === 'refund') await makeRefunds(shop.ports)();
  else if (act === 'resume') await resumePayments(shop.ports)();
  else if (!shop.payments.sessions.has(session)) return;
  else if (act === 'pay') await settle(`pi_${session}`);
  else if (act === 'pay-again') await settle(`pi_again_${session}`);
  else await closeOrder(shop.ports)(orders(shop)[of]?.order.number ?? '', 'expired');
}

test('whatever happens in whatever order: stock balances, and once refunds are made an order keeps its price or nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const shop = memoryShop(4);
      for (const one of steps) await take(shop, one);
      for (const act of ['resume', 'refund'] as const)
        await take(shop, { act, of: 0, mode: 'works' });
      const all = orders(shop).map(({ order }) => order);
      const [reserved, sold] = (['reserved', 'sold'] as const).map(
        (holding) => all.filter((order) => order.holding === holding).length,
      );
      expect(level(shop)).toEqual({ onHand: 4 - (sold ?? 0), reserved });
      for (const order of all) {
        const kept =
          order.status === 'paid' || order.status === 'needs_review'
            ? [order.total, 2 * order.total]
            : [0];
        expect([
          order.status,
          kept.includes(netTotal(order)) &&
            (order.status !== 'paid' || netTotal(order) === order.total),
        ]).toEqual([order.status, true]);
        expect(order.status === 'paid').toBe(order.holding === 'sold');
      }
    }),
    { numRuns: 150 },
  );
});
