import { expect, test } from 'vitest';

import { readSettings } from './simulator-settings.ts';

const good = {
  STRIPE_SIMULATOR_SECRET_KEY: 'sk_test_0123456789',
  STRIPE_SIMULATOR_PORT: '',
  STRIPE_SIMULATOR_WEBHOOK_URL: 'http://api:4000/api/paiements/stripe/webhook',
  STRIPE_SIMULATOR_WEBHOOK_SECRET: 'whsec_0123456789',
  STRIPE_SIMULATOR_PUBLIC_URL: 'http://pay.localhost/',
};

test('the environment becomes settings', () => {
  expect(readSettings(good)).toMatchObject({
    port: 4010,
    host: '127.0.0.1',
    stateFile: null,
    publicUrl: 'http://pay.localhost',
    webhook: { url: good.STRIPE_SIMULATOR_WEBHOOK_URL },
  });
});

test.each([
  ['STRIPE_SIMULATOR_SECRET_KEY', 'sk_live_0123456789'],
  ['STRIPE_SIMULATOR_PORT', '70000'],
  ['STRIPE_SIMULATOR_WEBHOOK_URL', 'api'],
  ['STRIPE_SIMULATOR_WEBHOOK_SECRET', ''],
])('a bad %s is named, its value is not repeated', (name, value) => {
  const read = (): unknown => readSettings({ ...good, [name]: value });
  expect(read).toThrow(name);
  if (value !== '') expect(read).not.toThrow(value);
});

test('a real shop has none', () => {
  expect(() => readSettings({ ...good, SHOP_MODE: 'live' })).toThrow(
    /SHOP_MODE is live.*COMPOSE_PROFILES/,
  );
  expect(readSettings({ ...good, SHOP_MODE: 'demo' })).toMatchObject({ port: 4010 });
});
