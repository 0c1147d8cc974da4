import type { z } from 'zod';

import { identifier, type Intent, type Refund } from './objects.ts';
import type { createRefund } from './parameters.ts';
import { missing, refusal, StripeProblem } from './stripe-problem.ts';
import { chargeView, refundView } from './views.ts';
import { emit, type World } from './world.ts';

/** @throws StripeProblem 404 */
export const findIntent = (world: World, id: string): Intent => {
  const intent = world.state.intents.get(id);
  if (intent === undefined) throw missing('payment_intent', id, 'intent');
  return intent;
};

/** The payment that made a charge. @throws StripeProblem 404 */
export const findCharge = (world: World, id: string): Intent => {
  for (const intent of world.state.intents.values()) if (intent.charge?.id === id) return intent;
  throw missing('charge', id, 'id');
};

const target = (
  world: World,
  { payment_intent: intent, charge }: z.output<typeof createRefund>,
): Intent => {
  if (intent !== undefined && charge === undefined) return findIntent(world, intent);
  if (charge !== undefined && intent === undefined) return findCharge(world, charge);
  throw new StripeProblem(
    400,
    'One of the following params should be provided for this request: payment_intent or charge.',
    { code: 'parameter_missing' },
  );
};

const euros = (amount: number): string => `€${(amount / 100).toFixed(2)}`;

/** @throws StripeProblem 400 when nothing was taken, or less is left than is to be given back */
const refundable = (
  { state }: World,
  intent: Intent,
  requestedAmount: number | undefined,
): { charge: string; amount: number } => {
  if (intent.status !== 'succeeded' || intent.charge === null)
    throw refusal(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      { param: 'payment_intent' },
    );
  if (
    [...state.disputes.values()].some(
      (dispute) =>
        dispute.intent === intent.id &&
        (dispute.status === 'needs_response' || dispute.status === 'lost'),
    )
  )
    throw refusal(`Charge ${intent.charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  const left = intent.amount - intent.refunded;
  if (left === 0)
    throw refusal(`Charge ${intent.charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  const amount = requestedAmount ?? left;
  if (amount > left)
    throw refusal(
      `Refund amount (${euros(amount)}) is greater than unrefunded amount on charge (${euros(left)})`,
      { param: 'amount' },
    );
  return { charge: intent.charge.id, amount };
};

/**
 * Gives money back, all that is left unless an amount in cents is requested.
 * @throws StripeProblem 400 or 404
 */
export const refund = (world: World, request: z.output<typeof createRefund>): Refund => {
  const intent = target(world, request);
  const { charge, amount } = refundable(world, intent, request.amount);
  const made: Refund = {
    id: identifier('re'),
    created: world.now(),
    intent: intent.id,
    charge,
    amount,
    reason: request.reason ?? null,
    metadata: request.metadata,
    status: 'succeeded',
  };
  world.state.refunds.set(made.id, made);
  intent.refunded += amount;
  emit(world, 'refund.created', refundView(made));
  emit(world, 'charge.refunded', chargeView(world, intent) ?? {});
  return made;
};

/**
 * The buyer's bank sends a refund back: the money is the shop's again.
 * @throws StripeProblem 404, or 400 when it has failed already
 */
export const failRefund = (world: World, id: string): Refund => {
  const made = world.state.refunds.get(id);
  if (made === undefined) throw missing('refund', id, 'refund');
  if (made.status === 'failed') throw refusal('This refund has failed already.');
  made.status = 'failed';
  findIntent(world, made.intent).refunded -= made.amount;
  emit(world, 'refund.updated', refundView(made));
  emit(world, 'refund.failed', refundView(made));
  return made;
};

/** Money of one order, in cents; `disputed` is what banks took for their buyers. */
export interface LedgerRow {
  taken: number;
  refunded: number;
  disputed: number;
  payments: string[];
  refunds: string[];
}

/** Money by order (the session's `client_reference_id`, else its `metadata.order`, else its id). */
export const ledger = (world: World): Record<string, LedgerRow> => {
  const rows = new Map<string, LedgerRow>();
  const byIntent = new Map<string, LedgerRow>();
  for (const intent of world.state.intents.values()) {
    if (intent.status !== 'succeeded') continue;
    const session = world.state.sessions.get(intent.session);
    const order = session?.order ?? session?.metadata['order'] ?? intent.session;
    const row = rows.get(order) ?? {
      taken: 0,
      refunded: 0,
      disputed: 0,
      payments: [],
      refunds: [],
    };
    row.taken += intent.amount;
    row.refunded += intent.refunded;
    row.payments.push(intent.id);
    rows.set(order, row);
    byIntent.set(intent.id, row);
  }
  for (const { intent, funds } of world.state.disputes.values()) {
    const row = byIntent.get(intent);
    if (row !== undefined) row.disputed -= funds.reduce((sum, { amount }) => sum + amount, 0);
  }
  for (const { intent, id } of world.state.refunds.values()) byIntent.get(intent)?.refunds.push(id);
  return Object.fromEntries(rows);
};
