import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { askedVariables, composeText, isJob, readServices, ROOT } from './compose-file.ts';
import { composeFailures } from './compose-rules.ts';

const text = composeText();
const services = readServices(text);
const example = readFileSync(join(ROOT, '.env.example'), 'utf8');

describe('docker-compose.yml', () => {
  test('has the services the runbook names', () =>
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([
        'traefik',
        'frontend',
        'api',
        'postgres',
        'minio',
        'bucket',
        'setup',
        'stripe-simulator',
        'stripe-cli',
      ]),
    ));
  test('runs what is not the shop itself in profiles only', () =>
    expect(
      Object.fromEntries(
        Object.entries(services).flatMap(([name, { profiles }]) =>
          profiles.length > 0 ? [[name, profiles]] : [],
        ),
      ),
    ).toEqual({ 'stripe-simulator': ['demo'], 'stripe-cli': ['stripe-cli'] }));
  test('keeps every rule', () => expect(composeFailures(services)).toEqual([]));
  test('asks only for variables that .env.example names', () =>
    expect(
      askedVariables(text).filter((name) => !new RegExp(`^${name}=`, 'm').test(example)),
    ).toEqual([]));
  test('has the same defaults as .env.example', () => {
    const different = [...text.matchAll(/\$\{([A-Z0-9_]+):-([^}]*)\}/g)].filter(
      ([, name = '', value = '']) =>
        example.match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1] !== value,
    );
    expect(different.map(([whole]) => whole)).toEqual([]);
  });
  test('runs setup and bucket once', () =>
    expect(Object.keys(services).filter((name) => isJob(services[name]!))).toEqual([
      'bucket',
      'setup',
    ]));
  test('publishes 80, 3000, 4000, 4010 and 9000, nothing else', () =>
    expect(
      Object.values(services)
        .flatMap(({ ports }) => ports)
        .map((port) => port.split(':').at(-1))
        .sort(),
    ).toEqual(['3000', '4000', '4010', '80', '9000']));
  test('lets Prometheus reach the metrics from its own container, and nobody from outside', () => {
    for (const name of ['api', 'frontend'])
      expect(services[name]?.environment['METRICS_HOST'], name).toBe('0.0.0.0');
    expect(
      Object.values(services)
        .flatMap(({ ports }) => ports)
        .filter((port) => /:946\d$/.test(port)),
    ).toEqual([]);
  });
  test('lets the API tell its own proxy from a stranger who claims another address', () => {
    const labels = services['api']?.labels ?? {};
    const shown =
      labels[
        `traefik.http.middlewares.${labels['traefik.http.routers.api.middlewares']}.headers.customrequestheaders.X-Comptoir-Proxy`
      ];
    expect(shown).toMatch(/^\$\{PROXY_SECRET/);
    expect(services['api']?.environment['PROXY_SECRET']).toBe(shown);
  });
  test('builds from Dockerfiles that exist', () => {
    for (const { build } of Object.values(services))
      if (build) expect(existsSync(join(ROOT, build.dockerfile)), build.dockerfile).toBe(true);
  });
  test('the images have the same healthcheck as their service', () => {
    for (const name of ['api', 'frontend', 'stripe-simulator']) {
      const probe = services[name]?.healthcheck?.test.at(-1) ?? 'no probe';
      expect(readFileSync(join(ROOT, services[name]?.build?.dockerfile ?? ''), 'utf8')).toContain(
        probe,
      );
    }
  });
});

test.each<[string, string, string, string]>([
  [
    'a route to a wrong port',
    'server.port: "4000"',
    'server.port: "4001"',
    'api is routed to port 4001',
  ],
  ['a floating image', 'traefik:v3.7.9', 'traefik:latest', 'traefik image'],
  ['an image without tag', 'postgres:18.4-bookworm', 'postgres', 'postgres image'],
  [
    'capabilities that a service keeps',
    'cap_drop: [ALL]',
    'stop_signal: SIGTERM',
    'traefik keeps the capabilities of root',
  ],
  [
    'capabilities that a job keeps',
    'on-failure:5\n  init: true\n  cap_drop: [ALL]',
    'on-failure:5\n  init: true',
    'bucket keeps the capabilities of root',
  ],
  [
    'a dashboard for everybody',
    'traefik.http.routers.dashboard.middlewares: dashboard-from',
    '# no middleware',
    'shows Traefik',
  ],
  [
    'a middleware that does not exist',
    'middlewares.dashboard-from.ipallowlist',
    'middlewares.dashboard-form.ipallowlist',
    'shows Traefik',
  ],
  ['a missing limit', 'mem_limit: 192m', 'init: true', 'traefik lacks'],
  [
    'a core service that waits for a profile',
    'bucket: { condition: service_completed_successfully }',
    'stripe-simulator: { condition: service_healthy }',
    'setup waits for stripe-simulator',
  ],
  [
    'postgres on the edge',
    'networks: [data]',
    'networks: [data, edge]',
    'postgres is on the network',
  ],
])('%s is noticed', (_, good, bad, message) => {
  expect(text).toContain(good);
  expect(composeFailures(readServices(text.replace(good, bad))).join('\n')).toContain(message);
});
