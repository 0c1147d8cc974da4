import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { ensureSecrets, generatedSecrets, loadEnv, ROOT, variables } from './index.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'comptoir-env-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const exampleFile = readFileSync(join(ROOT, '.env.example'), 'utf8');
const exampleValues = Object.fromEntries(
  [...exampleFile.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);

function message(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return String(error);
  }
}

const liveSecrets = Object.fromEntries(generatedSecrets.map((name) => [name, 'k'.repeat(32)]));

describe('.env.example', () => {
  test('names the same variables as the schema', () =>
    expect(Object.keys(exampleValues).sort()).toEqual(Object.keys(variables).sort()));
  test('has one comment above each variable', () => {
    const lines = exampleFile.split('\n');
    expect(
      lines.flatMap((line, i) =>
        /^[A-Z0-9_]+=/.test(line) && !lines[i - 1]?.startsWith('# ') ? [line] : [],
      ),
    ).toEqual([]);
  });
  test.each(['api', 'storefront', 'supervisor', 'minio'] as const)('runs %s as is', (app) =>
    expect(loadEnv(app, { ...exampleValues, DATA_DIR: dir }).shopMode).toBe('demo'),
  );
});

describe('loadEnv', () => {
  test('blank means the default, numbers are numbers, addresses lose their last slash', () => {
    const env = loadEnv('api', {
      DATA_DIR: dir,
      API_PORT: '  ',
      PUBLIC_API_URL: 'https://api.test/',
    });
    expect(env).toMatchObject({
      apiPort: 4000,
      publicApiUrl: 'https://api.test',
      publicImageBase: 'https://api.test/api/images',
      s3ForcePathStyle: true,
      databaseUrl: undefined,
    });
  });
  test('a relative DATA_DIR is read from the checkout, not from the working directory', () =>
    expect(loadEnv('storefront', { ...liveSecrets, DATA_DIR: 'x' }).dataDir).toBe(join(ROOT, 'x')));
  test.each([
    ['API_PORT', '70000', 'at most 65535', '4000'],
    ['API_PORT', 'four', 'a number', '4000'],
    ['SHOP_MODE', 'prod', 'demo or live', 'demo'],
    ['DATABASE_URL', 'mysql://x', 'Postgres address', 'postgres://'],
    ['PUBLIC_SITE_URL', 'atelier', 'http:// or https://', 'https://'],
    ['ADMIN_PASSWORD', 'short', 'at least 10', 'Argile'],
    ['S3_FORCE_PATH_STYLE', 'yes', 'true or false', 'true'],
    ['S3_PUBLIC_RENDITIONS', 'yes', 'true or false', 'true'],
  ])(
    '%s=%s is refused with its name, what is wrong and a good value',
    (name, value, wrong, good) => {
      const text = message(
        () =>
          loadEnv('supervisor', { DATA_DIR: dir, [name]: value }) &&
          loadEnv('api', { DATA_DIR: dir, [name]: value }),
      );
      for (const part of [name, wrong, good]) expect(text).toContain(part);
    },
  );
  test('lists every bad variable at once and repeats no value', () => {
    const text = message(() =>
      loadEnv('api', { DATA_DIR: dir, API_PORT: 'x', TRANSFER_TOKEN_SALT: 'hunter2' }),
    );
    expect(text).toContain('API_PORT');
    expect(text).toContain('TRANSFER_TOKEN_SALT');
    expect(text).not.toContain('hunter2');
  });
  test('s3 needs its address and keys', () =>
    expect(message(() => loadEnv('api', { DATA_DIR: dir, IMAGE_STORE: 's3' }))).toMatch(
      /S3_ENDPOINT[^]*S3_ACCESS_KEY_ID[^]*S3_SECRET_ACCESS_KEY/,
    ));
  test.each(['http://minio.localhost:9000/product-images/', 'https://product-images.s3.example'])(
    'browsers sent to the bucket (%s) need its renditions to be public',
    (PUBLIC_IMAGE_BASE) => {
      expect(message(() => loadEnv('api', { DATA_DIR: dir, PUBLIC_IMAGE_BASE }))).toContain(
        'S3_PUBLIC_RENDITIONS=true',
      );
      expect(
        message(() =>
          loadEnv('api', { DATA_DIR: dir, PUBLIC_IMAGE_BASE, S3_PUBLIC_RENDITIONS: 'true' }),
        ),
      ).toBe('');
      expect(message(() => loadEnv('storefront', { DATA_DIR: dir, PUBLIC_IMAGE_BASE }))).toBe('');
    },
  );
  test('a content network before the API needs no public bucket', () =>
    expect(
      message(() =>
        loadEnv('api', { DATA_DIR: dir, PUBLIC_IMAGE_BASE: 'https://images.atelier-huit.fr' }),
      ),
    ).toBe(''));
  test.each([
    [
      'a live shop',
      { SHOP_MODE: 'live', STRIPE_API_BASE: 'http://localhost:4010' },
      'SHOP_MODE=live refuses',
    ],
    [
      'a live key',
      { STRIPE_SECRET_KEY: 'sk_live_0123456789', STRIPE_API_BASE: 'http://localhost:4010' },
      'live STRIPE_SECRET_KEY',
    ],
    [
      'a restricted live key',
      { STRIPE_SECRET_KEY: 'rk_live_0123456789', STRIPE_API_BASE: 'http://localhost:4010' },
      'live STRIPE_SECRET_KEY',
    ],
    ['another host', { STRIPE_API_BASE: 'http://stripe.example' }, 'must be on this machine'],
    [
      'a host that begins alike',
      { STRIPE_API_BASE: 'http://localhost.example' },
      'must be on this machine',
    ],
    [
      'user information before another host',
      { STRIPE_API_BASE: 'http://localhost@stripe.example' },
      'must be on this machine',
    ],
  ])('a Stripe simulator is refused to %s', (_, given, wrong) => {
    const text = message(() => loadEnv('api', { DATA_DIR: dir, ...given }));
    expect(text).toContain(`STRIPE_API_BASE`);
    expect(text).toContain(wrong);
    expect(text).not.toContain('0123456789');
  });
  test.each([
    'http://localhost:4010',
    'http://127.0.0.1:4010/',
    'http://[::1]:4010',
    'http://stripe-simulator:4010',
  ])('a Stripe simulator at %s is taken', (STRIPE_API_BASE) => {
    expect(
      loadEnv('api', { DATA_DIR: dir, STRIPE_SECRET_KEY: 'sk_test_0123456789', STRIPE_API_BASE })
        .stripeApiBase,
    ).toBe(STRIPE_API_BASE.replace(/\/$/, ''));
  });
  test('several webhook secrets stand between commas', () => {
    expect(
      message(() =>
        loadEnv('api', { DATA_DIR: dir, STRIPE_WEBHOOK_SECRET: 'whsec_one, whsec_two' }),
      ),
    ).toBe('');
    expect(
      message(() => loadEnv('api', { DATA_DIR: dir, STRIPE_WEBHOOK_SECRET: 'whsec_one,two' })),
    ).toContain('commas between');
  });
  test("an app does not see the others' secrets", () =>
    expect(loadEnv('storefront', { ...liveSecrets, DATA_DIR: dir })).not.toHaveProperty(
      'transferTokenSalt',
    ));
});

