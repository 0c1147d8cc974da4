import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEnv } from '@comptoir/env';

import { apiPaths } from '../../plugins/contracts/index.ts';
import { EVENT_TYPES } from '../../plugins/stripe/domain/events.ts';
import { readSettings } from '../stripe-simulator/simulator-settings.ts';
import { composeText, readServices, ROOT, withDefaults } from './compose-file.ts';

const services = readServices(composeText());
/** A service's environment as it is without .env. */
const of = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [
      variable,
      withDefaults(value),
    ]),
  );

const folder = mkdtempSync(join(tmpdir(), 'comptoir-entry-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, 'node'),
  '#!/bin/sh\necho "$STRIPE_SECRET_KEY|$STRIPE_WEBHOOK_SECRET|$STRIPE_API_BASE"\n',
);
chmodSync(join(folder, 'node'), 0o755);

/** What the API of docker-compose.yml is started with, when .env says this on top. */
const started = (env: Record<string, string>, command = 'serve'): string =>
  spawnSync('/bin/sh', [join(ROOT, 'cms/entrypoint.sh'), command], {
    encoding: 'utf8',
    env: { ...of('api'), ...env, PATH: `${folder}:/usr/bin:/bin` },
  }).stdout.trim();
const SIMULATED = 'sk_test_comptoir_example|whsec_comptoir_example|http://stripe-simulator:4010';

describe('the API in containers', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a demo with the simulator pays there', { COMPOSE_PROFILES: 'demo' }, SIMULATED],
    ['among other profiles too', { COMPOSE_PROFILES: 'stripe-cli,demo' }, SIMULATED],
    ['with all profiles too', { COMPOSE_PROFILES: '*' }, SIMULATED],
    ['without the simulator its checkout is closed', { COMPOSE_PROFILES: '' }, '||'],
    ['a profile of a similar name is another', { COMPOSE_PROFILES: 'demonstration' }, '||'],
    [
      'with keys of its own it asks Stripe',
      {
        COMPOSE_PROFILES: 'demo',
        STRIPE_SECRET_KEY: 'sk_test_own',
        STRIPE_WEBHOOK_SECRET: 'whsec_own',
      },
      'sk_test_own|whsec_own|',
    ],
    [
      'a simulator of its own is left to it',
      { COMPOSE_PROFILES: 'demo', STRIPE_API_BASE: 'http://localhost:9' },
      '||http://localhost:9',
    ],
    ['a live shop never does', { COMPOSE_PROFILES: 'demo', SHOP_MODE: 'live' }, '||'],
  ])('%s', (_, env, expected) => expect(started(env)).toBe(expected));
  test('its commands are told the same', () =>
    expect(started({ COMPOSE_PROFILES: 'demo' }, 'setup')).toBe(SIMULATED));
  test('takes what it is given', () => {
    const [STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE] = SIMULATED.split('|');
    expect(
      loadEnv('api', {
        DATA_DIR: folder,
        STRIPE_SECRET_KEY,
        STRIPE_WEBHOOK_SECRET,
        STRIPE_API_BASE,
      }).stripeApiBase,
    ).toBe('http://stripe-simulator:4010');
  });
});

describe("the simulator's container", () => {
  test("is where the API looks for it, and posts webhooks to the API's own route", () => {
    const settings = readSettings(of('stripe-simulator'));
    expect(of('api')['STRIPE_SIMULATOR_URL']).toBe(`http://stripe-simulator:${settings.port}`);
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      secretKey: of('api')['STRIPE_SIMULATOR_SECRET_KEY'],
      webhook: {
        url: `http://api:4000${apiPaths.webhook}`,
        secret: of('api')['STRIPE_SIMULATOR_WEBHOOK_SECRET'],
      },
    });
    expect(settings.stateFile).toMatch(/^\/data\//);
  });
  test('shows its pay page where it publishes its port', () =>
    expect(services['stripe-simulator']?.ports.map(withDefaults)).toEqual([
      `127.0.0.1:${new URL(of('stripe-simulator')['STRIPE_SIMULATOR_PUBLIC_URL'] ?? '').port}:4010`,
    ]));
  test('holds each of its dependencies', () => {
    const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(ROOT, 'infra/stripe-simulator/package.json'), 'utf8'),
    );
    const dockerfile = readFileSync(join(ROOT, 'infra/stripe-simulator/Dockerfile'), 'utf8');
    expect(
      Object.keys(dependencies).filter(
        (name) => !dockerfile.includes(`/app/node_modules/${name} node_modules/${name}\n`),
      ),
    ).toEqual([]);
  });
});

test("Stripe's own client brings every event that the shop listens to, to the API's route", () => {
  const { command = [] } = services['stripe-cli'] ?? {};
  expect(command).toContain(`--forward-to=http://api:4000${apiPaths.webhook}`);
  expect(
    command
      .find((word) => word.startsWith('--events='))
      ?.slice('--events='.length)
      .split(',')
      .sort(),
  ).toEqual([...EVENT_TYPES].sort());
});
