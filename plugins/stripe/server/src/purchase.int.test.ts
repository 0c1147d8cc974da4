import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orderAnswerSchema, orderPlacedSchema, quoteAnswerSchema } from '@comptoir/contracts';
import { freePort, type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { login } from '../../../../cms/staff/client.fixture.ts';
import {
  signature,
  type Simulator,
  startSimulator,
} from '../../../../infra/stripe-simulator/index.ts';

/** A whole purchase over HTTP: the real API, and a Stripe that is simulated. */
const [KEY, SECRET] = ['sk_test_0123456789', 'whsec_0123456789'];
let simulator: Simulator;
let api: RunningApi;
let client: pg.Client;
beforeAll(async () => {
  const port = await freePort();
  const webhook = { url: `http://127.0.0.1:${port}/api/paiements/stripe/webhook`, secret: SECRET };
  simulator = await startSimulator({ secretKey: KEY, webhook });
  api = await startApi({
    port,
    env: { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_BASE: simulator.url },
  });
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
  await simulator?.close();
});

const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await client.query(sql, values)).rows;
const post = async (path: string, body: unknown): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(`${api.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};
let last = 0;
async function place(sku: string, quantity: number) {
  const cart = { lines: [{ sku, quantity }] };
  const { data: quote } = quoteAnswerSchema.parse((await post('/panier/devis', { cart })).body);
  expect([quote.open, quote.reasons]).toEqual([true, []]);
  const name = String((last += 1));
  const { status, body } = await post('/commandes', {
    cart,
    country: 'FR',
    email: `buyer-${name}@example.fr`,
    locale: 'fr',
    expectedTotal: quote.total.amount,
    idempotencyKey: `key-of-this-purchase-${name}`,
    termsAccepted: true,
  });
  expect([status, body]).toMatchObject([
    201,
    { data: { paymentUrl: expect.stringContaining('/pay/cs_test_') } },
  ]);
  const { data } = orderPlacedSchema.parse(body);
  return { ...data, session: data.paymentUrl?.split('/').at(-1) ?? '', total: quote.total.amount };
}
const stock = async (sku: string): Promise<number[]> =>
  (await query('select on_hand, reserved from stock_levels where sku = $1', [sku])).flatMap(
    (row) => [Number(row['on_hand']), Number(row['reserved'])],
  );
const statusOf = async (number: string): Promise<unknown> =>
  (await query('select status from orders where number = $1', [number]))[0]?.['status'];
const becomes = (number: string, status: string): Promise<unknown> =>
  vi.waitFor(async () => expect(await statusOf(number)).toBe(status), {
    timeout: 20_000,
    interval: 50,
  });
const mails = async (number: string): Promise<unknown[]> =>
  (
    await query('select kind from mail_outbox where data::text like $1 order by kind', [
      `%${number}%`,
    ])
  ).map(({ kind }) => kind);
const allHandled = (): Promise<unknown> =>
  vi.waitFor(
    async () =>
      expect(
        await query(`select event_id, last_error from webhook_inbox where state <> 'done'`),
      ).toEqual([]),
    { timeout: 20_000, interval: 50 },
  );

test("paid on Stripe's page, the tab closed: the order is paid, stock moved, mails written, the ledgers agree", async () => {
  const [onHand = 0, reserved = 0] = await stock('ah-001-1');
  const { number, token, session, total } = await place('ah-001-1', 2);
  expect(await stock('ah-001-1')).toEqual([onHand, reserved + 2]);
  await simulator.pay(session);
  await becomes(number, 'paid');
  await allHandled();
  expect(await stock('ah-001-1')).toEqual([onHand - 2, reserved]);
  expect(await mails(number)).toEqual(['merchant-new-order', 'order-confirmed']);
  expect(simulator.ledger()[number]).toMatchObject({ taken: total, refunded: 0 });
  expect(
    await query('select amount, currency, livemode from payments where order_number = $1', [
      number,
    ]),
  ).toEqual([{ amount: total, currency: 'eur', livemode: false }]);
  const answer = await fetch(`${api.url}/api/commandes/${number}?token=${token}`);
  expect(orderAnswerSchema.parse(await answer.json()).data).toMatchObject({
    status: 'paid',
    testMode: true,
    shippingAddress: { country: 'FR' },
  });
  // The inbox keeps the events that ask for nothing; the log says what was done.
  const log = readFileSync(join(api.dataDir, 'logs/api.log'), 'utf8');
  expect([log.includes('checkout.session.completed: paid'), log.includes('not ours')]).toEqual([
    true,
    false,
  ]);
});

test('50 copies of one webhook at once, and the same event under other ids, are one effect', async () => {
  const { number, session } = await place('ah-002-1', 1);
  simulator.faults.add([
    { kind: 'duplicate-webhook', type: 'checkout.session.completed', copies: 49 },
  ]);
  await simulator.pay(session);
  await simulator.idle();
  await becomes(number, 'paid');
  const twins = Array.from({ length: 20 }, (_, n) =>
    JSON.stringify({
      id: `evt_twin${n}`,
      type: 'checkout.session.completed',
      livemode: false,
      created: 1,
      data: { object: { id: session } },
    }),
  );
  const answers = await Promise.all(
    twins.map((body) =>
      fetch(`${api.url}/api/paiements/stripe/webhook`, {
        method: 'POST',
        headers: { 'stripe-signature': signature(body, SECRET, Math.floor(Date.now() / 1000)) },
        body,
      }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await allHandled();
  expect(
    await query('select count(*)::int as n from payments where order_number = $1', [number]),
  ).toEqual([{ n: 1 }]);
  expect(
    await query(
      `select sum(delta)::int as sold, sum(reserved_delta)::int as held from stock_movements where order_number = $1`,
      [number],
    ),
  ).toEqual([{ sold: -1, held: 0 }]);
  expect(
    await query(
      `select count(*)::int as n from order_events where order_number = $1 and kind = 'payment-received'`,
      [number],
    ),
  ).toEqual([{ n: 1 }]);
  expect(await mails(number)).toEqual(['merchant-new-order', 'order-confirmed']);
});

test('a declined card is told to the buyer and the page stays open', async () => {
  const { number, session } = await place('ah-003-1', 1);
  await simulator.pay(session, { how: 'decline' });
  await vi.waitFor(async () => expect(await mails(number)).toEqual(['payment-failed']), {
    timeout: 20_000,
    interval: 50,
  });
  expect(await statusOf(number)).toBe('pending');
  await simulator.pay(session);
  await becomes(number, 'paid');
});

test.each(['as told', 'the other way round'])(
  'a delayed payment that bounces is told in one mail, its events %s',
  async (order) => {
    const { number, session } = await place('ah-003-1', 1);
    await simulator.pay(session, { how: 'delayed' });
    await simulator.idle();
    if (order !== 'as told') simulator.faults.add([{ kind: 'reorder-webhooks', count: 2 }]);
    await control(`settle/${session}`, { outcome: 'failed' });
    await becomes(number, 'expired');
    await simulator.idle();
    await allHandled();
    expect(await mails(number)).toEqual(['order-expired']);
    expect(
      await query(
        `select data ->> 'bounced' as bounced from mail_outbox where kind = 'order-expired' and data ->> 'number' = $1`,
        [number],
      ),
    ).toEqual([{ bounced: 'true' }]);
  },
);

const control = async (path: string, body: unknown = {}): Promise<string> => {
  const { id }: { id: string } = JSON.parse(
    await (
      await fetch(`${simulator.url}/_simulator/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
    ).text(),
  );
  return id;
};
const disputes = (number: string): Promise<Record<string, unknown>[]> =>
  query('select entry, amount, status from disputes where order_number = $1 order by id', [number]);

