import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startStrapiChannel, type StrapiChannel } from '@comptoir/harness';

import { type Simulator, startSimulator } from '../../../../infra/stripe-simulator/index.ts';

/**
 * A Strapi that serves nothing: no webhook reaches it and nothing happens by itself, so each heal
 * is the one called here.
 */
const KEY = 'sk_test_0123456789';
let simulator: Simulator;
let strapi: StrapiChannel;
let client: pg.Client;
beforeAll(async () => {
  simulator = await startSimulator({ secretKey: KEY });
  strapi = await startStrapiChannel({
    STRIPE_SECRET_KEY: KEY,
    STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
    STRIPE_API_BASE: simulator.url,
  });
  await strapi.adjust('ah-001-1', 20);
  client = new pg.Client({ connectionString: strapi.databaseUrl });
  await client.connect();
});
afterEach(() => simulator.faults.clear());
afterAll(async () => {
  await client?.end();
  await strapi?.stop();
  await simulator?.close();
});

const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await client.query(sql, values)).rows;
const stripe = (method: string): Promise<unknown> => strapi.service('stripe', 'stripe', method);
const orders = (method: string, ...args: unknown[]): Promise<unknown> =>
  strapi.service('commerce', 'orders', method, ...args);
const placedSchema = z.object({
  ok: z.literal(true),
  number: z.string(),
  paymentUrl: z.string().optional(),
  waiting: z.boolean(),
});
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
  const again = (): Promise<unknown> => orders('place', request, name);
  const placed = placedSchema.parse(await again());
  return { ...placed, again, session: placed.paymentUrl?.split('/').at(-1) ?? '', total };
}
const statusOf = async (number: string): Promise<unknown> =>
  (await query('select status from orders where number = $1', [number]))[0]?.['status'];
const held = async (number: string): Promise<unknown> =>
  (
    await query(
      'select coalesce(sum(reserved_delta), 0)::int as n from stock_movements where order_number = $1',
      [number],
    )
  )[0]?.['n'];
const seen = async () =>
  (await query('select seen_until, failing_since, last_error from stripe_state'))[0];

test("a payment whose webhook never came is found in Stripe's list, once", async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  expect(await statusOf(number)).toBe('pending');
  expect(await stripe('reconcile')).toBe(1);
  expect(await stripe('drain')).toBe(1);
  expect(await statusOf(number)).toBe('paid');
  expect([await stripe('reconcile'), await stripe('drain')]).toEqual([0, 0]);
});

test('Stripe silent: noted for /health, the place in the list stays; it answers again: all is caught up', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  const before = await seen();
  simulator.faults.add([{ kind: 'fail-before', on: 'events.list', times: 2 }]);
  await expect(stripe('reconcile')).rejects.toThrow();
  expect(await seen()).toMatchObject({
    seen_until: before?.['seen_until'],
    failing_since: expect.any(Date),
    last_error: expect.stringMatching(/^Stripe\w+( \w+)*$/),
  });
  expect([await stripe('reconcile'), await stripe('drain')]).toEqual([1, 1]);
  expect([await statusOf(number), (await seen())?.['failing_since']]).toEqual(['paid', null]);
});

test('Stripe silent while an event is handled: the event waits, no try is counted, and it is done on the next', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  await stripe('reconcile');
  simulator.faults.add([{ kind: 'fail-before', on: 'sessions.retrieve', times: 2 }]);
  await stripe('drain');
  expect(
    await query(
      `select state, attempts, next_at > now() as later from webhook_inbox where state = 'received'`,
    ),
  ).toEqual([{ state: 'received', attempts: 0, later: true }]);
  expect([await statusOf(number), await held(number)]).toEqual(['pending', 1]);
  await query(`update webhook_inbox set next_at = now() where state = 'received'`);
  await stripe('drain');
  expect([await statusOf(number), await held(number)]).toEqual(['paid', 0]);
});

test('an object Stripe cannot show, while it answers all else: tries are counted, and in the end staff see the event and can replay it', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  await stripe('reconcile');
  simulator.faults.add([{ kind: 'fail-before', on: 'sessions.retrieve', times: 20 }]);
  const tryAgain = async (): Promise<unknown> => {
    await query(`update webhook_inbox set next_at = now() where state = 'received'`);
    await stripe('drain');
    return (
      await query(
        `select state, attempts from webhook_inbox where payload ->> 'id' = $1 and type = 'checkout.session.completed'`,
        [session],
      )
    )[0];
  };
  await stripe('drain');
  // Its list was read before the event was tried, not since: Stripe may be away altogether.
  await query(`update stripe_state set reached_at = now() - interval '2 minutes'`);
  expect(await tryAgain()).toEqual({ state: 'received', attempts: 0 });
  await stripe('reconcile');
  expect(await tryAgain()).toEqual({ state: 'received', attempts: 1 });
  await query(`update stripe_state set failing_since = now()`);
  expect(await tryAgain()).toEqual({ state: 'received', attempts: 1 });
  await query(`update webhook_inbox set attempts = 14 where state = 'received'`);
  await stripe('reconcile');
  expect(await tryAgain()).toEqual({ state: 'dead', attempts: 15 });
  const [lost] = z
    .array(z.looseObject({ id: z.string(), objectId: z.string() }))
    .parse(await strapi.service('stripe', 'log', 'dead', 10));
  expect(lost?.objectId).toBe(session);
  simulator.faults.clear();
  expect(await strapi.service('stripe', 'log', 'again', lost?.id)).toBe(true);
  await stripe('drain');
  expect(await statusOf(number)).toBe('paid');
});

