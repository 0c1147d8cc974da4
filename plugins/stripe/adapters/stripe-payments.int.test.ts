import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startStripeMock, stripeMockMissing } from '../../../infra/harness/stripe-mock.ts';
import {
  type FaultInput,
  type RecordedCall,
  replay,
  type Simulator,
  startSimulator,
} from '../../../infra/stripe-simulator/index.ts';
import { cents } from '../../commerce/domain/cents.ts';
import type { PayableOrder, Payments } from '../../commerce/domain/payments-port.ts';
import { stripeProvider } from './provider.ts';
import { stripeClient } from './stripe-client.ts';
import { sessionOfPayment, stripeLedger } from './stripe-ledger.ts';
import { stripePayments } from './stripe-payments.ts';

const KEY = 'sk_test_0123456789';
const recorded: RecordedCall[] = [];
const failures: string[] = [];
let simulator: Simulator;
let payments: Payments;
const paymentsWith = (secretKey: string, timeoutMs = 300): Payments =>
  stripePayments(stripeClient({ secretKey, apiBase: simulator.url, timeoutMs }), {
    testMode: true,
    siteUrl: 'https://shop.test',
    onFailure: (what) => failures.push(what),
  });

beforeAll(async () => {
  simulator = await startSimulator({ secretKey: KEY, record: (call) => recorded.push(call) });
  payments = paymentsWith(KEY);
});
afterEach(() => {
  simulator.faults.clear();
  failures.length = 0;
});
afterAll(() => simulator?.close());

let last = 0;
const order = (change: Partial<PayableOrder> = {}): PayableOrder => ({
  number: `AH-0000000${(last += 1)}`,
  token: 'a+token',
  locale: 'fr',
  email: 'ana@example.fr',
  country: 'FR',
  delivery: '',
  minDays: 0,
  maxDays: 4,
  placedAt: new Date(),
  total: cents(6290),
  shipping: cents(690),
  lines: [
    { title: 'Tasse Rivage', label: 'Sable', quantity: 2, total: cents(5001) },
    { title: 'Bol', label: '', quantity: 1, total: cents(599) },
  ],
  ...change,
});
const opened = async (given: PayableOrder, attempt = 1) => {
  const answer = await payments.open(given, attempt);
  if (answer.kind !== 'open')
    throw new Error(`not open: ${JSON.stringify(answer)} ${failures.join()}`);
  return answer;
};

