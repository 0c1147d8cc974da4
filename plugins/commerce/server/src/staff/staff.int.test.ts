import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { CLIENT_ADDRESS_HEADER, orderPlacedSchema, quoteAnswerSchema } from '@comptoir/contracts';
import { freePort, type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, caller, hire, login } from '../../../../../cms/staff/client.fixture.ts';
import { type Simulator, startSimulator } from '../../../../../infra/stripe-simulator/index.ts';
import { signClientAddress } from '../../../domain/client-address-claim.ts';
import { listSchema, orderSchema, refusalSchema } from './answers.fixture.ts';

/**
 * Staff at work over HTTP: the real API with three roles, real Postgres, a Stripe that is
 * simulated.
 */
const [KEY, SECRET, ADDRESSES] = [
  'sk_test_0123456789',
  'whsec_0123456789',
  'a-secret-of-client-addresses',
];
let simulator: Simulator;
let api: RunningApi;
let client: pg.Client;
let team: Record<'manager' | 'preparation' | 'catalogue' | 'nobody', Call>;

beforeAll(async () => {
  const port = await freePort();
  simulator = await startSimulator({
    secretKey: KEY,
    webhook: { url: `http://127.0.0.1:${port}/api/paiements/stripe/webhook`, secret: SECRET },
  });
  api = await startApi({
    port,
    env: {
      STRIPE_SECRET_KEY: KEY,
      STRIPE_WEBHOOK_SECRET: SECRET,
      STRIPE_API_BASE: simulator.url,
      CLIENT_ADDRESS_SECRET: ADDRESSES,
    },
  });
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  const manager = await login(api.url, testAdmin.email, testAdmin.password);
  team = {
    manager,
    preparation: await hire(api.url, manager, 'comptoir-preparation'),
    catalogue: await hire(api.url, manager, 'comptoir-catalogue'),
    nobody: caller(api.url),
  };
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
  await simulator?.close();
});

