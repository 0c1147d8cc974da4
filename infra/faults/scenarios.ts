import { z } from 'zod';
import type { CartLine } from '@comptoir/contracts';

import type { Buyer, Placed } from './buyer.ts';
import type { Parts } from './parts.ts';

/**
 * What a buyer leaves behind: the order, and whether it must end up paid. `sold`: another buyer was
 * faster.
 */
export type PurchaseResult = { kind: 'order'; number: string; paid: boolean } | { kind: 'sold' };
export interface ShopperVisit {
  parts: Parts;
  buyer: Buyer;
  lines: CartLine[];
}

type Scenario = (visit: ShopperVisit, placed: Placed) => Promise<PurchaseResult>;

const left = ({ number }: Placed, paid: boolean): PurchaseResult => ({
  kind: 'order',
  number,
  paid,
});

async function control({ simulator }: Parts, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${simulator.url}/_simulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The simulator refuses ${path}: ${await answer.text()}`);
  return answer.json();
}

/** A delayed payment arrives or bounces. */
async function settle(
  parts: Parts,
  session: string,
  outcome: 'succeeded' | 'failed',
): Promise<void> {
  await control(parts, `settle/${session}`, { outcome });
}

const pays: Scenario = async ({ parts, buyer }, placed) => {
  await parts.simulator.pay(placed.session);
  await buyer.look(placed);
  return left(placed, true);
};
const declined =
  (how: 'decline' | 'secure-failed', again: boolean): Scenario =>
  async ({ parts }, placed) => {
    await parts.simulator.pay(placed.session, { how });
    if (again) await parts.simulator.pay(placed.session);
    return left(placed, again);
  };
const delayed =
  (outcome: 'succeeded' | 'failed'): Scenario =>
  async ({ parts }, placed) => {
    await parts.simulator.pay(placed.session, { how: 'delayed' });
    await settle(parts, placed.session, outcome);
    return left(placed, outcome === 'succeeded');
  };

const disputeSchema = z.object({ id: z.string() });

/**
 * Pays, and has the bank take it back, at once or after an inquiry; `null`: the bank only asks. A
 * payment that was refused cannot be contested.
 */
const contests =
  (outcome: 'won' | 'lost' | null, asksFirst = outcome === null): Scenario =>
  async ({ parts }, placed) => {
    await parts.simulator.pay(placed.session);
    if ((parts.simulator.ledger()[placed.number]?.taken ?? 0) > 0) {
      const { id } = disputeSchema.parse(
        await control(parts, `dispute/${placed.session}`, { inquiry: asksFirst }),
      );
      if (asksFirst && outcome !== null) await control(parts, `escalate-inquiry/${id}`, {});
      await control(parts, `close-dispute/${id}`, { outcome: outcome ?? 'won' });
    }
    return left(placed, true);
  };

/** Goes back to the cart and orders anew; the first order steps aside. */
const cancels: Scenario = async ({ parts, buyer, lines }, placed) => {
  const second = await buyer.order(lines, { attempt: 2, previous: placed });
  if (second === 'sold') return left(placed, false);
  await parts.simulator.pay(second.session);
  return left(second, true);
};

/**
 * Pays, goes back and orders the same again at the very moment the webhook comes: both complete one
 * payment.
 */
const returns: Scenario = async ({ parts, buyer, lines }, placed) => {
  const [again] = await Promise.all([
    buyer.order(lines, { attempt: 2, previous: placed }),
    parts.simulator.pay(placed.session).catch(() => null),
  ]);
  if (again === 'sold' || again.number === placed.number)
    return left(placed, (parts.simulator.ledger()[placed.number]?.taken ?? 0) > 0);
  // Faster than the payment: the first page was closed in time, the second order is the one to pay.
  await parts.simulator.pay(again.session);
  return left(again, true);
};

/** What buyers do once their order is placed. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  pays: pays,
  'closes the tab': async ({ parts }, placed) => {
    await parts.simulator.pay(placed.session);
    return left(placed, true);
  },
  'is declined, pays': declined('decline', true),
  'is declined, leaves': declined('decline', false),
  'fails 3-D Secure, pays': declined('secure-failed', true),
  'pays later': delayed('succeeded'),
  'pays later, it bounces': delayed('failed'),
  'pays twice': async ({ parts }, placed) => {
    await parts.simulator.pay(placed.session, { how: 'twice' });
    return left(placed, true);
  },
  'pays, contests and wins': contests('won'),
  'pays, contests and loses': contests('lost'),
  'pays, has the bank ask': contests(null),
  'pays, has the bank ask and loses': contests('lost', true),
  leaves: (_, placed) => Promise.resolve(left(placed, false)),
  'cancels, orders anew': cancels,
  'pays and orders again': returns,
};
export const SCENARIO_NAMES: readonly string[] = Object.keys(SCENARIOS);

/** A whole visit: order (sometimes by a double click), then the scenario. */
export async function visit(
  scenario: string,
  clicks: number,
  visitor: ShopperVisit,
): Promise<PurchaseResult> {
  const placed = await visitor.buyer.order(visitor.lines, { copies: clicks });
  if (placed === 'sold') return { kind: 'sold' };
  const act = SCENARIOS[scenario];
  if (act === undefined)
    throw new Error(`No scenario "${scenario}". Known: ${SCENARIO_NAMES.join(', ')}.`);
  return act(visitor, placed);
}