describe('live mode', () => {
  test('refuses missing secrets', () =>
    expect(message(() => loadEnv('api', { DATA_DIR: dir, SHOP_MODE: 'live' }))).toContain(
      'APP_KEYS is not set',
    ));
  test('refuses example secrets', () =>
    expect(
      message(() =>
        loadEnv('api', { ...exampleValues, ...liveSecrets, DATA_DIR: dir, SHOP_MODE: 'live' }),
      ),
    ).toContain('S3_SECRET_ACCESS_KEY is an example'));
  test("the storefront and the API must share what signs a shopper's address", () => {
    expect(message(() => loadEnv('storefront', { DATA_DIR: dir, SHOP_MODE: 'live' }))).toContain(
      'CLIENT_ADDRESS_SECRET is not set',
    );
    expect(loadEnv('storefront', { DATA_DIR: dir }).clientAddressSecret).toBe(
      loadEnv('api', { DATA_DIR: dir }).clientAddressSecret,
    );
  });
  test('refuses the password that docker-compose gives a demo database, and names both places', () => {
    const live = (DATABASE_URL: string) => () =>
      loadEnv('api', { ...liveSecrets, DATA_DIR: dir, SHOP_MODE: 'live', DATABASE_URL });
    const text = message(live('postgres://comptoir:comptoir-not-a-secret@postgres:5432/comptoir'));
    expect(text).toMatch(/DATABASE_URL has an example password.*POSTGRES_PASSWORD/);
    expect(text).not.toContain('comptoir-not');
    expect(message(live('postgres://comptoir:k0j9h8g7@db.example.com:5432/comptoir'))).toBe('');
  });
  test.each(['api', 'minio', 'supervisor'] as const)(
    'refuses .env.example as it is for %s',
    (app) =>
      expect(
        message(() =>
          loadEnv(app, {
            ...exampleValues,
            ...liveSecrets,
            DATA_DIR: dir,
            SHOP_MODE: 'live',
            DATABASE_URL: `postgres://comptoir:${exampleValues['POSTGRES_PASSWORD']}@x/y`,
          }),
        ),
      ).toContain('SHOP_MODE=live refuses'),
  );
  test('refuses the example that strangers would use to claim an address; none is fine', () => {
    expect(
      message(() =>
        loadEnv('api', {
          ...liveSecrets,
          DATA_DIR: dir,
          SHOP_MODE: 'live',
          PROXY_SECRET: exampleValues['PROXY_SECRET'],
        }),
      ),
    ).toContain('PROXY_SECRET is an example');
  });
  test.each([
    ['STRIPE_SECRET_KEY', 'STRIPE_SIMULATOR_SECRET_KEY'],
    ['STRIPE_WEBHOOK_SECRET', 'STRIPE_SIMULATOR_WEBHOOK_SECRET'],
  ] as const)("refuses as %s what docker-compose's simulator is given", (name, simulators) =>
    expect(
      message(() =>
        loadEnv('api', {
          ...liveSecrets,
          DATA_DIR: dir,
          SHOP_MODE: 'live',
          [name]: exampleValues[simulators],
        }),
      ),
    ).toContain(`${name} is an example`),
  );
  test('starts with secrets of its own', () =>
    expect(loadEnv('api', { ...liveSecrets, DATA_DIR: dir, SHOP_MODE: 'live' }).shopMode).toBe(
      'live',
    ));
});

