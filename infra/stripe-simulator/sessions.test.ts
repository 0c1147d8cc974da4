import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type Simulator, startSimulator } from './index.ts';
import { begin, clientOf, KEY, order } from './test-simulator.ts';

let simulator: Simulator;
let stripe: Stripe;
let clock = 1_800_000_000_000;
beforeEach(async () => {
  ({ simulator, stripe } = await begin({ now: () => clock }));
});
afterEach(() => simulator.close());
const seconds = (): number => clock / 1000;

describe('a checkout session', () => {
  test('opens with the amounts of its lines and its delivery, and is read back', async () => {
    const made = await stripe.checkout.sessions.create(order());
    expect(made).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_subtotal: 5600,
      amount_total: 6290,
      currency: 'eur',
      client_reference_id: 'AH-00000001',
      livemode: false,
      payment_intent: null,
      url: `${simulator.url}/pay/${made.id}`,
      expires_at: seconds() + 86_400,
    });
    const read = await stripe.checkout.sessions.retrieve(made.id, { expand: ['line_items'] });
    expect(read.line_items?.data).toMatchObject([
      { description: '2 × Tasse Rivage', amount_total: 5600, quantity: 1 },
    ]);
  });

  test('expires when told, once, and then by its own time', async () => {
    const { id } = await stripe.checkout.sessions.create(order());
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    await expect(stripe.checkout.sessions.expire(id)).rejects.toThrow('status of expired');
    const other = await stripe.checkout.sessions.create(
      order('AH-2', { expires_at: seconds() + 1800 }),
    );
    clock += 1_800_000;
    expect((await stripe.checkout.sessions.retrieve(other.id)).status).toBe('expired');
    await expect(simulator.pay(other.id)).rejects.toThrow('cannot be paid');
    expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(2);
  });

  test.each([
    ['sooner than 30 minutes', 1700, 'at least 30 minutes'],
    ['later than 24 hours', 86_500, 'less than 24 hours'],
  ])('may not expire %s', async (_, after, message) => {
    await expect(
      stripe.checkout.sessions.create(order('A', { expires_at: seconds() + after })),
    ).rejects.toThrow(message);
  });

  test('lists by time, payment and cursor, newest first', async () => {
    const ids: string[] = [];
    for (const number of ['A', 'B', 'C']) {
      ids.unshift((await stripe.checkout.sessions.create(order(number))).id);
      clock += 1000;
    }
    expect((await stripe.checkout.sessions.list({ limit: 2 })).data.map(({ id }) => id)).toEqual(
      ids.slice(0, 2),
    );
    const all: string[] = [];
    for await (const { id } of stripe.checkout.sessions.list({ limit: 1 })) all.push(id);
    expect(all).toEqual(ids);
    expect(
      (await stripe.checkout.sessions.list({ created: { gte: seconds() - 2 } })).data,
    ).toHaveLength(2);
    await simulator.pay(ids[1] ?? '');
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(ids[1] ?? '');
    expect(
      (await stripe.checkout.sessions.list({ payment_intent: String(intent) })).data.map(
        ({ id }) => id,
      ),
    ).toEqual([ids[1]]);
  });
});

