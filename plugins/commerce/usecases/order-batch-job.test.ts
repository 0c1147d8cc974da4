import { expect, test } from 'vitest';

import { cents } from '../domain/cents.ts';
import { CARRIAGE, memoryShop, PRICE } from '../fixture/memory-shop.ts';
import { closeOverdue } from './close-overdue.ts';
import { makeRefunds } from './make-refunds.ts';
import { BATCH_SIZE, batchJob, type JobPorts } from './order-batch-job.ts';
import { placeOrder } from './place-order.ts';
import { resumePayments } from './resume-payment.ts';
import { settlePayment } from './settle-payment.ts';

async function shopWith(count: number, mode: 'works' | 'hangs' = 'works') {
  const shop = memoryShop(count);
  shop.payments.mode = mode;
  for (let n = 0; n < count; n += 1) {
    await placeOrder(shop.ports)(
      {
        cart: { lines: [{ sku: 'cup', quantity: 1 }] },
        country: 'FR',
        email: `r${n}@example.fr`,
        locale: 'fr',
        expectedTotal: cents(PRICE + CARRIAGE),
        idempotencyKey: `key-of-a-round-${n}`,
        termsAccepted: true,
      },
      `c${n}`,
    );
  }
  const numbers = [...shop.state.orders.keys()];
  const statuses = (): string[] => [...shop.state.orders.values()].map(({ order }) => order.status);
  return { shop, numbers, statuses, first: numbers[0] ?? '' };
}
const failing = (): Promise<never> => Promise.reject(new Error('read failed'));

test('an order of which a job knows nothing but an error stops none of the others', async () => {
  const { shop, numbers, statuses, first } = await shopWith(3);
  shop.payments.pay(`cs_${first}_1`);
  shop.ports.payments = { ...shop.payments, read: failing };
  shop.clock.now = new Date('2027-01-01T00:00:00Z');

  expect(await closeOverdue(shop.ports)()).toEqual(
    numbers.slice(1).map((number) => ({ number, released: 'released' })),
  );
  expect([statuses(), shop.failedItems]).toEqual([['pending', 'expired', 'expired'], [first]]);
});

test('nor does one whose page cannot be asked for, or whose refund cannot be made', async () => {
  const waiting = await shopWith(2, 'hangs');
  waiting.shop.payments.mode = 'works';
  const open = waiting.shop.payments.open;
  waiting.shop.ports.payments = {
    ...waiting.shop.payments,
    open: (order, attempt) => (order.number === waiting.first ? failing() : open(order, attempt)),
  };
  waiting.shop.clock.now = new Date(waiting.shop.clock.now.getTime() + 20_000);

  expect([await resumePayments(waiting.shop.ports)(), waiting.shop.failedItems]).toEqual([
    [{ number: waiting.numbers[1], opening: 'open' }],
    [waiting.first],
  ]);

  const paid = await shopWith(2);
  for (const number of paid.numbers) {
    await settlePayment(paid.shop.ports)(paid.shop.payments.pay(`cs_${number}_1`));
    await settlePayment(paid.shop.ports)({
      ...paid.shop.payments.pay(`cs_again_${number}`),
      orderNumber: number,
      amount: cents(PRICE + CARRIAGE),
    });
  }
  const refund = paid.shop.payments.refund;
  paid.shop.ports.payments = {
    ...paid.shop.payments,
    refund: (asked) => (asked.order === paid.first ? failing() : refund(asked)),
  };

  expect([await makeRefunds(paid.shop.ports)(), paid.shop.failedItems]).toEqual([1, [paid.first]]);
});

test('orders of which the provider says nothing do not stand before the others for ever', async () => {
  const { shop, numbers, statuses } = await shopWith(BATCH_SIZE + 1);
  const expire = shop.payments.expire;
  const silent = new Set(numbers.slice(0, BATCH_SIZE).map((number) => `cs_${number}_1`));
  shop.ports.payments = {
    ...shop.payments,
    expire: (id) => (silent.has(id) ? Promise.resolve('unknown') : expire(id)),
  };
  shop.clock.now = new Date('2027-01-01T00:00:00Z');
  const close = closeOverdue(shop.ports);

  expect([(await close()).length, await close(), statuses().at(-1)]).toEqual([
    BATCH_SIZE,
    [{ number: numbers.at(-1), released: 'released' }],
    'expired',
  ]);
  expect((await close()).map(({ number }) => number)).toEqual(numbers.slice(0, BATCH_SIZE));
});

test('while the provider keeps silent a run lasts seconds, not its patience times the orders; the next one goes on with the rest', async () => {
  const { shop, numbers } = await shopWith(7);
  const asked: string[] = [];
  // Two tries of eight seconds each.
  shop.ports.payments = {
    ...shop.payments,
    expire: (id) => {
      asked.push(id);
      shop.clock.now = new Date(shop.clock.now.getTime() + 16_000);
      return Promise.resolve('unknown');
    },
  };
  shop.clock.now = new Date('2027-01-01T00:00:00Z');
  const close = closeOverdue(shop.ports);
  const runs: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) runs.push((await close()).length);

  expect([runs, asked]).toEqual([[2, 2, 2, 1], numbers.map((number) => `cs_${number}_1`)]);
  expect((await close()).map(({ number }) => number)).toEqual(numbers.slice(0, 2));
});

test('a run ends when the database does not answer', async () => {
  const { shop } = await shopWith(0);
  const tried: string[] = [];
  let gone = false;
  const ports: JobPorts = {
    ...shop.ports,
    inTransaction: async (work) => {
      if (gone) throw new Error('no database');
      return shop.ports.inTransaction(work);
    },
  };
  const run = batchJob(
    ports,
    () => Promise.resolve([{ number: 'A' }, { number: 'B' }]),
    ({ number }) => {
      tried.push(number);
      gone = true;
      return failing();
    },
  );

  await expect(run()).rejects.toThrow('no database');
  expect(tried).toEqual(['A']);
});
