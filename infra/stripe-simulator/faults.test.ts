import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { FaultInput, Simulator } from './index.ts';
import { begin, clientOf, type Hook, listenForWebhooks, order, SECRET } from './test-simulator.ts';

let hook: Hook;
let simulator: Simulator;
let stripe: Stripe;
beforeEach(async () => {
  hook = await listenForWebhooks();
  ({ simulator, stripe } = await begin({
    webhook: { url: hook.url, secret: SECRET },
    retryDelays: [1, 1],
  }));
});
afterEach(async () => {
  await simulator.close();
  hook.close();
});

/** Asked as another process would. */
const ask = (faults: FaultInput[], headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${simulator.url}/_simulator/faults`, {
    method: 'POST',
    body: JSON.stringify({ faults }),
    headers,
  });
const paid = async (): Promise<string> => {
  const { id } = await stripe.checkout.sessions.create(order());
  await simulator.pay(id);
  await simulator.idle();
  return id;
};
const completed = () => hook.received.filter(({ type }) => type === 'checkout.session.completed');
const count = async (): Promise<number> => (await stripe.checkout.sessions.list()).data.length;

describe('the API', () => {
  test('fails before: no effect, and the same key works afterwards', async () => {
    await ask([{ kind: 'fail-before', on: 'sessions.create', status: 503 }]);
    await expect(
      stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ statusCode: 503 });
    expect(await count()).toBe(0);
    await stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' });
    expect(await count()).toBe(1);
  });

  test('fails after: the effect is there and the key gives it back', async () => {
    await ask([{ kind: 'fail-after', on: 'sessions.create' }]);
    await expect(
      stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' }),
    ).rejects.toMatchObject({ statusCode: 500 });
    const again = await stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' });
    expect((await stripe.checkout.sessions.list()).data.map(({ id }) => id)).toEqual([again.id]);
  });

  test('fails after and remembers the failure, as Stripe does: only a list tells', async () => {
    await ask([{ kind: 'fail-after', on: 'sessions.create', remembered: true }]);
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(
        stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' }),
      ).rejects.toMatchObject({ statusCode: 500 });
    expect(await count()).toBe(1);
  });

  test.each([
    ['timeout-before', 0],
    ['timeout-after', 1],
  ] as const)('%s: the client gives up, %i sessions exist', async (kind, sessions) => {
    await ask([{ kind, on: 'sessions.create' }]);
    const hasty = clientOf(simulator.port);
    await expect(
      hasty.checkout.sessions.create(order(), { idempotencyKey: 'k', timeout: 100 }),
    ).rejects.toMatchObject({ type: 'StripeConnectionError' });
    expect(await count()).toBe(sessions);
    await stripe.checkout.sessions.create(order(), { idempotencyKey: 'k' });
    expect(await count()).toBe(1);
  });

  test('fails only where it was told to', async () => {
    await ask([{ kind: 'fail-before', on: 'refunds.create', status: 503 }]);
    await stripe.checkout.sessions.create(order());
    await expect(stripe.refunds.create({ payment_intent: 'pi_none' })).rejects.toMatchObject({
      statusCode: 503,
    });
  });

  test('declines the next card only', async () => {
    await ask([{ kind: 'decline', code: 'expired_card' }]);
    const { id } = await stripe.checkout.sessions.create(order());
    expect(await simulator.pay(id)).toMatchObject({ status: 'open' });
    expect(await simulator.pay(id)).toMatchObject({ status: 'complete' });
  });
});

describe('webhooks', () => {
  test('are tried again until the shop accepts, each time with a signature of its own', async () => {
    hook.refuse(2);
    await paid();
    expect(completed()).toHaveLength(3);
    expect(new Set(completed().map(({ id }) => id)).size).toBe(1);
    expect((await stripe.events.list({ delivery_success: true })).data).toHaveLength(4);
  });

  test('are given up in the end', async () => {
    hook.refuse(3);
    await paid();
    expect(hook.received).toHaveLength(12);
    expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(4);
  });

  test('can be dropped and asked for again', async () => {
    await ask([{ kind: 'drop-webhook', type: 'checkout.session.completed' }]);
    await paid();
    expect(completed()).toHaveLength(0);
    const [event] = (await stripe.events.list({ type: 'checkout.session.completed' })).data;
    await fetch(`${simulator.url}/_simulator/resend/${event?.id}`, { method: 'POST' });
    await simulator.idle();
    expect(completed().map(({ id }) => id)).toEqual([event?.id]);
  });

  test('can be doubled', async () => {
    await ask([{ kind: 'duplicate-webhook', type: 'checkout.session.completed', copies: 49 }]);
    await paid();
    expect(completed()).toHaveLength(50);
  });

  test('can come in the reverse order, or when the fault is taken back', async () => {
    await ask([{ kind: 'reorder-webhooks', count: 4 }]);
    await paid();
    expect(hook.received.map(({ type }) => type)).toEqual([
      'checkout.session.completed',
      'charge.succeeded',
      'payment_intent.succeeded',
      'payment_intent.created',
    ]);
    await ask([{ kind: 'reorder-webhooks', count: 100 }]);
    await paid();
    expect(hook.received).toHaveLength(4);
    await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' });
    await simulator.idle();
    expect(hook.received).toHaveLength(8);
  });
});

describe('the controls', () => {
  test('name what is wrong and refuse web pages', async () => {
    const bad = await fetch(`${simulator.url}/_simulator/faults`, {
      method: 'POST',
      body: JSON.stringify({ faults: [{ kind: 'delay', on: 'nowhere', ms: 1 }] }),
    });
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining('faults[0].on')]);
    expect((await ask([{ kind: 'decline' }], { origin: 'https://elsewhere.example' })).status).toBe(
      403,
    );
    expect(simulator.faults.list()).toEqual([]);
  });

  test('pay by HTTP and show the ledger', async () => {
    const { id } = await stripe.checkout.sessions.create(order());
    await fetch(`${simulator.url}/_simulator/pay/${id}`, { method: 'POST' });
    const ledger = await fetch(`${simulator.url}/_simulator/ledger`);
    expect(await ledger.json()).toMatchObject({ orders: { 'AH-00000001': { taken: 6290 } } });
  });
});
