import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { dieAt, type Phase, type Step, STEPS } from './breakpoints.ts';
import { createBuyer, type Placed } from './buyer.ts';
import { seedOf } from './chance.ts';
import { eventually } from './eventually.ts';
import { fillStock } from './fill-stock.ts';
import { brokenInvariants, factsOf } from './invariants.ts';
import { type Parts, SECRETS, startParts } from './parts.ts';
import { quiesce } from './quiesce.ts';
import { randomRun } from './random-run.ts';
import { createStaff, type Staff } from './staff.ts';

/**
 * One shop, killed at every step of a purchase and then at random. Whatever happens to it, each
 * purchase ends as if nothing had.
 */
const SKU = 'ah-004';
let parts: Parts;
let staff: Staff;
beforeAll(async () => {
  parts = await startParts();
  staff = createStaff(parts);
});
afterAll(() => parts?.stop());

const sessionsSchema = z.object({
  data: z.array(z.object({ id: z.string(), client_reference_id: z.string().nullable() })),
});

async function sessionsOf(number: string): Promise<string[]> {
  const answer = await fetch(`${parts.simulator.url}/v1/checkout/sessions?limit=100`, {
    headers: {
      authorization: `Bearer ${SECRETS.stripeKey}`,
      'stripe-version': '2026-10-28.endive',
    },
  });
  return sessionsSchema
    .parse(await answer.json())
    .data.filter((session) => session.client_reference_id === number)
    .map(({ id }) => id);
}

const status = async (number: string): Promise<unknown> =>
  (await parts.query('select status from orders where number = $1', [number]))[0]?.['status'];
const becomes = (number: string, wanted: string): Promise<unknown> =>
  eventually(`${number} to be ${wanted}`, async () => (await status(number)) === wanted);
const mailsSent = (number: string, count: number): Promise<unknown> =>
  eventually(
    `${count} mails of ${number} to be sent`,
    async () =>
      (
        await parts.query(
          `select 1 from mail_outbox where state = 'sent' and data::text like '%' || $1 || '%'`,
          [number],
        )
      ).length === count,
  );

/** Does one phase of a purchase, and dies in it when this is the phase of the step. */
async function phase<T>(step: Step, name: Phase, act: () => Promise<T>): Promise<T> {
  if (step.phase !== name) return act();
  const breakpoint = await step.set(parts);
  const [done] = await Promise.all([act(), dieAt(breakpoint, parts)]);
  return done;
}

async function refundAll({ number }: Placed): Promise<void> {
  if (!(await staff.click('refund-all', number))) throw new Error(`${number} cannot be refunded`);
}

test.each(STEPS.map((step, at) => ({ ...step, at })))(
  'killed $name: one order, one payment, one sale, one mail of each kind',
  async (step) => {
    // By turns the last piece, and the one that leaves few: each order then also writes what
    // shoppers see.
    await fillStock(parts, SKU, step.at % 2 === 0 ? 4 : 1);
    const buyer = createBuyer(parts, step.at);
    const placed = await phase(step, 'order', () => buyer.order([{ sku: SKU, quantity: 1 }]));
    if (placed === 'sold') throw new Error('the pieces are not there');
    await phase(step, 'payment', async () => {
      await parts.simulator.pay(placed.session);
    });
    await becomes(placed.number, 'paid');
    if (step.phase === 'refund') {
      await phase(step, 'refund', () => refundAll(placed));
      await becomes(placed.number, 'refunded');
    }
    const refunds = step.phase === 'refund' ? 1 : 0;
    await mailsSent(placed.number, 2 + refunds);
    expect(await parts.query('select number from orders where email = $1', [buyer.email])).toEqual([
      { number: placed.number },
    ]);
    expect(await sessionsOf(placed.number)).toEqual([placed.session]);
    const [facts] = (await factsOf(parts.query)).filter(({ number }) => number === placed.number);
    expect(facts).toMatchObject({
      payments: [expect.any(String)],
      taken: facts?.total,
      refunded: refunds * (facts?.total ?? 0),
      moved: refunds - 1,
      reserved: 0,
    });
    expect(facts?.refunds).toHaveLength(refunds);
  },
);

test('after all these deaths money, stock and mails agree', async () => {
  await quiesce(parts);
  expect(await brokenInvariants(parts)).toEqual([]);
});

/** `COMPTOIR_SEED=…` plays a run again. */
const seed = seedOf(process.env['COMPTOIR_SEED']);

test(
  `200 purchases at random while everything fails (COMPTOIR_SEED=${seed})`,
  { timeout: 600_000 },
  async () => {
    const { broken, ...figures } = await randomRun(parts, staff, {
      seed,
      count: 200,
      disasters: 8,
    });
    console.log(`COMPTOIR_SEED=${seed}: ${JSON.stringify(figures)}`);
    expect(broken).toEqual([]);
  },
);
