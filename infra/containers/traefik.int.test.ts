import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { goTool, hasGo } from '../harness/go-tool.ts';
import { composeText, readServices, type Services, withDefaults } from './compose-file.ts';
import { serveName, startTraefik } from './traefik-process.ts';

const goPresent = hasGo();

describe.skipIf(!goPresent)("a real Traefik on the compose file's labels (needs Go)", () => {
  let program = '';
  const running: { close: () => void }[] = [];
  const ports: Record<string, string> = {};

  beforeAll(async () => {
    program = goTool(
      'traefik',
      join(import.meta.dirname, 'traefik'),
      'github.com/traefik/traefik/v3/cmd/traefik',
    );
    for (const name of ['frontend', 'api', 'stripe-simulator']) {
      const process = await serveName(name);
      running.push(process);
      ports[name] = String(process.port);
    }
  }, 1_200_000);
  afterAll(() => running.forEach(({ close }) => close()));

  /**
   * The compose file's services; only the containers' ports become those of the processes that
   * stand for them.
   */
  const services = (text: string): Services => {
    const read = readServices(text);
    const atTestPort = (name: string, labels: Record<string, string>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(labels).map(([label, value]) => [
          label,
          label.endsWith('.server.port') && /^(?:3000|4000|4010)$/.test(value)
            ? (ports[name] ?? value)
            : withDefaults(value),
        ]),
      );
    return Object.fromEntries(
      Object.entries(read).map(([name, service]) => [
        name,
        { ...service, labels: atTestPort(name, service.labels) },
      ]),
    );
  };

  test('routes app, api, paiement and traefik.localhost, and no other name', async () => {
    const traefik = await startTraefik(program, services(composeText()));
    try {
      expect(await traefik.get('app.localhost', '/produits')).toEqual({
        status: 200,
        body: 'frontend',
      });
      expect(await traefik.get('api.localhost', '/health')).toEqual({ status: 200, body: 'api' });
      expect(await traefik.get('paiement.localhost', '/pay/cs_test_1')).toEqual({
        status: 200,
        body: 'stripe-simulator',
      });
      for (const path of ['/v1/refunds', '/_simulator/faults', '/health', '/pay/../v1/refunds'])
        expect((await traefik.get('paiement.localhost', path)).status, path).toBe(404);
      expect((await traefik.get('traefik.localhost', '/api/http/routers')).body).toContain(
        'dashboard@docker',
      );
      for (const host of ['minio.localhost', 'postgres.localhost', 'elsewhere.test'])
        expect((await traefik.get(host, '/')).status, host).toBe(404);
    } finally {
      await traefik.stop();
    }
  }, 60_000);

  test('shows its dashboard to nobody outside the allowed addresses', async () => {
    const allowed = '${DASHBOARD_FROM:-127.0.0.1/32,172.16.0.0/12}';
    expect(composeText()).toContain(allowed);
    const traefik = await startTraefik(
      program,
      services(composeText().replace(allowed, '10.9.8.7/32')),
    );
    try {
      for (const path of ['/api/http/routers', '/dashboard/', '/api/rawdata'])
        expect((await traefik.get('traefik.localhost', path)).status, path).toBe(403);
      expect((await traefik.get('app.localhost', '/')).status).toBe(200);
    } finally {
      await traefik.stop();
    }
  }, 60_000);

  test('writes no token into its access log', async () => {
    const traefik = await startTraefik(program, services(composeText()));
    try {
      await traefik.get('app.localhost', '/apercu/token-of-a-preview');
      await traefik.get('app.localhost', '/commande/AH-1?token=token-of-an-order');
      await traefik.get('api.localhost', '/health');
      await vi.waitFor(() => expect(traefik.log()).toContain('api@docker'), 10_000);
      expect(traefik.log().match(/"RequestHost":"app\.localhost"/g)).toHaveLength(2);
      expect(traefik.log()).not.toContain('token-of');
    } finally {
      await traefik.stop();
    }
  }, 60_000);

  test.each([
    [
      'rule',
      'routers.api.rule: Host(`api.localhost`)',
      'routers.api.rule: Host(`api.localhost`',
      404,
    ],
    ['entry point', 'routers.api.entrypoints: web', 'routers.api.entrypoints: wbe', 404],
    [
      'port',
      'services.api.loadbalancer.server.port: "4000"',
      'services.api.loadbalancer.server.port: "1"',
      502,
    ],
  ])(
    "a damaged %s breaks the API's route and no other",
    async (_, good, bad, status) => {
      const text = composeText();
      expect(text).toContain(good);
      const traefik = await startTraefik(program, services(text.replace(good, bad)));
      try {
        expect((await traefik.get('api.localhost', '/health')).status).toBe(status);
        expect((await traefik.get('app.localhost', '/')).status).toBe(200);
      } finally {
        await traefik.stop();
      }
    },
    60_000,
  );
});
