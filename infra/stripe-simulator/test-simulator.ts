import { once } from 'node:events';
import { createServer } from 'node:http';
import Stripe from 'stripe';

import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import type { RecordedCall } from './simulator-server.ts';

export const KEY = 'sk_test_0123456789';
export const SECRET = 'whsec_0123456789';

/** Every API call of the test file, for the comparison with stripe-mock. */
export const recorded: RecordedCall[] = [];

/** Stripe's own client on a simulator. */
export const clientOf = (port: number, key = KEY): Stripe =>
  new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout: 2000,
    telemetry: false,
  });

export const begin = async (
  options: Partial<SimulatorOptions> = {},
): Promise<{ simulator: Simulator; stripe: Stripe }> => {
  const simulator = await startSimulator({
    secretKey: KEY,
    record: (call) => recorded.push(call),
    ...options,
  });
  return { simulator, stripe: clientOf(simulator.port) };
};

/**
 * The parameters of a session as the shop makes them: 2 × 28.00 €, delivery 6.90 €, total 62.90 €.
 */
export const order = (
  number = 'AH-00000001',
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  client_reference_id: number,
  metadata: { order: number },
  customer_email: 'camille@example.org',
  locale: 'fr',
  adaptive_pricing: { enabled: false },
  line_items: [
    {
      quantity: 1,
      price_data: {
        currency: 'eur',
        unit_amount: 5600,
        product_data: { name: '2 × Tasse Rivage' },
      },
    },
  ],
  shipping_address_collection: { allowed_countries: ['FR'] },
  phone_number_collection: { enabled: true },
  payment_intent_data: { metadata: { order: number } },
  shipping_options: [
    {
      shipping_rate_data: {
        type: 'fixed_amount',
        display_name: 'Colissimo',
        fixed_amount: { amount: 690, currency: 'eur' },
        delivery_estimate: {
          minimum: { unit: 'business_day', value: 2 },
          maximum: { unit: 'business_day', value: 4 },
        },
      },
    },
  ],
  excluded_payment_method_types: ['sepa_debit'],
  success_url: 'http://127.0.0.1:9/commande?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1:9/panier',
  ...more,
});

export interface Hook {
  url: string;
  received: { type: string; id: string; body: string; signature: string }[];
  /** Answers 500 to the first `times` deliveries of each event. */ refuse(times: number): void;
  close(): void;
}

/** A shop's webhook address that writes down what comes. */
export const listenForWebhooks = async (): Promise<Hook> => {
  const received: Hook['received'] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { type, id }: Stripe.Event = JSON.parse(body);
      received.push({ type, id, body, signature: String(request.headers['stripe-signature']) });
      response
        .writeHead(received.filter((one) => one.id === id).length <= refusals ? 500 : 200)
        .end();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    refuse: (times) => {
      refusals = times;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