describe('a payment page', () => {
  test('charges the order to the cent, for its country alone, and ends 45 minutes after the order', async () => {
    const given = order();
    const { sessionId, expiresAt, url } = await opened(given);
    expect(expiresAt.getTime()).toBe(
      Math.floor(given.placedAt.getTime() / 1000) * 1000 + 45 * 60_000,
    );
    expect(new URL(url).pathname).toContain(sessionId);
    expect(await payments.read(sessionId)).toEqual({
      id: sessionId,
      state: 'open',
      paid: false,
      amount: 6290,
      currency: 'eur',
      paymentIntent: null,
      livemode: false,
      orderNumber: given.number,
      email: 'ana@example.fr',
      phone: null,
      shippingAddress: null,
    });
  });
  test('asks for that and for nothing else', async () => {
    // Two cups of 28.00 € less a promotion of 5.99 €, and a bowl it made free: the page shows what
    // is paid, and multiplies nothing.
    const given = order({
      lines: [
        { title: 'Tasse Rivage', label: 'Sable', quantity: 2, total: cents(5001) },
        { title: 'Bol', label: '', quantity: 1, total: cents(0) },
      ],
      total: cents(5691),
    });
    await opened(given);
    const form = new URLSearchParams(
      recorded.find(
        ({ method, path, form: sent }) =>
          method === 'POST' && path === 'checkout/sessions' && sent.includes(given.number),
      )?.form,
    );
    const delayed = [
      'sepa_debit',
      'customer_balance',
      'multibanco',
      'bacs_debit',
      'boleto',
      'oxxo',
      'konbini',
      'us_bank_account',
      'acss_debit',
      'au_becs_debit',
    ];
    const line = (at: number, name: string, amount: string) =>
      Object.entries({
        quantity: '1',
        'price_data][currency': 'eur',
        'price_data][unit_amount': amount,
        'price_data][product_data][name': name,
      }).map(([key, value]) => [`line_items[${at}][${key}]`, value]);
    const option = {
      type: 'fixed_amount',
      display_name: 'Livraison',
      'fixed_amount][amount': '690',
      'fixed_amount][currency': 'eur',
      'delivery_estimate][minimum][unit': 'business_day',
      'delivery_estimate][minimum][value': '1',
      'delivery_estimate][maximum][unit': 'business_day',
      'delivery_estimate][maximum][value': '4',
    };
    // As pairs, not as an object: a name sent twice is seen.
    expect([...form].sort()).toEqual(
      [
        ['mode', 'payment'],
        ['locale', 'fr'],
        ['customer_email', 'ana@example.fr'],
        ['client_reference_id', given.number],
        ['metadata[order]', given.number],
        ['payment_intent_data[metadata][order]', given.number],
        ...line(0, '2 × Tasse Rivage — Sable', '5001'),
        ...line(1, '1 × Bol', '0'),
        ['shipping_address_collection[allowed_countries][0]', 'FR'],
        ['phone_number_collection[enabled]', 'true'],
        ...Object.entries(option).map(([key, value]) => [
          `shipping_options[0][shipping_rate_data][${key}]`,
          value,
        ]),
        ['adaptive_pricing[enabled]', 'false'],
        ...delayed.map((method, at) => [`excluded_payment_method_types[${at}]`, method]),
        ['success_url', `https://shop.test/commande/${given.number}?token=a%2Btoken&paye=1`],
        ['cancel_url', 'https://shop.test/panier'],
        ['expires_at', String(Math.floor(given.placedAt.getTime() / 1000) + 45 * 60)],
      ].sort(),
    );
  });
  test('names the way of sending that was chosen', async () => {
    const given = order({ delivery: 'Chronopost, express' });
    await opened(given);
    const { form } = recorded.find(({ form: sent }) => sent.includes(given.number)) ?? { form: '' };
    expect(
      new URLSearchParams(form).get('shipping_options[0][shipping_rate_data][display_name]'),
    ).toBe('Chronopost, express');
  });
  test('in English leads to the English pages', async () => {
    const { sessionId } = await opened(order({ locale: 'en' }));
    expect(recorded.find(({ body }) => JSON.stringify(body).includes(sessionId))?.form).toContain(
      encodeURIComponent('https://shop.test/en/order/'),
    );
  });
  test('the same attempt is the same page, another attempt another', async () => {
    const given = order();
    const [first, second, other] = [
      await opened(given),
      await opened(given),
      await opened(given, 2),
    ];
    expect(second.sessionId).toBe(first.sessionId);
    expect(other.sessionId).not.toBe(first.sessionId);
  });
  test('once paid it tells the payment and where the parcel goes', async () => {
    const { sessionId } = await opened(order());
    await simulator.pay(sessionId);
    expect(await payments.read(sessionId)).toMatchObject({
      state: 'complete',
      paid: true,
      amount: 6290,
      paymentIntent: expect.stringMatching(/^pi_/),
      shippingAddress: { country: 'FR', line1: expect.any(String) },
      phone: expect.any(String),
    });
  });
});

