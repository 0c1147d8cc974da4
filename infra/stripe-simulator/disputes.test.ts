import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Simulator } from './index.ts';
import { begin, type Hook, listenForWebhooks, order, SECRET } from './test-simulator.ts';

let hook: Hook;
let simulator: Simulator;
let stripe: Stripe;
let session = '';
let intent = '';
beforeEach(async () => {
  hook = await listenForWebhooks();
  ({ simulator, stripe } = await begin({
    webhook: { url: hook.url, secret: SECRET },
    retryDelays: [],
  }));
  session = (await stripe.checkout.sessions.create(order())).id;
  await simulator.pay(session);
  intent = String((await stripe.checkout.sessions.retrieve(session)).payment_intent);
});
afterEach(async () => {
  await simulator.close();
  hook.close();
});

const control = async (
  path: string,
  body: unknown = {},
): Promise<{ status: number; id: string }> => {
  const answer = await fetch(`${simulator.url}/_simulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const { id = '' }: { id?: string } = JSON.parse(await answer.text());
  return { status: answer.status, id };
};
const told = async (prefix: string): Promise<string[]> => {
  await simulator.idle();
  return hook.received
    .map(({ type }) => type)
    .filter((type) => type.startsWith(prefix))
    .sort();
};
const disputed = (): number | undefined => simulator.ledger()['AH-00000001']?.disputed;

test.each([
  ['won', 0, ['closed', 'created', 'funds_reinstated', 'funds_withdrawn', 'updated']],
  ['lost', 6290, ['closed', 'created', 'funds_withdrawn', 'updated']],
] as const)('a dispute that is %s', async (outcome, held, types) => {
  const { id } = await control(`dispute/${session}`);
  expect(await stripe.disputes.retrieve(id)).toMatchObject({
    status: 'needs_response',
    amount: 6290,
    payment_intent: intent,
    balance_transactions: [{ amount: -6290 }],
  });
  expect([
    disputed(),
    (await stripe.charges.list({ payment_intent: intent })).data[0]?.disputed,
  ]).toEqual([6290, true]);
  await expect(
    stripe.refunds.create({ payment_intent: intent, amount: 100 }),
  ).rejects.toMatchObject({ code: 'charge_disputed' });
  await control(`close-dispute/${id}`, { outcome });
  expect([
    (await stripe.disputes.list({ payment_intent: intent })).data.map(({ status }) => status),
    disputed(),
    await told('charge.dispute.'),
  ]).toEqual([[outcome], held, types.map((type) => `charge.dispute.${type}`)]);
  expect((await control(`close-dispute/${id}`, { outcome })).status).toBe(400);
});

test('an inquiry may become a dispute, which takes the money', async () => {
  const { id } = await control(`dispute/${session}`, { inquiry: true });
  expect([disputed(), (await control(`escalate-inquiry/${id}`)).id, disputed()]).toEqual([
    0,
    id,
    6290,
  ]);
  expect([await stripe.disputes.retrieve(id), await told('charge.dispute.')]).toMatchObject([
    { status: 'needs_response', balance_transactions: [{ amount: -6290 }] },
    ['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.updated'],
  ]);
  expect((await control(`escalate-inquiry/${id}`)).status).toBe(400);
});

test('an inquiry takes no money; what was not paid, and more than was, cannot be disputed', async () => {
  const { id } = await control(`dispute/${intent}`, { inquiry: true, amount: 1000 });
  await control(`close-dispute/${id}`, { outcome: 'lost' });
  expect([await stripe.disputes.retrieve(id), disputed()]).toMatchObject([
    { status: 'warning_closed', amount: 1000, balance_transactions: [] },
    0,
  ]);
  const unpaid = (await stripe.checkout.sessions.create(order('AH-2'))).id;
  expect([
    (await control(`dispute/${unpaid}`)).status,
    (await control(`dispute/${intent}`, { amount: 9999 })).status,
    (await control('close-dispute/dp_1', { outcome: 'won' })).status,
  ]).toEqual([404, 400, 404]);
});

test('a refund can fail afterwards, once: its money may be asked back anew', async () => {
  const { id } = await stripe.refunds.create({ payment_intent: intent });
  expect([
    (await control(`fail-refund/${id}`)).status,
    (await control(`fail-refund/${id}`)).status,
  ]).toEqual([200, 400]);
  expect([
    (await stripe.refunds.retrieve(id)).status,
    simulator.ledger()['AH-00000001']?.refunded,
    await told('refund.'),
  ]).toEqual(['failed', 0, ['refund.created', 'refund.failed', 'refund.updated']]);
  expect((await stripe.refunds.create({ payment_intent: intent })).status).toBe('succeeded');
});
