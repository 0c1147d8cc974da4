import { type Details, identifier, type Intent, type Session, totalOf } from './objects.ts';
import { findSession } from './sessions.ts';
import { refusal } from './stripe-problem.ts';
import { chargeView, intentView, sessionView } from './views.ts';
import { emit, type World } from './world.ts';

export type Outcome = 'succeeded' | 'failed';

const emitIntent = (world: World, type: string, intent: Intent): void => {
  emit(world, `payment_intent.${type}`, intentView(world, intent));
};
const emitCharge = (world: World, type: string, intent: Intent): void => {
  const charge = chargeView(world, intent);
  if (charge !== null) emit(world, `charge.${type}`, charge);
};

/** @throws StripeProblem 400 unless the session can still be paid */
const payable = (world: World, id: string): Session => {
  const session = findSession(world, id);
  if (session.status !== 'open')
    throw refusal(`This Checkout Session is ${session.status}: it cannot be paid.`);
  return session;
};

/** The session's one payment intent, made at the first attempt, as Checkout does. */
const intentOf = (world: World, session: Session): Intent => {
  const existing = session.intent === null ? undefined : world.state.intents.get(session.intent);
  if (existing !== undefined) return existing;
  const intent: Intent = {
    id: identifier('pi'),
    created: world.now(),
    session: session.id,
    amount: totalOf(session),
    refunded: 0,
    status: 'requires_payment_method',
    charge: null,
    failure: null,
    settlesAt: null,
  };
  world.state.intents.set(intent.id, intent);
  session.intent = intent.id;
  emitIntent(world, 'created', intent);
  return intent;
};

const charge = (world: World, intent: Intent, status: 'succeeded' | 'pending' | 'failed'): void => {
  intent.charge = { id: identifier('ch'), created: world.now(), status };
};

const succeed = (world: World, intent: Intent): void => {
  Object.assign(intent, { status: 'succeeded', failure: null, settlesAt: null });
  charge(world, intent, 'succeeded');
  emitIntent(world, 'succeeded', intent);
  emitCharge(world, 'succeeded', intent);
};

const fail = (world: World, intent: Intent, code: string): void => {
  Object.assign(intent, { status: 'requires_payment_method', failure: code, settlesAt: null });
  charge(world, intent, 'failed');
  emitCharge(world, 'failed', intent);
  emitIntent(world, 'payment_failed', intent);
};

const complete = (
  world: World,
  session: Session,
  paymentStatus: Session['paymentStatus'],
): string => {
  Object.assign(session, { status: 'complete', paymentStatus });
  return emit(world, 'checkout.session.completed', sessionView(world, session));
};

/**
 * Pays by card.
 * @returns the id of the completed event.
 * @throws StripeProblem 400 when the session is not open
 */
export const pay = (world: World, id: string, details: Details): string => {
  const session = payable(world, id);
  session.details = details;
  if (totalOf(session) === 0) return complete(world, session, 'no_payment_required');
  succeed(world, intentOf(world, session));
  return complete(world, session, 'paid');
};

/**
 * The bank says no; the session stays open for another try.
 * @throws StripeProblem 400 when it is not open
 */
export const decline = (world: World, id: string, code = 'card_declined'): void => {
  fail(world, intentOf(world, payable(world, id)), code);
};

/**
 * The bank asks the buyer to confirm; the session stays open meanwhile.
 * @throws StripeProblem 400 when it is not open
 */
export const challenge = (world: World, id: string, details: Details): void => {
  const session = payable(world, id);
  session.details = details;
  const intent = intentOf(world, session);
  intent.status = 'requires_action';
  emitIntent(world, 'requires_action', intent);
};

/**
 * A delayed method (bank debit): the session is complete at once and unpaid.
 * @returns the id of the completed event.
 * @throws StripeProblem 400 when it is not open
 */
export const payLater = (world: World, id: string, details: Details): string => {
  const session = payable(world, id);
  session.details = details;
  const intent = intentOf(world, session);
  Object.assign(intent, {
    status: 'processing',
    failure: null,
    settlesAt: world.settleAfter === null ? null : world.now() + world.settleAfter,
  });
  charge(world, intent, 'pending');
  emitIntent(world, 'processing', intent);
  emitCharge(world, 'pending', intent);
  return complete(world, session, 'unpaid');
};

/** Ends a delayed payment. @throws StripeProblem 400 when none is under way */
export const settle = (world: World, id: string, outcome: Outcome): void => {
  const session = findSession(world, id);
  const intent = session.intent === null ? undefined : world.state.intents.get(session.intent);
  if (intent?.status !== 'processing')
    throw refusal('No delayed payment is under way for this Checkout Session.');
  if (outcome === 'succeeded') {
    succeed(world, intent);
    session.paymentStatus = 'paid';
  } else {
    fail(world, intent, 'payment_intent_payment_attempt_failed');
  }
  emit(world, `checkout.session.async_payment_${outcome}`, sessionView(world, session));
};

/** Settles the delayed payments whose time has come. */
export const settleDue = (world: World): void => {
  for (const { settlesAt, session } of world.state.intents.values())
    if (settlesAt !== null && settlesAt <= world.now()) settle(world, session, 'succeeded');
};

const otherSessionOf = (world: World, session: Session): Session => {
  const other = [...world.state.sessions.values()].find(
    ({ id, order, status }) =>
      id !== session.id && order !== null && order === session.order && status === 'open',
  );
  if (other !== undefined) return other;
  const copy: Session = {
    ...structuredClone(session),
    id: identifier('cs_test'),
    intent: null,
    created: world.now(),
  };
  world.state.sessions.set(copy.id, copy);
  return copy;
};

/**
 * Two payments for one order. One session can never be paid twice at Stripe; what happens is that
 * two sessions of an order are both paid (an earlier attempt left open in another tab). So this
 * pays the order's other open session, or one made alike, then this one.
 * @returns the id of this session's completed event. @throws StripeProblem 400 when the session is
 * not open
 */
export const payTwice = (world: World, id: string, details: Details): string => {
  const session = payable(world, id);
  pay(world, otherSessionOf(world, session).id, details);
  return pay(world, session.id, details);
};