describe('no answer', () => {
  // The client asks twice by itself: both tries must fail.
  test.each<[string, FaultInput[]]>([
    [
      'a failure after the page was made',
      [
        { kind: 'fail-before', on: 'sessions.create' },
        { kind: 'fail-after', on: 'sessions.create' },
      ],
    ],
    [
      'silence after the page was made',
      [
        { kind: 'timeout-after', on: 'sessions.create' },
        { kind: 'timeout-before', on: 'sessions.create' },
      ],
    ],
    ['silence before', [{ kind: 'timeout-before', on: 'sessions.create', times: 2 }]],
  ])('%s is unknown; the same key then gives the one page there is', async (_, faults) => {
    const given = order();
    simulator.faults.add(faults);
    expect((await payments.open(given, 1)).kind).toBe('unknown');
    simulator.faults.clear();
    const { sessionId } = await opened(given);
    expect((await opened(given)).sessionId).toBe(sessionId);
    const made = recorded.filter(
      ({ method, form, body }) =>
        method === 'POST' &&
        form.includes(given.number) &&
        JSON.stringify(body).includes('"id":"cs_test'),
    );
    expect(new Set(made.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });
  test('one lost answer is made good by the client itself', async () => {
    simulator.faults.add([{ kind: 'fail-after', on: 'sessions.create', status: 500 }]);
    expect((await payments.open(order(), 1)).kind).toBe('open');
  });
  test.each([429, 409])('%i is no refusal', async (status) => {
    simulator.faults.add([{ kind: 'fail-before', on: 'sessions.create', times: 2, status }]);
    expect((await payments.open(order(), 1)).kind).toBe('unknown');
  });
  test('a key that Stripe does not know says nothing about what was done before', async () => {
    expect((await paymentsWith('sk_test_another0').open(order(), 1)).kind).toBe('unknown');
  });
  test('reading throws, expiring and refunding are unknown', async () => {
    const { sessionId } = await opened(order());
    simulator.faults.add([{ kind: 'fail-before', on: '*', times: 6 }]);
    await expect(payments.read(sessionId)).rejects.toThrow();
    expect(await payments.expire(sessionId)).toBe('unknown');
    expect(
      (
        await payments.refund({
          order: 'AH-00000001',
          paymentIntent: 'pi_x',
          amount: cents(100),
          key: 'refund-lost',
        })
      ).kind,
    ).toBe('unknown');
  });
});

test('a key that was used with other parameters (another address of the shop since) brings no page any more; the one it made is found, and the next key works', async () => {
  const given = order();
  const { sessionId } = await opened(given);
  const moved = stripePayments(stripeClient({ secretKey: KEY, apiBase: simulator.url }), {
    testMode: true,
    siteUrl: 'https://moved.test',
    onFailure: (what) => failures.push(what),
  });
  expect([await moved.open(given, 1), await moved.find(given)]).toEqual([
    { kind: 'stuck' },
    [expect.objectContaining({ sessionId, state: 'open' })],
  ]);
  expect((await moved.open(given, 2)).kind).toBe('open');
});

test('pages that are looked through may be of any form, but for those of the order', async () => {
  const setup = {
    id: 'cs_setup',
    object: 'checkout.session',
    mode: 'setup',
    status: 'open',
    amount_total: null,
    currency: null,
    client_reference_id: null,
    url: 'https://pay.test/setup',
    expires_at: 1,
  };
  const mine = { ...setup, id: 'cs_mine', client_reference_id: 'AH-MINE' };
  const stub = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        object: 'list',
        data: [setup, mine, { ...mine, client_reference_id: 'AH-ODD', status: null }],
        has_more: false,
      }),
    );
  });
  await once(stub.listen(0, '127.0.0.1'), 'listening');
  const address = stub.address();
  const odd = stripePayments(
    stripeClient({
      secretKey: KEY,
      apiBase: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    }),
    { testMode: true, siteUrl: 'https://shop.test', onFailure: (what) => failures.push(what) },
  );
  try {
    expect([
      await odd.find(order({ number: 'AH-MINE' })),
      await odd.find(order({ number: 'AH-ODD' })),
    ]).toEqual([
      [
        {
          sessionId: 'cs_mine',
          state: 'open',
          url: 'https://pay.test/setup',
          expiresAt: new Date(1000),
        },
      ],
      null,
    ]);
  } finally {
    stub.close();
  }
});

describe('looking for the pages of an order', () => {
  test('asks only for the time in which one could be made', async () => {
    const given = order();
    await payments.find(given);
    const placed = Math.floor(given.placedAt.getTime() / 1000);
    // Stripe makes no page that ends in less than half an hour: 15 minutes after the order is the
    // last. The clocks may be five minutes apart.
    expect(recorded.at(-1)).toMatchObject({
      method: 'GET',
      path: 'checkout/sessions',
      form: `created[gte]=${placed - 300}&created[lte]=${placed + 900 + 300}&limit=100`,
    });
  });
  test('in more pages than can be looked through, whether there is one is unknown', async () => {
    let asked = 0;
    const stub = createServer((_, response) => {
      asked += 1;
      const data = Array.from({ length: 100 }, (__, at) => ({
        id: `cs_${asked}_${at}`,
        object: 'checkout.session',
        client_reference_id: asked === 1 && at === 0 ? 'AH-BUSY' : null,
        status: 'open',
        url: 'https://pay.test',
        expires_at: 1,
      }));
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          object: 'list',
          data,
          has_more: asked < 50,
          url: '/v1/checkout/sessions',
        }),
      );
    });
    await once(stub.listen(0, '127.0.0.1'), 'listening');
    const address = stub.address();
    const busy = stripePayments(
      stripeClient({
        secretKey: KEY,
        apiBase: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      }),
      { testMode: true, siteUrl: 'https://shop.test', onFailure: (what) => failures.push(what) },
    );
    try {
      // The twenty-first answer says that there are more than two thousand.
      expect([await busy.find(order({ number: 'AH-BUSY' })), asked, failures]).toEqual([
        null,
        21,
        ['looking for the payment of AH-BUSY'],
      ]);
    } finally {
      stub.close();
    }
  });
});

