import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrderRequest } from '@comptoir/contracts';

import { cents, sum } from '../domain/cents.ts';
import { counts, netTotal } from '../domain/order-money.ts';
import type { PaymentSession } from '../domain/payments-port.ts';
import { type Crash, Crashed, crashingPorts } from '../fixture/crashing-ports.ts';
import { CARRIAGE, type MemoryShop, memoryShop, PRICE } from '../fixture/memory-shop.ts';
import { advanceOrder } from './advance-order.ts';
import { makeRefunds } from './make-refunds.ts';
import { placeOrder } from './place-order.ts';
import { closeOrder } from './release-order.ts';
import { resumePayments } from './resume-payment.ts';
import { settlePayment } from './settle-payment.ts';

/**
 * Random histories in which the process dies anywhere: buyers, Stripe's events and staff ask again,
 * and all ends as if it had not.
 */
const PIECES = 5;
const ACTS = [
  'place',
  'place',
  'pay',
  'pay',
  'pay-twice',
  'tell',
  'tell',
  'tell',
  'refund-part',
  'refund-line',
  'make-refunds',
  'make-refunds',
  'make-refunds',
  'expire',
  'cancel',
  'ship',
  'resume',
] as const;
interface Step {
  act: (typeof ACTS)[number];
  of: number;
  death: Crash | null;
}
const death: fc.Arbitrary<Crash | null> = fc.option(
  fc.record({ at: fc.nat(3), when: fc.constantFrom('before', 'after') }),
  { freq: 2 },
);
const step: fc.Arbitrary<Step> = fc.record({ act: fc.constantFrom(...ACTS), of: fc.nat(2), death });

/**
 * What stays outside the process: the buyers' requests, and what the provider will tell until it is
 * heard.
 */
interface World {
  shop: MemoryShop;
  requests: OrderRequest[];
  told: PaymentSession[];
}

const orders = ({ shop }: World) => [...shop.state.orders.values()].map(({ order }) => order);
const request = (id: number): OrderRequest => ({
  cart: { lines: [{ sku: 'cup', quantity: 1 }] },
  country: 'FR',
  email: `b${id}@example.fr`,
  locale: 'fr',
  expectedTotal: cents(PRICE + CARRIAGE),
  idempotencyKey: `a-key-of-this-one-${id}`,
  termsAccepted: true,
});
const numberAt = (world: World, of: number): string => orders(world)[of]?.number ?? '';

function pay(world: World, of: number, twice: boolean): void {
  const session = world.shop.payments.sessions.get(`cs_${numberAt(world, of)}_1`);
  if (session?.state !== 'open') return;
  world.told.push(world.shop.payments.pay(session.id));
  if (twice)
    world.told.push({
      ...world.shop.payments.pay(session.id),
      paymentIntent: `pi_again_${session.id}`,
    });
}

async function act(world: World, { act: what, of, death: dies }: Step): Promise<unknown> {
  const ports = crashingPorts(world.shop.ports, dies);
  const staff = advanceOrder(ports);
  const number = numberAt(world, of);
  switch (what) {
    case 'place': {
      const one = world.requests[of] ?? request(world.requests.length);
      if (!world.requests.includes(one)) world.requests.push(one);
      return placeOrder(ports)(one, one.email);
    }
    case 'pay':
    case 'pay-twice':
      return pay(world, of, what === 'pay-twice');
    case 'tell':
      return Promise.all(world.told.slice(of, of + 2).map(settlePayment(ports)));
    case 'expire':
      return closeOrder(ports)(number, 'expired');
    case 'cancel':
      return staff(
        number,
        ({ order }) =>
          Promise.resolve(
            order.status === 'paid'
              ? { kind: 'cancelled', actor: 'Anne', sessionClosed: true }
              : null,
          ),
        'Anne',
      );
    case 'refund-part':
      return staff(
        number,
        () =>
          Promise.resolve({
            kind: 'refund-requested',
            request: 'part',
            amount: cents(100),
            reason: 'retour',
            actor: 'Anne',
            lines: [],
            shipping: false,
            restock: false,
          }),
        'Anne',
      );
    case 'refund-line':
      return staff(
        number,
        () =>
          Promise.resolve({
            kind: 'refund-requested',
            request: 'line',
            amount: cents(PRICE),
            reason: 'retour',
            actor: 'Anne',
            lines: [{ sku: 'cup', quantity: 1 }],
            shipping: false,
            restock: true,
          }),
        'Anne',
      );
    case 'ship':
      return staff(
        number,
        () => Promise.resolve({ kind: 'shipped', at: ports.now(), tracking: null }),
        'Anne',
      );
    case 'make-refunds':
      return makeRefunds(ports)();
    case 'resume':
      return resumePayments(ports)();
  }
}

