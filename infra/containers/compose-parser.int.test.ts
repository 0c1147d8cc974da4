import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { goTool, hasGo } from '../harness/go-tool.ts';
import { composeText, ROOT } from './compose-file.ts';

const goPresent = hasGo();
const folder = mkdtempSync(join(tmpdir(), 'comptoir-compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const projectSchema = z.object({
  services: z.record(
    z.string(),
    z.object({ environment: z.record(z.string(), z.string().nullable()).nullish() }),
  ),
});

describe.skipIf(!goPresent)("docker-compose.yml in Compose's own parser (needs Go)", () => {
  let program = '';
  beforeAll(() => {
    program = goTool('compose-check', join(import.meta.dirname, 'compose-check'), '.');
  }, 900_000);
  const load = (file: string): { status: number | null; text: string } => {
    const { status, stdout } = spawnSync(
      program,
      ['--env-file', join(ROOT, '.env.example'), file],
      { encoding: 'utf8' },
    );
    return { status, text: stdout };
  };

  test('loads with .env.example as it is', () => {
    const { status, text } = load(join(ROOT, 'docker-compose.yml'));
    expect(status, text).toBe(0);
    const { services } = projectSchema.parse(JSON.parse(text));
    expect(services['api']?.environment).toMatchObject({
      DATABASE_URL: 'postgres://comptoir:comptoir-not-a-secret@postgres:5432/comptoir',
      S3_ENDPOINT: 'http://minio.localhost:9000',
    });
    expect(services['frontend']?.environment).toMatchObject({ API_URL: 'http://api:4000' });
    expect(services['api']?.environment).toMatchObject({
      COMPOSE_PROFILES: 'demo',
      STRIPE_SECRET_KEY: '',
      STRIPE_SIMULATOR_URL: 'http://stripe-simulator:4010',
    });
    expect(services['stripe-simulator']?.environment).toMatchObject({
      STRIPE_SIMULATOR_PUBLIC_URL: 'http://localhost:4010',
      STRIPE_SIMULATOR_SECRET_KEY: services['api']?.environment?.['STRIPE_SIMULATOR_SECRET_KEY'],
    });
  });

  test.each([
    ['an unknown key', 'cpus: 1.5', 'cpuz: 1.5'],
    [
      'a dependency on a service that does not exist',
      'bucket: { condition',
      'buckets: { condition',
    ],
    ['an unknown network', 'networks: [edge, data]', 'networks: [edge, nowhere]'],
  ])('refuses %s', (_, good, bad) => {
    const file = join(folder, 'docker-compose.yml');
    writeFileSync(file, composeText().replace(good, bad));
    expect(load(file)).toMatchObject({ status: 1, text: expect.stringContaining('INVALID') });
  });
});