describe('ensureSecrets', () => {
  test('generates once, readable by the owner only, the same ever after', () => {
    const first = ensureSecrets(dir);
    expect(new Set(Object.values(first)).size).toBe(generatedSecrets.length);
    expect(ensureSecrets(dir)).toEqual(first);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(loadEnv('api', { DATA_DIR: dir }).transferTokenSalt).toBe(first.TRANSFER_TOKEN_SALT);
  });
  test('keeps what is there when a later version needs one more', () => {
    writeFileSync(
      join(dir, 'secrets.json'),
      JSON.stringify({ TRANSFER_TOKEN_SALT: 'k'.repeat(32) }),
    );
    expect(ensureSecrets(dir)).toMatchObject({
      TRANSFER_TOKEN_SALT: 'k'.repeat(32),
      PREVIEW_SECRET: expect.stringMatching(/.{16}/),
    });
  });
  test('leaves alone what another version generated', () => {
    writeFileSync(
      join(dir, 'secrets.json'),
      JSON.stringify({ OF_ANOTHER_VERSION: 'k'.repeat(32) }),
    );
    ensureSecrets(dir);
    expect(JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8'))).toMatchObject({
      OF_ANOTHER_VERSION: 'k'.repeat(32),
      PREVIEW_SECRET: expect.stringMatching(/.{16}/),
    });
  });
  test('a broken file is one sentence with the remedy', () => {
    writeFileSync(join(dir, 'secrets.json'), '{');
    expect(message(() => ensureSecrets(dir))).toContain('delete it');
  });
});

test('CommonJS can require it: Strapi does', () => {
  const required: unknown = createRequire(import.meta.url)('./index.ts');
  expect(required).toHaveProperty('loadEnv');
});
