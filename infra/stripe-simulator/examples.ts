import type { RecordedCall } from './simulator-server.ts';

export type Example = Pick<RecordedCall, 'method' | 'path' | 'form'>;
const call = (method: string, path: string, parameters: Record<string, string> = {}): Example => ({
  method,
  path,
  form: new URLSearchParams(parameters).toString(),
});
const PERIOD = { 'created[gte]': '1793010939', 'created[lt]': '1795599339', limit: '100' };
const CREATED = { 'created[gte]': '1795602661', 'created[lte]': '1795604161', limit: '100' };
const TOLD = {
  'types[0]': 'checkout.session.completed',
  'types[1]': 'charge.dispute.closed',
  'types[2]': 'refund.updated',
  limit: '100',
};
const SINCE = { ...TOLD, 'created[gte]': '1795598713' };

const LINE = {
  'line_items[0][quantity]': '1',
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '5600',
  'line_items[0][price_data][product_data][name]': '2 × Tasse Rivage — À l’unité',
};
const RATE = 'shipping_options[0][shipping_rate_data]';
const ESTIMATE = `${RATE}[delivery_estimate]`;
const PAYMENT_PAGE = {
  ...LINE,
  mode: 'payment',
  locale: 'en',
  customer_email: 'lea@example.fr',
  client_reference_id: 'AH-7K2M9QXW',
  'metadata[order]': 'AH-7K2M9QXW',
  'payment_intent_data[metadata][order]': 'AH-7K2M9QXW',
  'shipping_address_collection[allowed_countries][0]': 'BE',
  'phone_number_collection[enabled]': 'true',
  'adaptive_pricing[enabled]': 'false',
  'excluded_payment_method_types[0]': 'sepa_debit',
  [`${RATE}[type]`]: 'fixed_amount',
  [`${RATE}[display_name]`]: 'Delivery',
  [`${RATE}[fixed_amount][amount]`]: '490',
  [`${RATE}[fixed_amount][currency]`]: 'eur',
  [`${ESTIMATE}[minimum][unit]`]: 'business_day',
  [`${ESTIMATE}[minimum][value]`]: '2',
  [`${ESTIMATE}[maximum][unit]`]: 'business_day',
  [`${ESTIMATE}[maximum][value]`]: '4',
  success_url: 'https://shop.test/en/order/AH-7K2M9QXW?token=t&paye=1',
  cancel_url: 'https://shop.test/en/cart',
  expires_at: '1795605361',
};

/**
 * One request of each shape that the shop and its tests send; each is sent to stripe-mock as well.
 */
export const EXAMPLES: readonly Example[] = [
  call('POST', 'checkout/sessions', PAYMENT_PAGE),
  call('POST', 'checkout/sessions/cs_test_1/expire'),
  call('GET', 'checkout/sessions/cs_test_1'),
  call('GET', 'checkout/sessions', CREATED),
  call('GET', 'checkout/sessions', { ...CREATED, starting_after: 'cs_test_1' }),
  call('GET', 'checkout/sessions', { payment_intent: 'pi_1', limit: '1' }),
  call('GET', 'payment_intents/pi_1'),
  call('GET', 'payment_intents', PERIOD),
  call('GET', 'payment_intents', { ...PERIOD, starting_after: 'pi_1' }),
  call('POST', 'refunds', {
    payment_intent: 'pi_1',
    amount: '500',
    'metadata[order]': 'AH-7K2M9QXW',
    'metadata[key]': 'refund-AH-7K2M9QXW',
  }),
  call('GET', 'refunds/re_1'),
  call('GET', 'refunds', PERIOD),
  call('GET', 'refunds', { ...PERIOD, starting_after: 're_1' }),
  call('GET', 'refunds', { payment_intent: 'pi_1', limit: '100' }),
  call('GET', 'refunds', { payment_intent: 'pi_1', limit: '100', starting_after: 're_1' }),
  call('GET', 'disputes/dp_1'),
  call('GET', 'events', SINCE),
  call('GET', 'events', { ...SINCE, starting_after: 'evt_1' }),
  // Tests read the list of events that Stripe would send.
  call('GET', 'events', TOLD),
  call('GET', 'events', { ...TOLD, starting_after: 'evt_1' }),
  // What a merchant does in Stripe's dashboard, or another shop of the same account.
  call('POST', 'checkout/sessions', {
    ...LINE,
    mode: 'payment',
    success_url: 'http://127.0.0.1:9/',
  }),
  call('POST', 'refunds', { payment_intent: 'pi_1', amount: '100' }),
  call('GET', 'checkout/sessions', { limit: '100' }),
];