const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await client.query(sql, values)).rows;
let last = 0;
/** Each shopper has an address of their own: the limits are somebody else's test. */
const shopper = async (path: string, body: unknown): Promise<unknown> => {
  const headers = {
    'content-type': 'application/json',
    [CLIENT_ADDRESS_HEADER]: signClientAddress(`203.0.113.${last}`, new Date(), ADDRESSES),
  };
  return (
    await fetch(`${api.url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json();
};

/** An order of two cups and a bowl, unpaid. */
async function place(
  lines = [
    { sku: 'ah-001-1', quantity: 2 },
    { sku: 'ah-002-1', quantity: 1 },
  ],
) {
  const cart = { lines };
  const { data: quote } = quoteAnswerSchema.parse(await shopper('/panier/devis', { cart }));
  const id = (last += 1);
  const email = `camille-${id}@example.fr`;
  const { data } = orderPlacedSchema.parse(
    await shopper('/commandes', {
      cart,
      country: 'FR',
      email,
      locale: 'fr',
      expectedTotal: quote.total.amount,
      idempotencyKey: `key-of-this-staff-order-${id}`,
      termsAccepted: true,
    }),
  );
  return { number: data.number, email, session: data.paymentUrl?.split('/').at(-1) ?? '', quote };
}
const statusOf = async (number: string): Promise<unknown> =>
  (await query('select status from orders where number = $1', [number]))[0]?.['status'];
const becomes = (number: string, status: string): Promise<unknown> =>
  vi.waitFor(async () => expect(await statusOf(number)).toBe(status), {
    timeout: 20_000,
    interval: 50,
  });
async function sell() {
  const placed = await place();
  await simulator.pay(placed.session);
  await becomes(placed.number, 'paid');
  return placed;
}

const show = async (number: string) =>
  orderSchema.parse((await team.preparation('GET', `/commerce/orders/${number}`)).body).data;
const list = async (more = '') =>
  listSchema.parse((await team.preparation('GET', `/commerce/orders?${more}`)).body);
const act = (who: keyof typeof team, number: string, what: string, body: unknown = {}) =>
  team[who]('POST', `/commerce/orders/${number}/${what}`, body);
const stock = async (sku: string): Promise<unknown> =>
  (await query('select on_hand, reserved from stock_levels where sku = $1', [sku]))[0];
const mails = async (number: string): Promise<unknown[]> =>
  (
    await query('select kind from mail_outbox where data::text like $1 order by kind', [
      `%${number}%`,
    ])
  ).map(({ kind }) => kind);

describe('who may do what', () => {
  const READ = [
    'GET /commerce/orders',
    'GET /commerce/orders/AH-00000000',
    'GET /commerce/today',
    'GET /commerce/failures',
  ];
  const FULFIL = [
    'POST /commerce/orders/AH-00000000/preparation',
    'POST /commerce/orders/AH-00000000/shipment',
  ];
  const MONEY = [
    'cancellation',
    'approval',
    'refunds',
    'refunds/retry',
    'put-aside',
    'mails/x/replay',
    'events/x/replay',
  ].map((what) => `POST /commerce/orders/AH-00000000/${what}`);
  const REPLAY = [
    'POST /commerce/failures/mails/x/replay',
    'POST /commerce/failures/events/x/replay',
  ];
  const PROMOTIONS = [
    'GET /commerce/promotions',
    'POST /commerce/promotions',
    'PUT /commerce/promotions/X',
    'DELETE /commerce/promotions/X',
  ];
  const DISMISS = [
    'POST /commerce/failures/events/x/dismissal',
    'POST /commerce/failures/differences/dismissal',
  ];
  const all = [...READ, ...FULFIL, ...MONEY, ...REPLAY, ...DISMISS, ...PROMOTIONS];

  test.each(all)('%s: the manager, and nobody who is not logged in', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'GET' || method === 'DELETE' ? undefined : {};

    expect((await team.nobody(method, path, body)).status).toBe(401);
    expect([401, 403]).not.toContain((await team.manager(method, path, body)).status);
  });

  test.each([...READ, ...FULFIL])('%s: preparation too, catalogue not', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const body = method === 'GET' ? undefined : {};

    expect([401, 403]).not.toContain((await team.preparation(method, path, body)).status);
    expect((await team.catalogue(method, path, body)).status).toBe(403);
  });

  test.each([...MONEY, ...REPLAY, ...DISMISS, ...PROMOTIONS])(
    '%s: neither preparation nor catalogue',
    async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      for (const who of ['preparation', 'catalogue'] as const)
        expect((await team[who](method, path, body)).status).toBe(403);
    },
  );
});

test('only who decides about money is told the day’s revenue', async () => {
  const figures = async (who: keyof typeof team) =>
    z
      .object({ data: z.looseObject({ revenue: z.int().nullable(), orders: z.int() }) })
      .parse((await team[who]('GET', '/commerce/today')).body).data.revenue;
  expect([await figures('manager'), await figures('preparation')]).toEqual([0, null]);
});

describe('an order', () => {
  let paid: ReturnType<typeof sell> | undefined;

  test('is seen, prepared, shipped, corrected, and one of its lines refunded and put back', async () => {
    const { number, email, quote } = await sell();
    const before = await stock('ah-001-1');

    expect(await list('filter=todo')).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({
          number,
          email,
          status: 'paid',
          pieces: 3,
          testMode: true,
          total: quote.total.amount,
        }),
      ]),
    });
    expect(await show(number)).toMatchObject({
      status: 'paid',
      email,
      actions: ['prepare', 'ship', 'cancel', 'refund'],
      refundable: quote.total.amount,
      address: { city: expect.any(String) },
      shopperUrl: expect.stringContaining(`/commande/${number}?token=`),
    });

    expect(await act('preparation', number, 'preparation')).toMatchObject({
      status: 200,
      body: { data: { status: 'preparing' } },
    });
    expect(
      await act('preparation', number, 'shipment', {
        carrier: ' Colissimo ',
        trackingNumber: '6A0001',
      }),
    ).toMatchObject({
      status: 200,
      body: { data: { status: 'shipped', tracking: { carrier: 'Colissimo', number: '6A0001' } } },
    });
    expect(
      await act('preparation', number, 'shipment', {
        carrier: 'Colissimo',
        trackingNumber: '6A0002',
      }),
    ).toMatchObject({ status: 200, body: { data: { tracking: { number: '6A0002' } } } });
    expect(await mails(number)).toEqual([
      'merchant-new-order',
      'order-confirmed',
      'order-shipped',
      'order-shipped',
    ]);

    const ask = {
      request: 'dialog-one',
      lines: [{ sku: 'ah-001-1', quantity: 1 }],
      restock: true,
      reason: 'Un éclat',
    };
    const [first, again] = await Promise.all([
      act('manager', number, 'refunds', ask),
      act('manager', number, 'refunds', ask),
    ]);

    expect([first.status, again.status]).toEqual([200, 200]);

    await vi.waitFor(
      async () =>
        expect((await show(number)).refunds).toMatchObject([
          { status: 'succeeded', reason: 'Un éclat', at: expect.stringMatching(/^\d{4}-.*Z$/) },
        ]),
      { timeout: 30_000, interval: 100 },
    );
    const seen = await show(number);
    const cup = seen.lines.find(({ sku }) => sku === 'ah-001-1');

    expect(cup).toMatchObject({ quantity: 2, refundedQuantity: 1, restocked: 1 });
    expect([seen.refunded, seen.refundable, seen.status]).toEqual([
      (cup?.total ?? 0) / 2,
      quote.total.amount - (cup?.total ?? 0) / 2,
      'shipped',
    ]);
    expect(simulator.ledger()[number]).toMatchObject({ refunded: (cup?.total ?? 0) / 2 });
    expect(await stock('ah-001-1')).toEqual({
      ...z.looseObject({ on_hand: z.int() }).parse(before),
      on_hand: z.looseObject({ on_hand: z.int() }).parse(before).on_hand + 1,
    });
    expect(seen.timeline.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(
      expect.arrayContaining([
        'event: Commande passée, pièces réservées',
        'event: Paiement reçu',
        'event: Préparation commencée',
        'event: Colis expédié',
        'event: Suivi corrigé',
        expect.stringMatching(/^event: Remboursement de .* demandé : Un éclat$/),
        'mail: Confirmation de commande',
        'mail: Avis d’expédition',
        'mail: Avis de remboursement',
        'stock: 2 pièces réservées (ah-001-1)',
        'stock: 2 pièces vendues (ah-001-1)',
        'stock: 1 pièce remise en stock (ah-001-1)',
        'webhook: checkout.session.completed',
      ]),
    );
    expect(seen.timeline.map(({ at }) => at)).toEqual(seen.timeline.map(({ at }) => at).sort());
  });

  test('cancelled before it is sent gives pieces and money back', async () => {
    const before = await stock('ah-001-1');
    const { number, quote } = await sell();

    expect((await act('manager', number, 'cancellation')).status).toBe(400);
    expect(await act('manager', number, 'cancellation', { reason: 'Four en panne' })).toMatchObject(
      { status: 200, body: { data: { status: 'cancelled', actions: [] } } },
    );
    expect(await stock('ah-001-1')).toEqual(before);

    await vi.waitFor(async () => expect((await show(number)).refunded).toBe(quote.total.amount), {
      timeout: 30_000,
      interval: 100,
    });

    expect((await show(number)).timeline.map(({ text }) => text)).toContain(
      'Commande annulée : Four en panne',
    );
  });

  test('unpaid is cancelled once its page is closed with Stripe, and cannot be paid after', async () => {
    const before = await stock('ah-002-1');
    const { number, session } = await place([{ sku: 'ah-002-1', quantity: 1 }]);

    expect(await act('manager', number, 'cancellation', { reason: 'Sur demande' })).toMatchObject({
      status: 200,
      body: { data: { status: 'cancelled' } },
    });
    expect(await stock('ah-002-1')).toEqual(before);
    await expect(simulator.pay(session)).rejects.toThrow();
  });

  test('that was paid while staff were cancelling is kept', async () => {
    const { number, session } = await place([{ sku: 'ah-002-1', quantity: 1 }]);
    simulator.faults.add([{ kind: 'drop-webhook', type: 'checkout.session.completed' }]);
    await simulator.pay(session);

    expect(await act('manager', number, 'cancellation', { reason: 'Sur demande' })).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'paid-meanwhile' } } },
    });
    expect(await statusOf(number)).toBe('paid');
  });

  test('in review comes first, and is accepted once there is money', async () => {
    const { number, quote } = await place();
    await query(
      `update orders set status = 'needs_review', needs_review_reason = 'flagged' where number = $1`,
      [number],
    );
    await place([{ sku: 'ah-002-1', quantity: 1 }]);
    const { data, meta } = await list();

    expect([data[0]?.number, meta.counts['needs_review']]).toEqual([number, 1]);
    expect((await show(number)).actions).toEqual(['cancel']);
    expect(await act('manager', number, 'approval')).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'not-paid' } } },
    });

    await query(
      `insert into payments (order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at) values ($1, 'pi_odd', 'cs_odd', $2, 'eur', false, now() at time zone 'UTC')`,
      [number, quote.total.amount],
    );

    expect((await show(number)).actions).toEqual(['cancel', 'approve', 'refund']);
    expect(await act('manager', number, 'approval')).toMatchObject({
      status: 200,
      body: { data: { status: 'paid' } },
    });
    expect(await mails(number)).toEqual(['merchant-new-order', 'order-confirmed']);
  });

  test.each<[what: string, action: string, body: unknown, status: number, said: RegExp]>([
    ['no lines and no amount', 'refunds', { request: 'dialog-1', reason: 'x' }, 400, /amount/],
    [
      'an amount of nothing',
      'refunds',
      { request: 'dialog-1', amount: 0, reason: 'x' },
      400,
      /amount/,
    ],
    [
      'a fraction of a cent',
      'refunds',
      { request: 'dialog-1', amount: 1.5, reason: 'x' },
      400,
      /amount/,
    ],
    [
      'more than was paid',
      'refunds',
      { request: 'dialog-1', amount: 99_999_999, reason: 'x' },
      400,
      /amount/,
    ],
    ['no reason', 'refunds', { request: 'dialog-1', amount: 100, reason: ' ' }, 400, /reason/],
    ['no request', 'refunds', { amount: 100, reason: 'x' }, 400, /request/],
    [
      'more pieces than were sold',
      'refunds',
      { request: 'dialog-1', lines: [{ sku: 'ah-001-1', quantity: 3 }], reason: 'x' },
      400,
      /lines/,
    ],
    [
      'a piece told twice',
      'refunds',
      {
        request: 'dialog-1',
        lines: [
          { sku: 'ah-001-1', quantity: 1 },
          { sku: 'ah-001-1', quantity: 1 },
        ],
        reason: 'x',
      },
      400,
      /lines : une ligne par article/,
    ],
    [
      'half a piece',
      'refunds',
      { request: 'dialog-1', lines: [{ sku: 'ah-001-1', quantity: 0.5 }], reason: 'x' },
      400,
      /lines\.0\.quantity/,
    ],
    [
      'a tracking number that is none',
      'shipment',
      { carrier: 'Colissimo', trackingNumber: '<b>6A</b>' },
      400,
      /trackingNumber/,
    ],
    ['a tracking number without its carrier', 'shipment', { trackingNumber: '6A' }, 400, /carrier/],
    ['an approval of what needs none', 'approval', {}, 409, /état/],
  ])('%s is refused and changes nothing', async (_what, action, body, status, said) => {
    const number = (await (paid ??= sell())).number;
    const events = await query('select count(*) from order_events where order_number = $1', [
      number,
    ]);
    const answer = await act('manager', number, action, body);

    expect(answer.status).toBe(status);
    expect(refusalSchema.parse(answer.body).error.message).toMatch(said);
    expect(
      await query('select count(*) from order_events where order_number = $1', [number]),
    ).toEqual(events);
  });
  test.each(['AH-ZZZZZZZZ', 'nothing', '\0', "' or 1=1"])('there is no %s', async (number) => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/preparation'],
      ['POST', '/approval'],
    ] as const) {
      const { status } = await team.manager(
        method,
        `/commerce/orders/${encodeURIComponent(number)}${path}`,
        method === 'GET' ? undefined : {},
      );
      expect([400, 404]).toContain(status);
    }
  });
});

describe('the list', () => {
  test('finds by number, e-mail and name, and takes signs of patterns as they are', async () => {
    const { number, email } = await sell();
    for (const search of [
      number,
      number.slice(3).toLowerCase(),
      email.toUpperCase(),
      email.slice(0, 9),
    ]) {
      expect(
        (await list(new URLSearchParams({ search }).toString())).data.map((order) => order.number),
        search,
      ).toContain(number);
    }
    for (const search of ['%', '_', '\\', 'nobody@example.fr'])
      expect((await list(new URLSearchParams({ search }).toString())).data, search).toEqual([]);
  });

  test('comes in pages', async () => {
    const first = await list('pageSize=1&page=1');
    const second = await list('pageSize=1&page=2');

    expect([first.data.length, second.data.length, first.meta.total]).toEqual([
      1,
      1,
      second.meta.total,
    ]);
    expect(first.data[0]?.number).not.toBe(second.data[0]?.number);
  });

  test.each(['filter=unknown', 'page=0', 'pageSize=1000', 'page=abc', `search=${'x'.repeat(200)}`])(
    '%s is refused',
    async (bad) => {
      const answer = await team.manager('GET', `/commerce/orders?${bad}`);

      expect(answer.status).toBe(400);
      expect(refusalSchema.parse(answer.body).error.message).toMatch(
        new RegExp(bad.split('=')[0] ?? ''),
      );
    },
  );
});

test('a test order is today’s, and never revenue; real money less what was given back is', async () => {
  const schema = z.object({
    data: z.looseObject({
      orders: z.int(),
      testOrders: z.int(),
      revenue: z.int(),
      toPrepare: z.int(),
    }),
  });
  const today = async () => schema.parse((await team.manager('GET', '/commerce/today')).body).data;
  const before = await today();

  expect(before.testOrders).toBeGreaterThan(0);
  expect([before.orders, before.revenue]).toEqual([0, 0]);

  await query(`insert into orders (number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total, test_mode, payment_attempt, min_days, max_days, placed_at, paid_at)
    values ('AH-0000AB01', 'paid', 'fr', 'a@b.fr', 'FR', 'key-live', 'h', 'c', 1000, 0, 500, 1500, false, 0, 2, 4, now() at time zone 'UTC', now() at time zone 'UTC')`);
  await query(
    `insert into payments (order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at) values ('AH-0000AB01', 'pi_live', 'cs_live', 1500, 'eur', true, now() at time zone 'UTC')`,
  );
  await query(
    `insert into refunds (order_number, payment_intent, stripe_refund, amount, reason, actor, status, created_at) values ('AH-0000AB01', 'pi_live', 're_live', 400, 'x', 'x', 'succeeded', now() at time zone 'UTC')`,
  );

  expect(await today()).toMatchObject({
    orders: 1,
    testOrders: before.testOrders,
    revenue: 1100,
    toPrepare: before.toPrepare + 1,
  });
});

describe('second tries', () => {
  const failuresSchema = z.object({
    data: z.object({
      events: z.array(z.looseObject({ id: z.string(), order: z.string().nullable() })),
      mails: z.array(z.looseObject({ key: z.string() })),
      differences: z.array(z.looseObject({ object: z.string() })),
      stock: z.array(z.object({ sku: z.string(), at: z.iso.datetime() })),
    }),
  });
  const healthSchema = z.object({
    checks: z.object({ mail: z.looseObject({ dead: z.int() }) }),
  });
  const failures = async () =>
    failuresSchema.parse((await team.preparation('GET', '/commerce/failures')).body).data;

  test('a webhook that was given up is shown with its order and handled again', async () => {
    const { number, session } = await sell();
    const [event] = await query(
      `update webhook_inbox set state = 'dead', attempts = 9, last_error = 'broken' where payload ->> 'id' = $1 returning event_id as id`,
      [session],
    );
    const id = String(event?.['id']);

    expect((await failures()).events).toContainEqual(
      expect.objectContaining({ id, order: number, error: 'broken' }),
    );
    expect((await act('manager', number, `events/${id}/replay`)).status).toBe(200);

    await vi.waitFor(
      async () =>
        expect(await query('select state from webhook_inbox where event_id = $1', [id])).toEqual([
          { state: 'done' },
        ]),
      { timeout: 20_000, interval: 50 },
    );

    expect(
      await query('select count(*)::int as n from payments where order_number = $1', [number]),
    ).toEqual([{ n: 1 }]);
    expect((await failures()).events.map((one) => one.id)).not.toContain(id);
  });

  test('a mail that was given up leaves; one that has left, leaves again under another id', async () => {
    const { number } = await sell();
    const key = `order-confirmed-${number}`;
    const state = async (): Promise<unknown> =>
      (await query('select state from mail_outbox where key = $1', [key]))[0]?.['state'];
    const sent = (): Promise<unknown> =>
      vi.waitFor(async () => expect(await state()).toBe('sent'), { timeout: 20_000, interval: 50 });
    await sent();
    await query(
      `update mail_outbox set state = 'dead', sent_at = null, last_error = '550 no such user' where key = $1`,
      [key],
    );

    expect((await failures()).mails.map((mail) => mail.key)).toContain(key);
    expect((await team.manager('POST', `/commerce/failures/mails/${key}/replay`, {})).status).toBe(
      200,
    );

    await sent();

    expect((await act('manager', number, `mails/${key}/replay`)).status).toBe(200);
    expect(
      await query(
        `select count(*)::int as n from mail_outbox where kind = 'order-confirmed' and key like $1`,
        [`${key}%`],
      ),
    ).toEqual([{ n: 2 }]);
  });

  test('a mail that does not fit its kind is kept for staff, and the order is paid', async () => {
    const shopAddress = (email: string) =>
      query(
        `update catalogue_entries set body = jsonb_set(body, '{email}', to_jsonb($1::text)) where kind = 'settings' and locale = 'fr'`,
        [email],
      );
    const deadMails = async () =>
      healthSchema.parse(await (await fetch(`${api.url}/health`)).json()).checks.mail.dead;
    const before = await deadMails();

    await shopAddress('');
    const { number } = await sell();
    await shopAddress('bonjour@atelier-huit.example');

    const key = `merchant-new-order-${number}`;
    expect(
      await query('select state, last_error from mail_outbox where key = $1', [key]),
    ).toMatchObject([{ state: 'dead', last_error: expect.stringContaining('does not fit') }]);
    expect((await failures()).mails.map((mail) => mail.key)).toContain(key);
    await vi.waitFor(async () => expect(await deadMails()).toBe(before + 1), { timeout: 20_000 });
    expect(readFileSync(join(api.dataDir, 'logs/api.log'), 'utf8')).toContain(
      `mail ${key} cannot leave and is kept for staff`,
    );
    await query('delete from mail_outbox where key = $1', [key]);
  });

  test('a webhook that staff have dealt with elsewhere is told no more, and not handled again', async () => {
    const { session } = await sell();
    const [event] = await query(
      `update webhook_inbox set state = 'dead', attempts = 9, last_error = 'broken' where payload ->> 'id' = $1 returning event_id as id`,
      [session],
    );
    const path = `/commerce/failures/events/${String(event?.['id'])}/dismissal`;
    const answer = await team.manager('POST', path, {});

    expect([
      answer.status,
      failuresSchema.parse(answer.body).data.events.map(({ id }) => id),
    ]).toEqual([200, expect.not.arrayContaining([event?.['id']])]);
    expect(
      await query('select state, attempts, last_error from webhook_inbox where event_id = $1', [
        event?.['id'],
      ]),
    ).toEqual([{ state: 'done', attempts: 9, last_error: 'broken' }]);
    expect((await team.manager('POST', path, {})).status).toBe(404);
  });

  test('a difference that staff have dealt with is told no more, and keeps who said so', async () => {
    await query(
      `insert into stripe_differences (kind, object, detail) values ('payment_differs', 'pi_odd_one', '6000, not 6290')`,
    );

    expect((await failures()).differences).toContainEqual(
      expect.objectContaining({
        kind: 'payment_differs',
        object: 'pi_odd_one',
        detail: '6000, not 6290',
      }),
    );

    const dismissed = (body: unknown) =>
      team.manager('POST', '/commerce/failures/differences/dismissal', body);
    for (const [body, status] of [
      [{ kind: 'payment_differs' }, 400],
      [{ kind: 'nothing', object: 'pi_odd_one' }, 404],
      [{ kind: 'payment_differs', object: 'pi_other' }, 404],
    ] as const)
      expect((await dismissed(body)).status).toBe(status);
    const answer = await dismissed({ kind: 'payment_differs', object: 'pi_odd_one' });

    expect([
      answer.status,
      failuresSchema.parse(answer.body).data.differences.map(({ object }) => object),
    ]).toEqual([200, expect.not.arrayContaining(['pi_odd_one'])]);
    expect(
      await query(
        `select resolved_by, resolved_at is not null as resolved from stripe_differences where object = 'pi_odd_one'`,
      ),
    ).toEqual([{ resolved_by: testAdmin.email, resolved: true }]);
    expect((await dismissed({ kind: 'payment_differs', object: 'pi_odd_one' })).status).toBe(404);
  });

  test('stock that is not the sum of its movements is told here too, and counted on the homepage', async () => {
    const onHomepage = async () =>
      z
        .object({ data: z.looseObject({ failures: z.int() }) })
        .parse((await team.manager('GET', '/commerce/today')).body).data.failures;
    const before = await onHomepage();
    await query(`insert into stock_imbalances (sku) values ('ah-001-1')`);

    expect([(await failures()).stock, await onHomepage()]).toEqual([
      [{ sku: 'ah-001-1', at: expect.any(String) }],
      before + 1,
    ]);

    await query('delete from stock_imbalances');
  });

  test('not through another order, and not of nothing', async () => {
    const [one, two] = [await sell(), await sell()];

    expect(
      (await act('manager', one.number, `mails/order-confirmed-${two.number}/replay`)).status,
    ).toBe(404);

    const [event] = await query(
      `select event_id as id from webhook_inbox where payload ->> 'id' = $1`,
      [two.session],
    );

    expect(
      (await act('manager', one.number, `events/${String(event?.['id'])}/replay`)).status,
    ).toBe(404);
    expect((await team.manager('POST', '/commerce/failures/mails/nothing/replay', {})).status).toBe(
      404,
    );
    expect(
      (await team.manager('POST', '/commerce/failures/events/evt_nothing/replay', {})).status,
    ).toBe(404);
  });
});
