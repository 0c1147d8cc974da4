import { type Dispute, identifier } from './objects.ts';
import { findIntent } from './refunds.ts';
import { missing, refusal, StripeProblem } from './stripe-problem.ts';
import { disputeView } from './views.ts';
import { emit, type World } from './world.ts';

export interface DisputeInput {
  amount?: number | undefined;
  reason: string;
  inquiry: boolean;
}

/** @throws StripeProblem 404 */
export const findDispute = (world: World, id: string): Dispute => {
  const dispute = world.state.disputes.get(id);
  if (dispute === undefined) throw missing('dispute', id, 'dispute');
  return dispute;
};

const emitDispute = (world: World, type: string, dispute: Dispute): void => {
  emit(world, `charge.dispute.${type}`, disputeView(dispute));
};
const move = (world: World, dispute: Dispute, amount: number): void => {
  dispute.funds.push({ id: identifier('txn'), amount, created: world.now() });
};

const withdraw = (world: World, dispute: Dispute): Dispute => {
  move(world, dispute, -dispute.amount);
  emitDispute(world, 'funds_withdrawn', dispute);
  return dispute;
};

/**
 * A buyer's bank contests a payment: the money is taken at once, unless it only inquires.
 * @param id of the payment or of its session @throws StripeProblem 404, or 400 when nothing was
 * taken or a dispute is open
 */
export const openDispute = (
  world: World,
  id: string,
  { amount, reason, inquiry }: DisputeInput,
): Dispute => {
  const intent = findIntent(world, world.state.sessions.get(id)?.intent ?? id);
  if (intent.status !== 'succeeded' || intent.charge === null)
    throw refusal('Only a payment that succeeded can be disputed.');
  if ((amount ?? 0) > intent.amount)
    throw refusal('A dispute cannot be about more than was paid.', { param: 'amount' });
  const dispute: Dispute = {
    id: identifier('dp'),
    created: world.now(),
    intent: intent.id,
    charge: intent.charge.id,
    amount: amount ?? intent.amount,
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
    funds: [],
  };
  world.state.disputes.set(dispute.id, dispute);
  emitDispute(world, 'created', dispute);
  return inquiry ? dispute : withdraw(world, dispute);
};

/**
 * The bank no longer only asks: the same dispute takes the money now.
 * @throws StripeProblem 404, or 400 for anything but an open inquiry
 */
export const escalateInquiry = (world: World, id: string): Dispute => {
  const dispute = findDispute(world, id);
  if (dispute.status !== 'warning_needs_response')
    throw refusal(`Only an open inquiry can become a dispute; this one is ${dispute.status}.`);
  dispute.status = 'needs_response';
  emitDispute(world, 'updated', dispute);
  return withdraw(world, dispute);
};

/**
 * The bank decides. An inquiry is closed either way; won brings the money back.
 * @throws StripeProblem 404, or 400 when it is closed already
 */
export const closeDispute = (world: World, id: string, outcome: 'won' | 'lost'): Dispute => {
  const dispute = findDispute(world, id);
  if (dispute.status !== 'needs_response' && dispute.status !== 'warning_needs_response')
    throw new StripeProblem(400, `This dispute is closed: ${dispute.status}.`);
  const inquiry = dispute.status === 'warning_needs_response';
  dispute.status = inquiry ? 'warning_closed' : outcome;
  emitDispute(world, 'updated', dispute);
  if (!inquiry && outcome === 'won') {
    move(world, dispute, dispute.amount);
    emitDispute(world, 'funds_reinstated', dispute);
  }
  emitDispute(world, 'closed', dispute);
  return dispute;
};
