import { expect, test } from 'vitest';
import { createCatalogue } from '@comptoir/catalogue/read';

import { createHealth } from './door-health.ts';
import { paymentSetup, type PaymentState } from './payment-health.ts';

const KEYS = { stripeSecretKey: 'sk_live_1', stripeWebhookSecret: 'whsec_1' };
const well: PaymentState = { failing: null, dead: 0, differences: 0, unbalanced: 0 };

/** What keeps a shop from selling of which all is well but its payments. */
async function missing(
  keys: Parameters<typeof paymentSetup>[0],
  state: PaymentState,
): Promise<string[]> {
  const health = createHealth({
    version: 'test',
    catalogue: createCatalogue(),
    database: () => true,
    strapi: () => ({ phase: 'ready', restarts: 0 }),
    pendingMigrations: () => Promise.resolve([]),
    storage: () => Promise.resolve(),
    mailRoute: 'smtp',
    outbox: () => Promise.resolve(null),
    paymentSetup: paymentSetup(keys),
    payments: () => Promise.resolve(state),
  });
  return health.notReady(await health.report()).filter((name) => name !== 'catalogue');
}

test.each<[string, Parameters<typeof paymentSetup>[0], PaymentState, string[]]>([
  ['with keys', { shopMode: 'live', ...KEYS }, well, []],
  ['live without keys: nothing can be sold', { shopMode: 'live' }, well, ['payments']],
  ['a demonstration without keys', { shopMode: 'demo' }, well, []],
  [
    'without webhook secret: payments come a minute late, and come',
    { shopMode: 'live', ...KEYS, stripeWebhookSecret: undefined },
    well,
    [],
  ],
  [
    'Stripe away: orders are taken and wait',
    { shopMode: 'live', ...KEYS },
    { ...well, failing: 'StripeConnectionError' },
    [],
  ],
  [
    'a key that Stripe refuses',
    { shopMode: 'live', ...KEYS },
    { ...well, failing: 'StripeAuthenticationError 401' },
    ['payments'],
  ],
  [
    'what staff must look at',
    { shopMode: 'live', ...KEYS },
    { failing: null, dead: 1, differences: 1, unbalanced: 1 },
    [],
  ],
])('ready to sell, %s', async (_, keys, state, names) =>
  expect(await missing(keys, state)).toEqual(names),
);
