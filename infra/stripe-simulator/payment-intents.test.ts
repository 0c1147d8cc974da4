import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Simulator } from './index.ts';
import { begin, type Hook, listenForWebhooks, order, SECRET } from './test-simulator.ts';

let hook: Hook;
let simulator: Simulator;
let stripe: Stripe;
beforeEach(async () => {
  hook = await listenForWebhooks();
  ({ simulator, stripe } = await begin({
    webhook: { url: hook.url, secret: SECRET },
    retryDelays: [1, 1],
    settleAfter: null,
  }));
});
afterEach(async () => {
  await simulator.close();
  hook.close();
});

const open = async (number?: string): Promise<string> =>
  (await stripe.checkout.sessions.create(order(number))).id;
const types = (): string[] => hook.received.map(({ type }) => type);
const intentOf = async (session: string): Promise<string> =>
  String((await stripe.checkout.sessions.retrieve(session)).payment_intent);

describe('paying', () => {
  test("completes the session, takes the money and tells the shop with a signature that Stripe's client accepts", async () => {
    const id = await open();
    await simulator.pay(id);
    await simulator.idle();
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent.latest_charge'],
    });
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer_details: { email: 'camille@example.org' },
      collected_information: {
        shipping_details: { address: { country: 'FR', postal_code: '49000' } },
      },
      payment_intent: {
        status: 'succeeded',
        amount_received: 6290,
        latest_charge: { paid: true, amount: 6290 },
      },
    });
    expect(types().sort()).toEqual([
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    for (const { body, signature } of hook.received) {
      expect(stripe.webhooks.constructEvent(body, signature, SECRET)).toMatchObject({
        api_version: '2026-10-28.endive',
        livemode: false,
      });
      expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(
        Stripe.errors.StripeSignatureVerificationError,
      );
    }
    await expect(simulator.pay(id)).rejects.toThrow('cannot be paid');
  });

  test('a declined card and a failed 3-D Secure leave the session open, with one payment intent', async () => {
    const id = await open();
    await simulator.pay(id, { how: 'decline' });
    const intent = await intentOf(id);
    await simulator.pay(id, { how: 'secure-failed' });
    expect(await stripe.paymentIntents.retrieve(intent)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    await simulator.pay(id);
    expect(await intentOf(id)).toBe(intent);
    expect(simulator.ledger()['AH-00000001']).toMatchObject({ taken: 6290, payments: [intent] });
  });

  test.each([
    ['succeeded', 'paid', 6290],
    ['failed', 'unpaid', undefined],
  ] as const)('a delayed payment completes unpaid and then %s', async (outcome, status, taken) => {
    const id = await open();
    await simulator.pay(id, { how: 'delayed' });
    expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    expect(simulator.ledger()).toEqual({});
    await fetch(`${simulator.url}/_simulator/settle/${id}`, {
      method: 'POST',
      body: JSON.stringify({ outcome }),
    });
    await simulator.idle();
    expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe(status);
    expect(types()).toContain(`checkout.session.async_payment_${outcome}`);
    expect(simulator.ledger()['AH-00000001']?.taken).toBe(taken);
  });

  test('a delayed payment settles by itself when its time comes', async () => {
    let now = 1_800_000_000_000;
    const timed = await begin({ now: () => now, settleAfter: 20 });
    const { id } = await timed.stripe.checkout.sessions.create(order());
    await timed.simulator.pay(id, { how: 'delayed' });
    now += 20_000;
    await timed.simulator.tick();
    expect((await timed.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
    await timed.simulator.close();
  });

  test('twice: two sessions of one order are both paid', async () => {
    const [first, second] = [await open(), await open()];
    await simulator.pay(second, { how: 'twice' });
    expect(simulator.ledger()['AH-00000001']).toMatchObject({
      taken: 12_580,
      payments: [await intentOf(first), await intentOf(second)],
    });
    const alone = await open('AH-ALONE');
    await simulator.pay(alone, { how: 'twice' });
    expect(simulator.ledger()['AH-ALONE']).toMatchObject({ taken: 12_580 });
  });
});

describe('a refund', () => {
  test('gives back in parts, never more than was paid, and tells the shop', async () => {
    const id = await open();
    await simulator.pay(id);
    const intent = await intentOf(id);
    const part = await stripe.refunds.create(
      {
        payment_intent: intent,
        amount: 1000,
        reason: 'requested_by_customer',
        metadata: { order: 'AH-00000001' },
      },
      { idempotencyKey: 'r1' },
    );
    expect(
      (
        await stripe.refunds.create(
          {
            payment_intent: intent,
            amount: 1000,
            reason: 'requested_by_customer',
            metadata: { order: 'AH-00000001' },
          },
          { idempotencyKey: 'r1' },
        )
      ).id,
    ).toBe(part.id);
    await expect(stripe.refunds.create({ payment_intent: intent, amount: 5291 })).rejects.toThrow(
      'greater than unrefunded amount',
    );
    const rest = await stripe.refunds.create({ payment_intent: intent });
    expect(rest).toMatchObject({ amount: 5290, status: 'succeeded', charge: part.charge });
    await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    await simulator.idle();
    expect(
      types()
        .filter((type) => /refund/.test(type))
        .sort(),
    ).toEqual(['charge.refunded', 'charge.refunded', 'refund.created', 'refund.created']);
    expect(
      (await stripe.refunds.list({ payment_intent: intent })).data.map((one) => one.id),
    ).toEqual([rest.id, part.id]);
    expect(await stripe.charges.retrieve(String(part.charge))).toMatchObject({
      refunded: true,
      amount_refunded: 6290,
    });
    expect((await stripe.charges.list({ payment_intent: intent })).data).toHaveLength(1);
    expect(simulator.ledger()['AH-00000001']).toMatchObject({
      taken: 6290,
      refunded: 6290,
      refunds: [part.id, rest.id],
    });
  });

  test('needs a payment that took place', async () => {
    const id = await open();
    await simulator.pay(id, { how: 'decline' });
    await expect(stripe.refunds.create({ payment_intent: await intentOf(id) })).rejects.toThrow(
      'successful charge',
    );
    await expect(stripe.refunds.create({ payment_intent: 'pi_none' })).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});

test('events are listed since a moment and by type, for a shop that missed them', async () => {
  const id = await open();
  await simulator.pay(id);
  const { data } = await stripe.events.list({
    types: ['checkout.session.completed', 'payment_intent.succeeded'],
    created: { gte: 1 },
    limit: 100,
  });
  expect(data.map(({ type }) => type)).toEqual([
    'checkout.session.completed',
    'payment_intent.succeeded',
  ]);
  expect(data[0]?.data.object).toMatchObject({ id, payment_status: 'paid' });
  expect(await stripe.events.retrieve(data[0]?.id ?? '')).toMatchObject({
    type: 'checkout.session.completed',
  });
});