test('a dispute holds the order, in whatever order and however often its events come; won, the money is ours again', async () => {
  const { number, session, total } = await place('ah-003-1', 1);
  await simulator.pay(session);
  await becomes(number, 'paid');
  await simulator.idle();
  simulator.faults.add([
    { kind: 'duplicate-webhook', type: 'charge.dispute.created', copies: 3 },
    { kind: 'reorder-webhooks', count: 2 },
  ]);
  const id = await control(`dispute/${session}`);
  await becomes(number, 'needs_review');
  await simulator.idle();
  await allHandled();
  expect(await query('select needs_review_reason from orders where number = $1', [number])).toEqual(
    [{ needs_review_reason: 'dispute' }],
  );
  expect(await disputes(number)).toEqual([
    { entry: 'opened', amount: total, status: 'needs_response' },
    { entry: 'funds', amount: -total, status: 'needs_response' },
  ]);
  simulator.faults.add([{ kind: 'reorder-webhooks', count: 3 }]);
  await control(`close-dispute/${id}`, { outcome: 'won' });
  await vi.waitFor(
    async () =>
      expect((await disputes(number)).map(({ entry, amount }) => [entry, amount])).toEqual([
        ['opened', total],
        ['funds', -total],
        ['funds', total],
        ['closed', 0],
      ]),
    { timeout: 20_000, interval: 50 },
  );
  await simulator.idle();
  await allHandled();
  expect([await mails(number), simulator.ledger()[number]?.disputed]).toEqual([
    ['merchant-needs-review', 'merchant-needs-review', 'merchant-new-order', 'order-confirmed'],
    0,
  ]);
});

test('an inquiry that staff have answered holds its order again once it becomes a dispute', async () => {
  const { number, session, total } = await place('ah-003-1', 1);
  await simulator.pay(session);
  await becomes(number, 'paid');
  const id = await control(`dispute/${session}`, { inquiry: true });
  await becomes(number, 'needs_review');
  const staff = await login(api.url, testAdmin.email, testAdmin.password);
  expect((await staff('POST', `/commerce/orders/${number}/approval`)).status).toBe(200);
  await control(`escalate-inquiry/${id}`);
  await becomes(number, 'needs_review');
  await vi.waitFor(
    async () =>
      expect((await disputes(number)).map(({ entry, amount }) => [entry, amount])).toEqual([
        ['opened', total],
        ['opened', total],
        ['funds', -total],
      ]),
    { timeout: 20_000, interval: 50 },
  );
});

test('money without an order is never silent', async () => {
  const form =
    'mode=payment&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=100&line_items[0][price_data][product_data][name]=x&success_url=http://127.0.0.1:9/';
  const made = await fetch(`${simulator.url}/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'stripe-version': '2026-10-28.endive' },
    body: new URLSearchParams(form),
  });
  const { id }: { id: string } = JSON.parse(await made.text());
  await simulator.pay(id);
  await vi.waitFor(
    async () =>
      expect(await query(`select last_error from webhook_inbox where state = 'dead'`)).toEqual([
        { last_error: 'paid_without_order' },
      ]),
    { timeout: 20_000, interval: 50 },
  );
});