describe('a failure that Stripe keeps under its key', () => {
  const broken = (
    kind: 'fail-before' | 'fail-after',
    on: 'sessions.create' | 'refunds.create',
  ): void => simulator.faults.add([{ kind, on, remembered: true }]);
  const paidOrder = async () => {
    const given = order();
    const { sessionId } = await opened(given);
    await simulator.pay(sessionId);
    return {
      given,
      ask: {
        order: given.number,
        paymentIntent: (await payments.read(sessionId))?.paymentIntent ?? '',
        amount: cents(1000),
        key: `refund-${given.number}`,
      },
    };
  };

  test('without a page: there is none to be found, and the next attempt makes one', async () => {
    const given = order();
    broken('fail-before', 'sessions.create');
    expect([
      await payments.open(given, 1),
      await payments.open(given, 1),
      await payments.find(given),
    ]).toEqual([{ kind: 'stuck' }, { kind: 'stuck' }, []]);
    const { sessionId } = await opened(given, 2);
    expect((await payments.find(given))?.map((found) => found.sessionId)).toEqual([sessionId]);
  });
  test('with a page: it is found, with its address', async () => {
    const given = order();
    broken('fail-after', 'sessions.create');
    expect(await payments.open(given, 1)).toEqual({ kind: 'stuck' });
    const [found, ...others] = (await payments.find(given)) ?? [];
    expect([found, others]).toEqual([
      {
        sessionId: expect.stringMatching(/^cs_test_/),
        state: 'open',
        url: expect.stringContaining('/pay/cs_test_'),
        expiresAt: new Date((Math.floor(given.placedAt.getTime() / 1000) + 45 * 60) * 1000),
      },
      [],
    ]);
  });
  test('whether there is a page is unknown while Stripe does not answer', async () => {
    simulator.faults.add([{ kind: 'fail-before', on: 'sessions.list', times: 2 }]);
    expect(await payments.find(order())).toBeNull();
  });
  test('a refund made all the same is found; one that was not made is refused, so that another key may ask', async () => {
    const [first, second] = [await paidOrder(), await paidOrder()];
    broken('fail-after', 'refunds.create');
    expect(await payments.refund(first.ask)).toMatchObject({ kind: 'done', status: 'succeeded' });
    broken('fail-before', 'refunds.create');
    expect((await payments.refund(second.ask)).kind).toBe('refused');
    expect((await payments.refund({ ...second.ask, key: `${second.ask.key}-v2` })).kind).toBe(
      'done',
    );
    for (const { given } of [first, second])
      expect(simulator.ledger()[given.number]).toMatchObject({
        refunded: 1000,
        refunds: [expect.any(String)],
      });
  });
  test('a refund asked for again when Stripe has long forgotten its key is not made twice', async () => {
    let days = 0;
    const stripe = await startSimulator({
      secretKey: KEY,
      now: () => Date.now() + days * 86_400_000,
    });
    const patient = stripePayments(stripeClient({ secretKey: KEY, apiBase: stripe.url }), {
      testMode: true,
      siteUrl: 'https://shop.test',
      onFailure: (what) => failures.push(what),
    });
    try {
      const page = await patient.open(order(), 1);
      const sessionId = page.kind === 'open' ? page.sessionId : '';
      await stripe.pay(sessionId);
      const ask = {
        order: 'AH-1',
        paymentIntent: (await patient.read(sessionId))?.paymentIntent ?? '',
        amount: cents(1000),
        key: 'refund-late',
      };
      const first = await patient.refund(ask);
      days = 2;
      await stripe.tick();
      expect([
        await patient.refund(ask),
        Object.values(stripe.ledger()).map(({ refunded }) => refunded),
      ]).toEqual([first, [1000]]);
    } finally {
      await stripe.close();
    }
  });
});

