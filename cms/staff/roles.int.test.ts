import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, caller, hire, login } from './client.fixture.ts';

const PRODUCT = '/content-manager/collection-types/api::product.product';
const documentSchema = z.object({ data: z.object({ documentId: z.string() }) });
const draft = {
  reference: 'essai-001',
  name: 'Bol d’essai',
  slug: 'bol-d-essai',
  position: 99,
  variants: [{ sku: 'essai-001', price: 2800, vatRate: 2000, weight: 300 }],
};

let api: RunningApi;
const staff: Record<string, Call> = {};
let documentId = '';

beforeAll(async () => {
  api = await startApi();
  const manager = await login(api.url, testAdmin.email, testAdmin.password);
  staff['gérant'] = manager;
  staff['catalogue'] = await hire(api.url, manager, 'comptoir-catalogue');
  staff['préparation'] = await hire(api.url, manager, 'comptoir-preparation');
  staff['personne'] = caller(api.url);
  documentId = documentSchema.parse((await manager('POST', `${PRODUCT}?locale=fr`, draft)).body)
    .data.documentId;
});
afterAll(() => api?.stop());

const picture = readFileSync(join(import.meta.dirname, '../../infra/seed/images/ah-001-main.png'));
function form(): FormData {
  const body = new FormData();
  body.append('files', new Blob([picture], { type: 'image/png' }), 'a.png');
  return body;
}

/**
 * What each does: a number is the exact status, `allowed` anything but 401, 403 (the request itself
 * may be incomplete).
 */
type Expected = 'allowed' | 403;
const rules: [
  what: string,
  method: string,
  path: () => string,
  body: () => unknown,
  expected: Record<string, Expected>,
][] = [
  [
    'reads products',
    'GET',
    () => PRODUCT,
    () => undefined,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 'allowed' },
  ],
  [
    'sees the list at a glance',
    'GET',
    () => `/catalogue/glance?ids=${documentId}`,
    () => undefined,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 'allowed' },
  ],
  [
    'creates a product',
    'POST',
    () => `${PRODUCT}?locale=fr`,
    () => ({ name: 'Sans référence' }),
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'edits a product',
    'PUT',
    () => `${PRODUCT}/${documentId}?locale=fr`,
    () => draft,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'publishes',
    'POST',
    () => `${PRODUCT}/${documentId}/actions/publish?locale=fr`,
    () => draft,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'deletes',
    'DELETE',
    () => `${PRODUCT}/aaaaaaaaaaaaaaaaaaaaaaaa`,
    () => undefined,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'edits pages',
    'GET',
    () => '/content-manager/collection-types/api::page.page',
    () => undefined,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'changes the shop’s settings',
    'PUT',
    () => '/content-manager/single-types/api::shop-settings.shop-settings',
    () => ({ name: 'Atelier Huit' }),
    { gérant: 'allowed', catalogue: 403, préparation: 403 },
  ],
  [
    'reads stock',
    'GET',
    () => '/commerce/stock',
    () => undefined,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 'allowed' },
  ],
  [
    'reads the history of stock',
    'GET',
    () => '/content-manager/collection-types/plugin::commerce.stock-movement',
    () => undefined,
    { gérant: 'allowed', catalogue: 403, préparation: 'allowed' },
  ],
  [
    'moves stock',
    'POST',
    () => '/commerce/stock/essai-001/movements',
    () => ({ delta: 1, reason: 'Arrivage' }),
    { gérant: 'allowed', catalogue: 403, préparation: 'allowed' },
  ],
  [
    'uploads',
    'POST',
    () => '/upload',
    form,
    { gérant: 'allowed', catalogue: 'allowed', préparation: 403 },
  ],
  [
    'reads the team',
    'GET',
    () => '/admin/users',
    () => undefined,
    { gérant: 'allowed', catalogue: 403, préparation: 403 },
  ],
  [
    'hires',
    'POST',
    () => '/admin/users',
    () => ({}),
    { gérant: 'allowed', catalogue: 403, préparation: 403 },
  ],
  [
    'changes roles',
    'POST',
    () => '/admin/roles',
    () => ({}),
    { gérant: 'allowed', catalogue: 403, préparation: 403 },
  ],
  [
    'makes API tokens',
    'POST',
    () => '/admin/api-tokens',
    () => ({}),
    { gérant: 'allowed', catalogue: 403, préparation: 403 },
  ],
];

describe.each(['gérant', 'catalogue', 'préparation'])('%s', (who) => {
  test.each(rules)('%s', async (_what, method, path, body, expected) => {
    const { status } = (await staff[who]?.(method, path(), body())) ?? { status: 0 };
    if (expected[who] === 403) expect(status).toBe(403);
    else {
      expect([401, 403, 405, 0]).not.toContain(status);
      expect(status).toBeLessThan(500);
    }
  });
});

test.each(rules)('nobody %s without logging in', async (_what, method, path, body) => {
  const answer = await staff['personne']?.(method, path(), body());
  expect([401, 403]).toContain(answer?.status);
});

test('a wrong password is refused in French', async () => {
  const refused = await caller(api.url)('POST', '/admin/login', {
    email: testAdmin.email,
    password: 'Pas-le-bon-1',
  });
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { message: 'L’adresse e-mail ou le mot de passe n’est pas le bon.' } },
  });
});

test('new staff see French, the manager no marketplace', async () => {
  expect(Object.entries(staff['catalogue'] ?? {})).toContainEqual(['language', 'fr']);

  const mine = JSON.stringify(
    (await staff['gérant']?.('GET', '/admin/users/me/permissions'))?.body,
  );
  expect(mine).toContain('admin::users.create');
  expect(mine).not.toContain('admin::marketplace.read');
});

test('nobody registers as first administrator over the network; the pages that ask about it still load', async () => {
  const anyone = caller(api.url);
  const refused = await anyone('POST', '/admin/register-admin', {
    email: 'intrus@example.test',
    firstname: 'A',
    lastname: 'B',
    password: 'Argile-Bleue-2026',
  });

  expect(refused).toMatchObject({
    status: 403,
    body: { data: null, error: { status: 403, message: expect.stringContaining('setup command') } },
  });
  expect((await anyone('GET', '/admin/init')).body).toMatchObject({ data: { hasAdmin: true } });
  expect((await anyone('GET', '/admin/auth/register-admin')).status).toBe(200);
});

test('a long text is saved: Strapi parses what the door lets through to the admin', async () => {
  const { status } =
    (await staff['gérant']?.('PUT', `${PRODUCT}/${documentId}?locale=fr`, {
      ...draft,
      description: 'a'.repeat(2 * 1024 * 1024),
    })) ?? {};
  expect(status).toBe(200);
});

test('a preview link shows the draft to whoever holds it, and a forged one nothing', async () => {
  const made = await staff['préparation']?.('POST', '/catalogue/preview-link', {
    documentId,
    locale: 'fr',
  });
  const { data } = z.object({ data: z.object({ url: z.string() }) }).parse(made?.body);
  const token = data.url.split('/apercu/')[1] ?? '';
  const shown = await fetch(`${api.url}/api/apercu/${token}`);

  expect(shown.status).toBe(200);
  expect(shown.headers.get('cache-control')).toBe('no-store');
  expect(await shown.json()).toMatchObject({
    data: {
      reference: 'essai-001',
      locale: 'fr',
      missing: expect.arrayContaining([expect.any(String)]),
    },
  });

  const forged = await fetch(`${api.url}/api/apercu/${token.slice(0, -3)}abc`);
  expect(forged.status).toBe(404);
  expect(await forged.json()).toMatchObject({ data: null, error: { status: 404 } });
});
