import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderAnswerSchema, orderConflictSchema, orderPlacedSchema } from '@comptoir/contracts';

import { signClientAddress } from '../../../domain/client-address-claim.ts';
import { orderOf, type SqlShop, startSqlShop } from '../../../fixture/sql-shop.ts';
import { placeOrder } from '../../../usecases/place-order.ts';
import { quoteCart } from '../../../usecases/quote-cart.ts';
import { readOrder } from '../../../usecases/read-order.ts';
import { sendOrderLinks } from '../../../usecases/send-order-links.ts';
import type { Exchange } from './public-request.ts';
import { orderController } from './shopper-controller.ts';

/** The controllers on real use cases and a real Postgres, with a payment provider in memory. */
const secret = 'a-secret-of-the-controller';
const now = new Date('2026-11-25T12:00:00Z');
let shop: SqlShop;
let controller: ReturnType<ReturnType<typeof orderController>>;
let total = 0;
let last = 0;

beforeAll(async () => {
  shop = await startSqlShop();
  const { ports } = shop;
  const asked = (lines: { sku: string; quantity: number }[]) =>
    ports.inTransaction((unit) =>
      quoteCart(unit, { lines, country: 'FR', locale: 'fr' }, ports.now()),
    );
  total = (await asked([{ sku: 'ah-001-1', quantity: 1 }])).total;
  controller = orderController(() => ({
    quote: ({ cart }) => asked(cart.lines),
    place: placeOrder(ports),
    read: readOrder({ ...ports, secret: 'a-secret-of-these-tests' }),
    sendLinks: sendOrderLinks(ports),
    secret: () => secret,
    now: () => now,
    warn: () => undefined,
  }))();
});
afterAll(() => shop?.stop());

interface Answer {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}
async function call(
  action: keyof typeof controller,
  given: {
    body?: unknown;
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    ip?: string;
    header?: string;
  },
): Promise<Answer> {
  const headers: Record<string, string> = {};
  const ctx: Exchange = {
    params: given.params ?? {},
    query: given.query ?? {},
    request: { body: given.body, ip: given.ip ?? `198.51.100.${(last += 1) % 250}` },
    status: 200,
    body: null,
    get: () => given.header ?? '',
    set: (name, value) => {
      headers[name] = value;
    },
  };
  await controller[action](ctx);
  return { status: ctx.status, body: ctx.body, headers };
}

test('an order is placed, repeated and read; its answers are never stored', async () => {
  const body = orderOf('ah-001-1', 1, total);
  const first = await call('place', { body });

  expect([first.status, first.headers['Cache-Control']]).toEqual([201, 'no-store']);

  const { data } = orderPlacedSchema.parse(first.body);

  expect((await call('place', { body })).body).toEqual(first.body);

  const read = await call('show', {
    params: { number: data.number },
    query: { token: data.token },
  });

  expect(orderAnswerSchema.parse(read.body).data).toMatchObject({
    status: 'pending',
    paymentUrl: data.paymentUrl,
    total: { amount: total },
  });
});

test('a wrong token, a missing one, a wrong number and a malformed one are the same 404', async () => {
  const { data } = orderPlacedSchema.parse(
    (await call('place', { body: orderOf('ah-001-1', 1, total) })).body,
  );
  const answers = await Promise.all([
    call('show', { params: { number: data.number }, query: { token: 'x' } }),
    call('show', { params: { number: data.number }, query: {} }),
    call('show', { params: { number: data.number }, query: { token: ['x'] } }),
    call('show', { params: { number: 'AH-00000000' }, query: { token: data.token } }),
    call('show', { params: { number: "'" }, query: { token: data.token } }),
  ]);

  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(answers[0]?.status).toBe(404);
});

test('a provider that does not answer: 202; one that refuses: 503 with Retry-After; no payments: 503', async () => {
  shop.payments.mode = 'hangs';
  const waiting = await call('place', { body: orderOf('ah-001-1', 1, total) });

  expect([waiting.status, Object.keys(orderPlacedSchema.parse(waiting.body).data)]).toEqual([
    202,
    ['number', 'token'],
  ]);

  for (const mode of ['refuses', 'closed'] as const) {
    shop.payments.mode = mode;
    const { status, headers } = await call('place', { body: orderOf('ah-001-1', 1, total) });
    expect([status, Number(headers['Retry-After']) > 0]).toEqual([503, true]);
  }
  shop.payments.mode = 'works';
});

test('another total and a used key are conflicts that say so', async () => {
  const changed = await call('place', { body: orderOf('ah-001-1', 1, total + 1) });

  expect([changed.status, orderConflictSchema.parse(changed.body).error.details]).toMatchObject([
    409,
    { quote: { total: { amount: total } } },
  ]);

  const body = orderOf('ah-001-1', 1, total);
  await call('place', { body });
  const reused = await call('place', { body: { ...body, country: 'BE' } });

  expect([reused.status, orderConflictSchema.parse(reused.body).error.details]).toEqual([
    409,
    { reason: 'key-reused' },
  ]);
});

test('the fourth unpaid order of an e-mail is a 429 that says when to come back', async () => {
  const answers = [];
  for (let n = 0; n < 4; n += 1)
    answers.push(
      await call('place', { body: orderOf('ah-001-1', 1, total, { email: 'greedy@example.fr' }) }),
    );

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
  expect(answers[3]?.headers['Retry-After']).toBe('1800');
});

test('a burst is cut off by client: by the address the storefront signed, not by one that anybody writes', async () => {
  const header = signClientAddress('203.0.113.7', now, secret);
  const quote = (given: Parameters<typeof call>[1]) =>
    call('sendLink', { body: { email: 'a@example.fr' }, ...given });
  const signed = await Promise.all(
    Array.from({ length: 6 }, (_, n) => quote({ header, ip: `192.0.2.${n}` })),
  );

  expect(signed.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
  expect(Number(signed[5]?.headers['Retry-After'])).toBeGreaterThan(0);
  expect(
    (await quote({ header: signClientAddress('203.0.113.8', now, secret), ip: '192.0.2.0' }))
      .status,
  ).toBe(202);

  const forged = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      quote({ header: `203.0.114.${n};${now.getTime() / 1000};forged`, ip: '192.0.2.9' }),
    ),
  );

  expect(forged.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
});