/** A raw call, for what the client's types forbid. */
const post = async (
  form: Record<string, string>,
  headers: Record<string, string> = {},
  path = 'checkout/sessions',
) => {
  const answer = await fetch(`${simulator.url}/v1/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { authorization: `Bearer ${KEY}`, 'stripe-version': '2026-10-28.endive', ...headers },
  });
  const body: { error?: { type: string; code?: string; param?: string } } = JSON.parse(
    await answer.text(),
  );
  return { status: answer.status, body };
};
const least = {
  mode: 'payment',
  success_url: 'http://127.0.0.1:9/',
  'line_items[0][quantity]': '1',
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '2800',
  'line_items[0][price_data][product_data][name]': 'Tasse',
};

describe('parameters', () => {
  test('that are well formed are taken', async () => {
    expect((await post(least)).status).toBe(200);
  });

  test.each([
    [
      'removed in this version',
      { 'payment_method_types[0]': 'card' },
      'parameter_unknown',
      'payment_method_types',
    ],
    ['misspelt', { sucess_url: 'http://127.0.0.1:9/' }, 'parameter_unknown', 'sucess_url'],
    [
      'misspelt, deep inside',
      { 'line_items[0][price_data][unit_amout]': '1' },
      'parameter_unknown',
      'line_items[0][price_data][unit_amout]',
    ],
    ['named like a prototype', { '__proto__[x]': '1' }, 'parameter_unknown', '__proto__'],
    ['missing', { success_url: null }, 'parameter_missing', 'success_url'],
    [
      'no whole number of cents',
      { 'line_items[0][price_data][unit_amount]': '28.5' },
      'parameter_invalid_integer',
      'line_items[0][price_data][unit_amount]',
    ],
    [
      'another currency',
      { 'line_items[0][price_data][currency]': 'usd' },
      undefined,
      'line_items[0][price_data][currency]',
    ],
    ['the old name of a page', { ui_mode: 'hosted' }, undefined, 'ui_mode'],
    [
      'adaptive prices',
      { 'adaptive_pricing[enabled]': 'true' },
      undefined,
      'adaptive_pricing[enabled]',
    ],
    [
      'no country',
      { 'shipping_address_collection[allowed_countries][0]': 'France' },
      undefined,
      'shipping_address_collection[allowed_countries][0]',
    ],
  ])('%s: refused by name', async (_, change, code, param) => {
    const form = Object.fromEntries(
      Object.entries({ ...least, ...change }).flatMap(([key, value]) =>
        value === null ? [] : [[key, value]],
      ),
    );
    const { status, body } = await post(form);
    expect([status, body.error?.type, body.error?.code, body.error?.param]).toEqual([
      400,
      'invalid_request_error',
      code,
      param,
    ]);
  });

  test('two delivery options, and totals that Stripe does not take', async () => {
    const [option] = order().shipping_options ?? [];
    if (option === undefined) throw new Error('the example has an option');
    await expect(
      stripe.checkout.sessions.create(order('A', { shipping_options: [option, option] })),
    ).rejects.toMatchObject({ param: 'shipping_options' });
    await expect(
      post({ ...least, 'line_items[0][price_data][unit_amount]': '49' }),
    ).resolves.toMatchObject({ status: 400, body: { error: { code: 'amount_too_small' } } });
    await expect(post({ ...least, 'line_items[0][quantity]': '99999' })).resolves.toMatchObject({
      body: { error: { code: 'amount_too_large' } },
    });
  });

  test('unknown ids and addresses are 404, other keys 401, other versions 400', async () => {
    await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    await expect(stripe.customers.list()).rejects.toMatchObject({ statusCode: 404 });
    await expect(
      clientOf(simulator.port, 'sk_test_other').checkout.sessions.list(),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect(await post(least, { 'stripe-version': '2024-06-20' })).toMatchObject({ status: 400 });
    await expect(startSimulator({ secretKey: 'sk_live_1' })).rejects.toThrow('test key only');
  });
});

describe('an idempotency key', () => {
  test('gives the same answer to the same request, and refuses another', async () => {
    const first = await stripe.checkout.sessions.create(order(), { idempotencyKey: 'order-1-v1' });
    const again = await stripe.checkout.sessions.create(order(), { idempotencyKey: 'order-1-v1' });
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([
      first.id,
      'true',
    ]);
    await expect(
      stripe.checkout.sessions.create(order('AH-2'), { idempotencyKey: 'order-1-v1' }),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  test('is busy while its first request runs', async () => {
    simulator.faults.add([{ kind: 'delay', on: 'sessions.create', ms: 300 }]);
    const both = await Promise.allSettled(
      [0, 1].map(() => stripe.checkout.sessions.create(order(), { idempotencyKey: 'twice' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { statusCode: 409, code: 'idempotency_key_in_use' },
    });
  });

  test('is not spent by a request that could not be read', async () => {
    expect((await post({ ...least, mode: 'nothing' }, { 'idempotency-key': 'k' })).status).toBe(
      400,
    );
    expect((await post(least, { 'idempotency-key': 'k' })).status).toBe(200);
  });
});

test('the state outlives a restart, and a damaged file is told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const stateFile = join(folder, 'state.json');
  try {
    const before = await begin({ stateFile });
    const { id } = await before.stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' });
    await before.simulator.pay(id);
    await before.simulator.close();
    const after = await begin({ stateFile });
    expect((await after.stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' })).id).toBe(
      id,
    );
    expect(after.simulator.ledger()).toMatchObject({ 'AH-00000001': { taken: 6290, refunded: 0 } });
    await after.simulator.close();
    writeFileSync(stateFile, '{');
    await expect(begin({ stateFile })).rejects.toThrow(stateFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