test('an order whose page is not known keeps its pieces; asked again, it gets the page that was made for it', async () => {
  simulator.faults.add([
    { kind: 'fail-before', on: 'sessions.create' },
    { kind: 'fail-after', on: 'sessions.create' },
  ]);
  const { number, waiting, again } = await place();
  expect([waiting, await held(number)]).toEqual([true, 1]);
  expect(await again()).toMatchObject({
    ok: true,
    number,
    waiting: false,
    paymentUrl: expect.stringContaining('/pay/cs_test_'),
  });
  expect([await statusOf(number), await held(number)]).toEqual(['pending', 1]);
});

test("a page whose time is over lets the pieces go on Stripe's word only", async () => {
  const { number } = await place();
  await query(
    `update orders set session_expires_at = session_expires_at - interval '1 hour' where number = $1`,
    [number],
  );
  simulator.faults.add([{ kind: 'fail-before', on: '*', times: 20 }]);
  expect(await orders('closeOverdue')).toEqual([{ number, released: 'kept' }]);
  expect([await statusOf(number), await held(number)]).toEqual(['pending', 1]);
  simulator.faults.clear();
  expect(await orders('closeOverdue')).toEqual([{ number, released: 'released' }]);
  expect([await statusOf(number), await held(number)]).toEqual(['expired', 0]);
});

test('a page whose time is over but that was paid is settled', async () => {
  const { number, session } = await place();
  await simulator.pay(session);
  await query(
    `update orders set session_expires_at = session_expires_at - interval '1 hour' where number = $1`,
    [number],
  );
  expect(await orders('closeOverdue')).toEqual([{ number, released: 'paid' }]);
  expect(await statusOf(number)).toBe('paid');
});

test('paid twice: one payment stays, the other goes back, and the webhook of that refund changes nothing more', async () => {
  const { number, session, total } = await place();
  await simulator.pay(session, { how: 'twice' });
  await stripe('reconcile');
  await stripe('drain');
  expect(await orders('makeRefunds')).toBe(1);
  await stripe('reconcile');
  await stripe('drain');
  expect(simulator.ledger()[number]).toMatchObject({ taken: 2 * total, refunded: total });
  expect(
    await query('select amount, status from refunds where order_number = $1', [number]),
  ).toEqual([{ amount: total, status: 'succeeded' }]);
});

const control = async (path: string, body: unknown = {}): Promise<unknown> =>
  JSON.parse(
    await (
      await fetch(`${simulator.url}/_simulator/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    ).text(),
  );

test.each([
  ['made', 'fail-after', 1],
  ['not made', 'fail-before', 2],
] as const)(
  'a failure Stripe keeps repeating, the page %s: the buyer gets the one page there is',
  async (_, kind, attempt) => {
    simulator.faults.add([{ kind, on: 'sessions.create', remembered: true }]);
    const { number, again, total } = await place();
    const placed = placedSchema.parse(await again());
    await simulator.pay(placed.paymentUrl?.split('/').at(-1) ?? '');
    await stripe('reconcile');
    await stripe('drain');
    expect(
      await query('select status, payment_attempt from orders where number = $1', [number]),
    ).toEqual([{ status: 'paid', payment_attempt: attempt }]);
    expect(simulator.ledger()[number]).toMatchObject({ taken: total, refunded: 0 });
  },
);

test('a refund the bank sends back holds the order; asked for again it has a key of its own, and is made once', async () => {
  const { number, session, total } = await place();
  await simulator.pay(session, { how: 'twice' });
  const caughtUp = async (): Promise<void> => {
    await stripe('reconcile');
    await stripe('drain');
  };
  await caughtUp();
  await orders('makeRefunds');
  const [made] = simulator.ledger()[number]?.refunds ?? [];
  await control(`fail-refund/${made}`);
  await caughtUp();
  expect(
    await query('select status, needs_review_reason as reason from orders where number = $1', [
      number,
    ]),
  ).toEqual([{ status: 'needs_review', reason: 'refund-failed' }]);
  expect(await orders('makeRefunds')).toBe(0);
  expect(await orders('retryRefunds', number, 'Anne')).toMatchObject({ ok: true, changed: true });
  expect(await orders('retryRefunds', number, 'Anne')).toMatchObject({ ok: true, changed: false });
  expect([await orders('makeRefunds'), await orders('makeRefunds')]).toEqual([1, 0]);
  await caughtUp();
  expect(simulator.ledger()[number]).toMatchObject({ taken: 2 * total, refunded: total });
  const keys = await query(
    'select request_key, status from refunds where order_number = $1 order by id',
    [number],
  );
  expect(keys).toEqual([
    { request_key: expect.stringContaining('surplus'), status: 'failed' },
    { request_key: expect.stringMatching(/surplus-\d+-v2$/), status: 'succeeded' },
  ]);
});