async function live(world: World, steps: readonly Step[]): Promise<void> {
  for (const one of steps) {
    world.shop.clock.now = new Date(world.shop.clock.now.getTime() + 20_000);
    await act(world, one).catch((error: unknown) => {
      if (!(error instanceof Crashed)) throw error;
    });
  }
}

/**
 * The process lives from here on: every request is sent again, every event told again, every job
 * run.
 */
async function recover(world: World): Promise<void> {
  const { shop, requests, told } = world;
  shop.clock.now = new Date(shop.clock.now.getTime() + 60_000);
  for (const one of requests) await placeOrder(shop.ports)(one, one.email);
  await resumePayments(shop.ports)();
  for (const { id, state } of shop.payments.sessions.values())
    if (state === 'expired') await closeOrder(shop.ports)(id.split('_')[1] ?? '', 'expired');
  for (const session of [...told, ...told]) await settlePayment(shop.ports)(session);
  while ((await makeRefunds(shop.ports)()) > 0);
}

function expectWhole(world: World): void {
  const { shop, requests, told } = world;
  const all = orders(world);
  expect(
    new Set([...shop.state.orders.values()].map(({ placement }) => placement.idempotencyKey)).size,
  ).toBe(all.length);
  expect(all.length).toBeLessThanOrEqual(requests.length);
  const away = all.filter(
    ({ holding, returned }) => holding === 'sold' && returned.length === 0,
  ).length;
  expect(shop.state.levels.get('cup')).toEqual({
    onHand: PIECES - away,
    reserved: all.filter(({ holding }) => holding === 'reserved').length,
  });
  // The provider's money is ours, payment by payment and refund by refund.
  expect(
    all.flatMap(({ payments }) => payments.map(({ paymentIntent }) => paymentIntent)).sort(),
  ).toEqual([...new Set(told.map(({ paymentIntent }) => paymentIntent))].sort());
  expect(
    sum(all.flatMap(({ refunds }) => refunds.filter(counts).map(({ amount }) => amount))),
  ).toBe(sum([...shop.payments.refunds.values()].map(({ amount }) => amount)));
  for (const order of all) {
    const confirmed = shop.state.mails.filter(
      ({ key }) => key === `order-confirmed-${order.number}`,
    ).length;
    expect([order.number, confirmed]).toEqual([order.number, order.paidAt === null ? 0 : 1]);
    expect(order.inFlight).toEqual([]);
    expect(netTotal(order)).toBeGreaterThanOrEqual(0);
    expect(netTotal(order) > 0).toBe(['paid', 'shipped', 'needs_review'].includes(order.status));
  }
}

test('dying anywhere, any number of times, changes nothing in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }),
      async (steps) => {
        const world: World = { shop: memoryShop(PIECES), requests: [], told: [] };
        await live(world, steps);
        await recover(world);
        expectWhole(world);
      },
    ),
    { numRuns: 1000 },
  );
});

test('what one dies at is undone, or done and unheard', async () => {
  for (const [when, placed] of [
    ['before', 0],
    ['after', 1],
  ] as const) {
    const world: World = { shop: memoryShop(PIECES), requests: [], told: [] };
    await live(world, [{ act: 'place', of: 0, death: { at: 0, when } }]);
    expect([when, orders(world).length]).toEqual([when, placed]);
  }
});