describe('a definite answer', () => {
  test('an amount Stripe does not take, and a page whose time is nearly over, are refused', async () => {
    expect(
      await payments.open(
        order({
          lines: [{ title: 'Rien', label: '', quantity: 1, total: cents(10) }],
          shipping: cents(0),
          total: cents(10),
        }),
        1,
      ),
    ).toEqual({ kind: 'refused', message: expect.stringContaining('0.50') });
    expect(
      (await payments.open(order({ placedAt: new Date(Date.now() - 20 * 60_000) }), 1)).kind,
    ).toBe('refused');
  });
  test('expired twice is expired; paid is complete; a session nobody knows is missing, and null when read', async () => {
    const [open, paid] = [await opened(order()), await opened(order())];
    expect([await payments.expire(open.sessionId), await payments.expire(open.sessionId)]).toEqual([
      'expired',
      'expired',
    ]);
    await simulator.pay(paid.sessionId);
    expect(await payments.expire(paid.sessionId)).toBe('complete');
    expect(await payments.expire('cs_test_nobody')).toBe('missing');
    expect(await payments.read('cs_test_nobody')).toBeNull();
  });
  test('a refund is made once per key, and never beyond what was paid', async () => {
    const given = order();
    const { sessionId } = await opened(given);
    await simulator.pay(sessionId);
    const paymentIntent = (await payments.read(sessionId))?.paymentIntent ?? '';
    const ask = (key: string, amount: number) =>
      payments.refund({ order: given.number, paymentIntent, amount: cents(amount), key });
    const first = await ask(`refund-${given.number}-1`, 1000);
    expect(first).toMatchObject({ kind: 'done', status: 'succeeded' });
    expect(await ask(`refund-${given.number}-1`, 1000)).toEqual(first);
    expect((await ask(`refund-${given.number}-2`, 6000)).kind).toBe('refused');
    expect(simulator.ledger()[given.number]).toMatchObject({ taken: 6290, refunded: 1000 });
    const provider = stripeProvider(
      stripeClient({ secretKey: KEY, apiBase: simulator.url }),
      payments,
    );
    const refundId = first.kind === 'done' ? first.refundId : '';
    expect(await provider.refund(refundId)).toMatchObject({
      id: refundId,
      paymentIntent,
      amount: 1000,
      status: 'succeeded',
      key: `refund-${given.number}-1`,
    });
    expect([
      await provider.orderOf(paymentIntent),
      await provider.orderOf('pi_nobody'),
      await provider.refund('re_nobody'),
    ]).toEqual([given.number, null, null]);
  });
});

test('both ledgers of Stripe list what moved in a period, and single objects', async () => {
  const given = order();
  const { sessionId } = await opened(given);
  // A card that was declined leaves a payment of nothing.
  await simulator.pay((await opened(order())).sessionId, { how: 'decline' });
  await simulator.pay(sessionId);
  const stripe = stripeClient({ secretKey: KEY, apiBase: simulator.url });
  const { payments: received, refunds: returned } = stripeLedger(stripe);
  const paymentIntent = (await payments.read(sessionId))?.paymentIntent ?? '';
  const asked = await payments.refund({
    order: given.number,
    paymentIntent,
    amount: cents(500),
    key: `refund-${given.number}`,
  });
  const today = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
  const payment = { id: paymentIntent, amount: 6290, currency: 'eur', order: given.number };
  const refund = {
    id: asked.kind === 'done' ? asked.refundId : '',
    amount: 500,
    currency: 'eur',
    order: given.number,
    counts: true,
  };
  expect([await received.within(today), await returned.within(today)]).toEqual([
    expect.arrayContaining([payment]),
    expect.arrayContaining([refund]),
  ]);
  expect((await received.within(today)).every(({ amount }) => amount > 0)).toBe(true);
  expect([
    await received.within({ from: new Date(0), to: today.from }),
    await returned.within({ from: new Date(0), to: today.from }),
  ]).toEqual([[], []]);
  expect([
    await received.byId([paymentIntent, 'pi_nobody']),
    await returned.byId(['re_nobody', refund.id]),
  ]).toEqual([[payment], [refund]]);
  expect([
    await sessionOfPayment(stripe, paymentIntent),
    await sessionOfPayment(stripe, 'pi_nobody'),
  ]).toEqual([sessionId, null]);
});

const missing = stripeMockMissing();
describe.skipIf(missing !== null)(
  `the requests above, sent to Stripe's own stripe-mock${missing === null ? '' : ` (${missing})`}`,
  () => {
    test('what the simulator takes, stripe-mock takes', async () => {
      const mock = await startStripeMock();
      const results = await replay(recorded, mock.url, KEY).finally(() => mock.stop());
      const taken = results.filter(({ call }) => call.status === 200);
      expect(
        new Set(
          taken.map(({ call }) => `${call.method} ${call.path.split('/').slice(0, 2).join('/')}`),
        ).size,
      ).toBeGreaterThan(3);
      expect(taken.filter(({ status }) => status !== 200)).toEqual([]);
    }, 300_000);
  },
);
