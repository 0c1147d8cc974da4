import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEnv } from '@comptoir/env';

import { simulatorVariables, usesSimulator } from './simulated-stripe.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'comptoir-simulated-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test.each<[string, NodeJS.ProcessEnv, boolean]>([
  ['a demo without keys', {}, true],
  ["a demo with Stripe's own test key", { STRIPE_SECRET_KEY: 'sk_test_0123456789' }, false],
  ['a demo with a simulator of its own', { STRIPE_API_BASE: 'http://localhost:4010' }, false],
  ['a live shop', { SHOP_MODE: 'live' }, false],
])('%s', (_, given, simulated) => {
  const env = loadEnv('supervisor', { DATA_DIR: dir, ...given });
  expect(usesSimulator(env)).toBe(simulated);
  expect(Object.keys(simulatorVariables(env)).length > 0).toBe(simulated);
});

test('its keys are good for the API, stay the same in one data folder and are others in another', () => {
  const of = (folder: string) =>
    simulatorVariables(
      loadEnv('supervisor', { DATA_DIR: join(dir, folder), STRIPE_SIMULATOR_PORT: '4999' }),
    );
  const first = of('a');
  expect(loadEnv('api', { DATA_DIR: join(dir, 'a'), ...first })).toMatchObject({
    stripeApiBase: 'http://127.0.0.1:4999',
    stripeSecretKey: expect.stringMatching(/^sk_test_\w{32}$/),
    stripeWebhookSecret: expect.stringMatching(/^whsec_\w{32}$/),
  });
  expect(of('a')).toEqual(first);
  expect(of('b')['STRIPE_SECRET_KEY']).not.toBe(first['STRIPE_SECRET_KEY']);
});
