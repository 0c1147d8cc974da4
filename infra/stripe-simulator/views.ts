import {
  type Dispute,
  type Intent,
  type Refund,
  type Session,
  subtotalOf,
  totalOf,
} from './objects.ts';
import type { World } from './world.ts';

/**
 * Stripe's answers: every field that its specification always sends, so that the shop may rely on
 * no other.
 */
type View = Record<string, unknown>;

export const lineItems = (session: Session): View => ({
  object: 'list',
  has_more: false,
  url: `/v1/checkout/sessions/${session.id}/line_items`,
  data: session.lines.map((line) => {
    const total = line.unitAmount * line.quantity;
    return {
      id: line.id,
      object: 'item',
      amount_discount: 0,
      amount_subtotal: total,
      amount_tax: 0,
      amount_total: total,
      currency: 'eur',
      description: line.name,
      price: null,
      quantity: line.quantity,
    };
  }),
});

const customer = ({ details, customerEmail }: Session): View | null =>
  details === null && customerEmail === null
    ? null
    : {
        address: null,
        business_name: null,
        email: details?.email ?? customerEmail,
        individual_name: null,
        name: details?.name ?? null,
        phone: details?.phone ?? null,
        tax_exempt: 'none',
        tax_ids: details === null ? null : [],
      };

const shippingDetails = ({ details }: Session): View | null =>
  details?.address ? { address: details.address, name: details.name } : null;

const shippingFields = (session: Session): View => {
  const { shipping, countries, phone, details } = session;
  return {
    collected_information:
      details === null
        ? null
        : {
            business_name: null,
            individual_name: null,
            shipping_details: shippingDetails(session),
          },
    phone_number_collection: { enabled: phone },
    shipping_address_collection: countries === null ? null : { allowed_countries: countries },
    shipping_cost:
      shipping === null
        ? null
        : {
            amount_subtotal: shipping.amount,
            amount_tax: 0,
            amount_total: shipping.amount,
            shipping_rate: shipping.id,
          },
    shipping_options:
      shipping === null ? [] : [{ shipping_amount: shipping.amount, shipping_rate: shipping.id }],
  };
};

const unused = {
  after_expiration: null,
  allow_promotion_codes: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  client_secret: null,
  consent: null,
  currency_conversion: null,
  custom_fields: [],
  customer: null,
  customer_account: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  subscription: null,
  wallet_options: null,
};

const customText = (texts: Readonly<Record<string, string | null>>): View =>
  Object.fromEntries(
    ['after_submit', 'shipping_address', 'submit', 'terms_of_service_acceptance'].map((name) => [
      name,
      texts[name] ? { message: texts[name] } : null,
    ]),
  );

/** A Checkout Session in Stripe's shape; `url` only while it can be paid. */
export const sessionView = (world: World, session: Session): View => ({
  ...unused,
  ...shippingFields(session),
  id: session.id,
  object: 'checkout.session',
  adaptive_pricing: { enabled: false },
  allowed_payment_method_types: session.allowed,
  amount_subtotal: subtotalOf(session),
  amount_total: totalOf(session),
  billing_address_collection: session.billing,
  cancel_url: session.cancelUrl,
  client_reference_id: session.order,
  consent_collection:
    session.terms === null
      ? null
      : {
          payment_method_reuse_agreement: null,
          promotions: 'none',
          terms_of_service: session.terms,
        },
  created: session.created,
  currency: 'eur',
  custom_text: customText(session.customText),
  customer_creation: session.customerCreation ?? 'if_required',
  customer_details: customer(session),
  customer_email: session.customerEmail,
  excluded_payment_method_types: session.excluded,
  expires_at: session.expiresAt,
  livemode: false,
  locale: session.locale,
  metadata: session.metadata,
  mode: 'payment',
  payment_intent: session.intent,
  payment_method_types: ['card'],
  payment_status: session.paymentStatus,
  status: session.status,
  submit_type: session.submit,
  success_url: session.successUrl,
  total_details: {
    amount_discount: 0,
    amount_shipping: session.shipping?.amount ?? 0,
    amount_tax: 0,
  },
  ui_mode: 'hosted_page',
  url: session.status === 'open' ? `${world.publicUrl}/pay/${session.id}` : null,
});

