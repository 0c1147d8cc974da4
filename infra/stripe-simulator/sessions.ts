import { identifier, type Session, totalOf } from './objects.ts';
import type { CreateSession } from './parameters.ts';
import { missing, refusal, StripeProblem } from './stripe-problem.ts';
import { intentView, sessionView } from './views.ts';
import { emit, type World } from './world.ts';

const HALF_AN_HOUR = 1800;
const A_DAY = 86_400;

/** Stripe's own bounds, with a few seconds of grace for the way there. @throws StripeProblem 400 */
const expiry = (requested: number | undefined, now: number): number => {
  if (requested === undefined) return now + A_DAY;
  if (requested < now + HALF_AN_HOUR - 10)
    throw new StripeProblem(
      400,
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      { param: 'expires_at' },
    );
  if (requested > now + A_DAY + 10)
    throw new StripeProblem(
      400,
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    );
  return requested;
};

const shippingOf = ({ shipping_options: options }: CreateSession): Session['shipping'] => {
  const rate = options?.[0]?.shipping_rate_data;
  return rate === undefined
    ? null
    : { id: identifier('shr'), name: rate.display_name, amount: rate.fixed_amount.amount };
};

const texts = ({ custom_text: given = {} }: CreateSession): Session['customText'] =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.message ?? null]));

const requestedOptions = (
  request: CreateSession,
): Pick<
  Session,
  | 'lines'
  | 'shipping'
  | 'countries'
  | 'phone'
  | 'excluded'
  | 'allowed'
  | 'intentData'
  | 'billing'
  | 'submit'
  | 'terms'
  | 'customText'
> => ({
  lines: request.line_items.map(
    ({ quantity, price_data: { unit_amount: unitAmount, product_data: product } }) => ({
      id: identifier('li'),
      name: product.name,
      description: product.description ?? null,
      unitAmount,
      quantity,
    }),
  ),
  shipping: shippingOf(request),
  countries: request.shipping_address_collection?.allowed_countries ?? null,
  phone: request.phone_number_collection?.enabled ?? false,
  excluded: request.excluded_payment_method_types,
  allowed: request.allowed_payment_method_types ?? null,
  intentData: {
    description: request.payment_intent_data?.description ?? null,
    metadata: request.payment_intent_data?.metadata ?? {},
    receiptEmail: request.payment_intent_data?.receipt_email ?? null,
  },
  billing: request.billing_address_collection ?? null,
  submit: request.submit_type ?? null,
  terms: request.consent_collection?.terms_of_service ?? null,
  customText: texts(request),
});

/**
 * Stripe's smallest and largest amount in euros; nothing at all may be "paid" too.
 * @throws StripeProblem 400
 */
const checkTotal = (total: number): void => {
  if (total > 0 && total < 50)
    throw refusal("The Checkout Session's total amount due must add up to at least €0.50 eur", {
      code: 'amount_too_small',
    });
  if (total > 99_999_999)
    throw refusal("The Checkout Session's total amount due must be no more than €999,999.99", {
      code: 'amount_too_large',
    });
};

/** Opens a session. @throws StripeProblem 400 on an amount or expiry out of bounds */
export const openSession = (world: World, request: CreateSession): Session => {
  const session: Session = {
    id: identifier('cs_test'),
    created: world.now(),
    expiresAt: expiry(request.expires_at, world.now()),
    status: 'open',
    paymentStatus: 'unpaid',
    order: request.client_reference_id ?? null,
    metadata: request.metadata,
    customerEmail: request.customer_email ?? null,
    customerCreation: request.customer_creation ?? null,
    locale: request.locale,
    successUrl: request.success_url,
    cancelUrl: request.cancel_url ?? null,
    intent: null,
    details: null,
    ...requestedOptions(request),
  };
  checkTotal(totalOf(session));
  world.state.sessions.set(session.id, session);
  return session;
};

const close = (world: World, session: Session): void => {
  session.status = 'expired';
  const intent = session.intent === null ? undefined : world.state.intents.get(session.intent);
  if (intent !== undefined && intent.status !== 'succeeded') {
    intent.status = 'canceled';
    emit(world, 'payment_intent.canceled', intentView(world, intent));
  }
  emit(world, 'checkout.session.expired', sessionView(world, session));
};

/** The session, expired first if its time has come. @throws StripeProblem 404 */
export const findSession = (world: World, id: string): Session => {
  const session = world.state.sessions.get(id);
  if (session === undefined) throw missing('checkout.session', id, 'session');
  if (session.status === 'open' && session.expiresAt <= world.now()) close(world, session);
  return session;
};

/**
 * Ends an open session so that it can never be paid.
 * @throws StripeProblem 400 when it is complete or expired
 */
export const expireSession = (world: World, id: string): Session => {
  const session = findSession(world, id);
  if (session.status !== 'open')
    throw refusal(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      { param: 'session' },
    );
  close(world, session);
  return session;
};

/** Expires every open session whose time has come. */
export const expireOverdue = (world: World): void => {
  for (const { id, status } of world.state.sessions.values())
    if (status === 'open') findSession(world, id);
};
