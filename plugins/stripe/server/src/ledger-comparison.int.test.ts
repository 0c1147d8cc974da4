import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startStrapiChannel, type StrapiChannel } from '@comptoir/harness';

import { paymentState } from '../../../../cms/door/payment-health.ts';
import { type Simulator, startSimulator } from '../../../../infra/stripe-simulator/index.ts';

/**
 * Nothing happens by itself here, and Stripe's clock is two hours behind: all it does has left the
 * hour that belongs to webhooks.
 */
const KEY = 'sk_test_0123456789';
let simulator: Simulator;
let strapi: StrapiChannel;
let client: pg.Client;
beforeAll(async () => {
  simulator = await startSimulator({ secretKey: KEY, now: () => Date.now() - 2 * 3_600_000 });
  strapi = await startStrapiChannel({
    STRIPE_SECRET_KEY: KEY,
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
    STRIPE_API_BASE: simulator.url,
  });
  await strapi.adjust('ah-001-1', 20);
  client = new pg.Client({ connectionString: strapi.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await strapi?.stop();
  await simulator?.close();
});

const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await client.query(sql, values)).rows;
const stripe = (method: string, ...args: unknown[]): Promise<unknown> =>
  strapi.service('stripe', 'stripe', method, ...args);
const log = (method: string, ...args: unknown[]): Promise<unknown> =>
  strapi.service('stripe', 'log', method, ...args);
const orders = (method: string, ...args: unknown[]): Promise<unknown> =>
  strapi.service('commerce', 'orders', method, ...args);
const api = async (path: string, form: Record<string, string>): Promise<string> => {
  const answer = await fetch(`${simulator.url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'stripe-version': '2026-10-28.endive' },
    body: new URLSearchParams(form),
  });
  return z.object({ id: z.string() }).parse(await answer.json()).id;
};
const paymentOf = async (session: string): Promise<string> =>
  z.looseObject({ payment_intent: z.string() }).parse(await simulator.pay(session)).payment_intent;
const foreignPayment = async (cents: number): Promise<string> =>
  paymentOf(
    await api('checkout/sessions', {
      mode: 'payment',
      success_url: 'http://127.0.0.1:9/',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': String(cents),
      'line_items[0][price_data][product_data][name]': 'x',
    }),
  );
let last = 0;
async function place() {
  const lines = [{ sku: 'ah-001-1', quantity: 1 }];
  const { total } = z
    .looseObject({ total: z.int() })
    .parse(await orders('quote', { cart: { lines }, country: 'FR', locale: 'fr' }));
  const name = String((last += 1));
  const request = {
    cart: { lines },
    country: 'FR',
    email: `buyer-${name}@example.fr`,
    locale: 'fr',
    expectedTotal: total,
    idempotencyKey: `key-of-this-purchase-${name}`,
    termsAccepted: true,
  };
  const { number, paymentUrl } = z
    .looseObject({ number: z.string(), paymentUrl: z.string() })
    .parse(await orders('place', request, name));
  return { number, session: paymentUrl.split('/').at(-1) ?? '', total };
}
const addPayment = (number: string, intent: string, cents: number): Promise<unknown> =>
  query(
    `insert into payments (order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at) values ($1, $2, 'cs_x', $3, 'eur', false, now() at time zone 'UTC' - interval '2 hours')`,
    [number, intent, cents],
  );
const stateOf = async (number: string): Promise<unknown[]> =>
  Object.values(
    (
      await query('select status, needs_review_reason from orders where number = $1', [number])
    )[0] ?? {},
  );
/**
 * Compares, expecting one new difference; a second comparison must not tell it again. Staff then
 * deal with it.
 */
async function oneDifference(kind: string, object: string): Promise<void> {
  expect(await stripe('compareLedgers')).toMatchObject({ found: 1, open: 1 });
  expect(await stripe('compareLedgers')).toMatchObject({ found: 0, open: 1 });
  expect([await log('differences'), await paymentState(strapi.databaseUrl)]).toMatchObject([
    [{ kind, object }],
    { differences: 1 },
  ]);
  expect([
    await log('dismissDifference', { kind, object }, 'Anne'),
    await log('dismissDifference', { kind, object }, 'Anne'),
  ]).toEqual([true, false]);
  expect(await stripe('compareLedgers')).toMatchObject({ found: 0, open: 0 });
}

test('what a lost webhook explains is made good: the order is paid, and nothing is reported', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  expect(await stripe('compareLedgers')).toMatchObject({
    payments: 1,
    healed: 1,
    found: 0,
    open: 0,
  });
  expect([await stateOf(number), await stripe('compareLedgers')]).toMatchObject([
    ['paid', null],
    { healed: 0, found: 0 },
  ]);
  const [{ id } = {}] = await query(
    'select stripe_payment_intent as id from payments where order_number = $1',
    [number],
  );
  const refund = await api('refunds', { payment_intent: String(id), amount: '100' });
  expect(await stripe('compareLedgers')).toMatchObject({ refunds: 1, healed: 1, found: 0 });
  await fetch(`${simulator.url}/_simulator/fail-refund/${refund}`, { method: 'POST' });
  expect(await stripe('compareLedgers')).toMatchObject({ healed: 1, found: 0 });
  expect([
    await query('select stripe_refund, status from refunds where order_number = $1', [number]),
    await stateOf(number),
  ]).toEqual([[{ stripe_refund: refund, status: 'failed' }], ['needs_review', 'refund-failed']]);
});

test('money that no order of ours has received', async () => {
  await oneDifference('paid_without_order', await foreignPayment(700));
});

test('money that stayed with an order that is not paid', async () => {
  const { number, total } = await place();
  await orders('closeOrder', number, 'expired');
  const intent = await foreignPayment(total);
  await addPayment(number, intent, total);
  await oneDifference('paid_without_order', intent);
  expect(await stateOf(number)).toEqual(['needs_review', 'ledger']);
});

test('a row that Stripe does not know, of a payment and of a refund', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  await stripe('compareLedgers');
  await addPayment(number, 'pi_ghost', 500);
  await oneDifference('payment_missing_at_stripe', 'pi_ghost');
  expect(await stateOf(number)).toEqual(['needs_review', 'ledger']);
  await query(
    `insert into refunds (order_number, payment_intent, stripe_refund, request_key, amount, reason, actor, status, created_at) values ($1, 'pi_ghost', 're_ghost', 'x', 500, 'x', 'x', 'succeeded', now() at time zone 'UTC' - interval '2 hours')`,
    [number],
  );
  await oneDifference('refund_missing_at_stripe', 're_ghost');
});

test('another amount', async () => {
  const { number, session, total } = await place();
  const intent = await paymentOf(session);
  await addPayment(number, intent, total - 1);
  await oneDifference('payment_differs', intent);
});

test('half a list concludes nothing; a difference that is gone is closed by itself', async () => {
  const before = await query('select compared_at from stripe_state');
  simulator.faults.add([{ kind: 'fail-before', on: 'refunds.list', times: 2 }]);
  await expect(stripe('compareLedgers')).rejects.toThrow();
  expect(await query('select compared_at from stripe_state')).toEqual(before);
  await query(
    `insert into stripe_differences (kind, object, detail) values ('refund_differs', 're_gone', 'x')`,
  );
  expect(await stripe('compareLedgers')).toMatchObject({ found: 0, open: 0 });
  expect(
    await query(
      `select resolved_by from stripe_differences where object = 're_gone' and resolved_at is not null`,
    ),
  ).toEqual([{ resolved_by: null }]);
});