const sessionOf = (world: World, intent: Intent): Session | undefined =>
  world.state.sessions.get(intent.session);

const shippingOf = (session: Session | undefined): View | null =>
  session?.details?.address
    ? {
        address: session.details.address,
        carrier: null,
        name: session.details.name,
        phone: session.details.phone,
        tracking_number: null,
      }
    : null;

const failureOf = (code: string | null): View | null =>
  code === null
    ? null
    : {
        type: 'card_error',
        code,
        decline_code: code === 'card_declined' ? 'generic_decline' : undefined,
        message: 'Your card was declined.',
      };

/** A PaymentIntent in Stripe's shape. */
export const intentView = (world: World, intent: Intent): View => {
  const session = sessionOf(world, intent);
  return {
    id: intent.id,
    object: 'payment_intent',
    amount: intent.amount,
    amount_capturable: 0,
    amount_received: intent.status === 'succeeded' ? intent.amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: null,
    confirmation_method: 'automatic',
    created: intent.created,
    currency: 'eur',
    customer: null,
    customer_account: null,
    description: session?.intentData.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: failureOf(intent.failure),
    latest_charge: intent.charge?.id ?? null,
    livemode: false,
    metadata: session?.intentData.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    processing: null,
    receipt_email: session?.intentData.receiptEmail ?? null,
    review: null,
    setup_future_usage: null,
    shipping: shippingOf(session),
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: intent.status,
    transfer_group: null,
  };
};

/** The charge of a payment, or null before its first attempt. */
export const chargeView = (world: World, intent: Intent): View | null => {
  const { charge } = intent;
  if (charge === null) return null;
  const session = sessionOf(world, intent);
  const succeeded = charge.status === 'succeeded';
  return {
    id: charge.id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: succeeded ? intent.amount : 0,
    amount_refunded: intent.refunded,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: null,
      email: session?.details?.email ?? null,
      name: session?.details?.name ?? null,
      phone: session?.details?.phone ?? null,
      tax_id: null,
    },
    captured: succeeded,
    created: charge.created,
    currency: 'eur',
    customer: null,
    description: session?.intentData.description ?? null,
    disputed: [...world.state.disputes.values()].some((dispute) => dispute.intent === intent.id),
    failure_code: charge.status === 'failed' ? intent.failure : null,
    failure_message: charge.status === 'failed' ? 'Your card was declined.' : null,
    livemode: false,
    metadata: session?.intentData.metadata ?? {},
    paid: succeeded,
    payment_intent: intent.id,
    payment_method: null,
    receipt_email: session?.intentData.receiptEmail ?? null,
    receipt_url: null,
    refunded: intent.refunded === intent.amount,
    shipping: shippingOf(session),
    status: charge.status,
  };
};

/** A Refund in Stripe's shape. */
export const refundView = (refund: Refund): View => ({
  id: refund.id,
  object: 'refund',
  amount: refund.amount,
  balance_transaction: null,
  charge: refund.charge,
  created: refund.created,
  currency: 'eur',
  metadata: refund.metadata,
  payment_intent: refund.intent,
  reason: refund.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: refund.status,
  transfer_reversal: null,
});

/** A Dispute in Stripe's shape, with the movements of the account that it caused. */
export const disputeView = (dispute: Dispute): View => ({
  id: dispute.id,
  object: 'dispute',
  amount: dispute.amount,
  charge: dispute.charge,
  created: dispute.created,
  currency: 'eur',
  enhanced_eligibility_types: [],
  is_charge_refundable: dispute.status === 'warning_needs_response',
  balance_transactions: dispute.funds.map(({ id, amount, created }) => ({
    id,
    object: 'balance_transaction',
    amount,
    available_on: created,
    created,
    currency: 'eur',
    description: null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: 'dispute',
    source: dispute.id,
    status: 'available',
    type: 'adjustment',
  })),
  livemode: false,
  metadata: {},
  payment_intent: dispute.intent,
  reason: dispute.reason,
  status: dispute.status,
});
