import type Stripe from 'stripe';

import { PAGE_MINUTES, type PayableOrder } from '../../commerce/domain/payments-port.ts';

const NAME_LIMIT = 250;
/** Money that comes days later: pieces are not held that long. */
const DELAYED = [
  'sepa_debit',
  'customer_balance',
  'multibanco',
  'bacs_debit',
  'boleto',
  'oxxo',
  'konbini',
  'us_bank_account',
  'acss_debit',
  'au_becs_debit',
];
const WORDS = {
  fr: { delivery: 'Livraison', order: '/commande/', cart: '/panier' },
  en: { delivery: 'Delivery', order: '/en/order/', cart: '/en/cart' },
} as const;

const EURO = 'eur';

type Request = Stripe.Checkout.SessionCreateParams;

const lineOf = ({
  title,
  label,
  quantity,
  total,
}: PayableOrder['lines'][number]): NonNullable<Request['line_items']>[number] => {
  const name = `${quantity} × ${title}${label === '' ? '' : ` — ${label}`}`;
  return {
    quantity: 1,
    price_data: {
      currency: EURO,
      unit_amount: total,
      product_data: { name: name.slice(0, NAME_LIMIT) },
    },
  };
};

const days = (value: number) => ({ unit: 'business_day', value: Math.max(1, value) }) as const;

/**
 * The hosted page of an order. Everything in it comes from the frozen order, so the same order asks
 * for the same page, byte for byte: Stripe refuses a known key with other parameters.
 */
export function sessionRequest(order: PayableOrder, siteUrl: string): Request {
  const { number, token, locale, email, country, shipping, delivery, minDays, maxDays, placedAt } =
    order;
  const words = WORDS[locale];
  const metadata = { order: number };
  return {
    mode: 'payment',
    locale,
    customer_email: email,
    client_reference_id: number,
    metadata,
    payment_intent_data: { metadata },
    line_items: order.lines.map(lineOf),
    shipping_address_collection: { allowed_countries: [country as 'FR'] },
    phone_number_collection: { enabled: true },
    shipping_options: [
      {
        shipping_rate_data: {
          type: 'fixed_amount',
          display_name: delivery || words.delivery,
          fixed_amount: { amount: shipping, currency: EURO },
          delivery_estimate: { minimum: days(minDays), maximum: days(Math.max(minDays, maxDays)) },
        },
      },
    ],
    adaptive_pricing: { enabled: false },
    excluded_payment_method_types: DELAYED,
    success_url: `${siteUrl}${words.order}${number}?token=${encodeURIComponent(token)}&paye=1`,
    cancel_url: `${siteUrl}${words.cart}`,
    expires_at: Math.floor(placedAt.getTime() / 1000) + PAGE_MINUTES * 60,
  };
}
