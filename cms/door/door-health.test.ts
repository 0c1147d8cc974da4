import { expect, test } from 'vitest';
import { createCatalogue } from '@comptoir/catalogue/read';
import type { Health } from '@comptoir/contracts';
import type { SchemaState } from '@comptoir/database/migrate';

import { createHealth, type HealthReporter } from './door-health.ts';
import { paymentSetup, type PaymentState } from './payment-health.ts';

const KEYS = { stripeSecretKey: 'sk_live_1', stripeWebhookSecret: 'whsec_1' };
const well: PaymentState = { failing: null, dead: 0, differences: 0, unbalanced: 0 };

const CURRENT: SchemaState = {
  version: 'stripe/2026-11-27-webhook-inbox',
  pending: [],
  missing: [],
  unknown: [],
};

const healthOf = (
  keys: Parameters<typeof paymentSetup>[0],
  state: PaymentState,
  schema: SchemaState = CURRENT,
): HealthReporter =>
  createHealth({
    version: 'test',
    catalogue: createCatalogue(),
    database: () => true,
    strapi: () => ({ phase: 'ready', restarts: 0 }),
    schema: () => Promise.resolve(schema),
    storage: () => Promise.resolve(),
    mailRoute: 'smtp',
    outbox: () => Promise.resolve(null),
    paymentSetup: paymentSetup(keys),
    payments: () => Promise.resolve(state),
  });

/** What keeps a shop from selling of which all is well but its payments. */
async function missing(
  keys: Parameters<typeof paymentSetup>[0],
  state: PaymentState,
): Promise<string[]> {
  const health = healthOf(keys, state);
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

test.each<[string, Partial<SchemaState>, Health['checks']['migrations']]>([
  [
    'a database that is up to date',
    {},
    { status: 'ok', version: 'stripe/2026-11-27-webhook-inbox' },
  ],
  [
    'an empty database',
    { version: null, pending: ['catalogue/2026-11-27-read-model'] },
    {
      status: 'degraded',
      message: 'run npm run migrate',
      pending: ['catalogue/2026-11-27-read-model'],
    },
  ],
  [
    'an older database that has lost a rule',
    {
      version: 'catalogue/2026-11-27-read-model',
      pending: ['commerce/2026-11-27-orders'],
      missing: ['constraint catalogue_entries_kind_check'],
    },
    {
      status: 'degraded',
      version: 'catalogue/2026-11-27-read-model',
      message: 'run npm run migrate',
      pending: ['commerce/2026-11-27-orders', 'constraint catalogue_entries_kind_check'],
    },
  ],
  [
    'a database of a newer version',
    { version: 'commerce/2031-01-01-later', unknown: ['commerce/2031-01-01-later'] },
    {
      status: 'down',
      version: 'commerce/2031-01-01-later',
      message: 'the database belongs to a newer version: commerce/2031-01-01-later',
    },
  ],
])('checks.migrations of %s', async (_, schema, expected) => {
  const health = healthOf({ shopMode: 'demo' }, well, { ...CURRENT, ...schema });

  const { checks } = await health.report();

  expect(checks.migrations).toEqual(expected);
});
