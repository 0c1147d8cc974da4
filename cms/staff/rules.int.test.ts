import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, caller, login } from './client.fixture.ts';

/**
 * What staff save outside products, typed wrong: refused at the field, in French, and nothing is
 * stored.
 */
const SETTINGS = '/content-manager/single-types/api::shop-settings.shop-settings';
const CATEGORY = '/content-manager/collection-types/api::category.category';
const refusedSchema = z.object({
  error: z.object({
    details: z.object({
      errors: z.array(z.object({ path: z.array(z.string()), message: z.string() })),
    }),
  }),
});
const PRODUCT = '/content-manager/collection-types/api::product.product';
const productSchema = z.object({
  data: z.looseObject({
    documentId: z.string(),
    updatedAt: z.string(),
    name: z.string().nullish(),
    position: z.int(),
    variants: z.array(z.looseObject({ sku: z.string(), price: z.int().nullable() })),
  }),
});
const settingsSchema = z.object({
  data: z.looseObject({
    siret: z.string(),
    shipping: z.array(z.looseObject({ country: z.string() })),
  }),
});
const listSchema = z.object({
  results: z.array(z.looseObject({ key: z.string(), documentId: z.string() })),
});

let api: RunningApi;
let manager: Call;
beforeAll(async () => {
  api = await startApi();
  manager = await login(api.url, testAdmin.email, testAdmin.password);
});
afterAll(() => api?.stop());

const settings = async () => settingsSchema.parse((await manager('GET', SETTINGS)).body).data;

test.each<[string, () => Promise<object>, string]>([
  ['a SIRET with a wrong key', async () => ({ siret: '732 829 320 00075' }), 'siret'],
  ['an address with a hidden copy', async () => ({ email: 'a@b.fr?cc=x@y.fr' }), 'email'],
  [
    'a country twice',
    async () => {
      const { shipping } = await settings();
      return { shipping: [...shipping, ...shipping.slice(0, 1).map(({ id: _, ...rate }) => rate)] };
    },
    'shipping.10.country',
  ],
])('settings: %s', async (_, change, path) => {
  const before = await settings();
  const { id: _id, documentId: _documentId, ...saved } = before;
  const answer = await manager('PUT', SETTINGS, { ...saved, ...(await change()) });

  expect(answer.status).toBe(400);
  expect(
    refusedSchema.parse(answer.body).error.details.errors.map((error) => error.path.join('.')),
  ).toContain(path);
  expect(await settings()).toEqual(before);
});

test('settings: a good change is stored', async () => {
  const { id: _id, documentId: _documentId, ...saved } = await settings();
  expect((await manager('PUT', SETTINGS, { ...saved, siret: '732 829 320 00074' })).status).toBe(
    200,
  );
  expect((await settings()).siret).toBe('732 829 320 00074');
});

test.each<[string, object, string]>([
  ['a code in words', { key: 'Art de la table', nameFr: 'Art', nameEn: 'Art' }, 'key'],
  [
    'a name whose address is taken',
    { key: 'table-bis', nameFr: 'Table', nameEn: 'Other' },
    'slugFr',
  ],
])('a category with %s', async (_, category, path) => {
  const answer = await manager('POST', CATEGORY, category);

  expect(answer.status).toBe(400);
  expect(
    refusedSchema.parse(answer.body).error.details.errors.map((error) => error.path.join('.')),
  ).toEqual([path]);
  expect(listSchema.parse((await manager('GET', CATEGORY)).body).results).toHaveLength(2);
});

test.each(['register', 'forgot-password', ''])(
  'shoppers have no accounts: /api/auth/local/%s',
  async (path) => {
    const { status } = await caller(api.url)('POST', `/api/auth/local/${path}`, {
      username: 'intrus',
      email: 'intrus@example.test',
      password: 'Argile-Bleue-2026',
      identifier: 'intrus',
    });
    expect([404, 405]).toContain(status);
  },
);

test('a body that is no JSON is a 400 in the shape of errors', async () => {
  const answer = await fetch(`${api.url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":',
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ data: null, error: { status: 400 } });
});

describe('products', () => {
  const create = async (reference: string) =>
    productSchema.parse(
      (
        await manager('POST', `${PRODUCT}?locale=fr`, {
          reference,
          name: `Bol ${reference}`,
          position: 0,
          variants: [{ sku: reference, price: 2800, vatRate: 2000, weight: 300 }],
        })
      ).body,
    ).data;
  const read = async (id: string, locale: string) =>
    productSchema.parse((await manager('GET', `${PRODUCT}/${id}?locale=${locale}`)).body).data;
  const messageOf = (body: unknown): string =>
    z.object({ error: z.object({ message: z.string() }) }).parse(body).error.message;

  test.each(['28.000', '✗ 28.000', '0x64', '+12', 28.5])(
    'a price of %j is refused at its field',
    async (price) => {
      const reference = `prix-${String(price).replace(/\W/g, '')}`;
      const { documentId, variants } = await create(reference);
      const answer = await manager('PUT', `${PRODUCT}/${documentId}?locale=fr`, {
        variants: [{ ...variants[0], price }],
      });

      expect(answer.status).toBe(400);
      expect(refusedSchema.parse(answer.body).error.details.errors).toEqual([
        expect.objectContaining({ path: ['variants', '0', 'price'] }),
      ]);
      expect((await read(documentId, 'fr')).variants).toMatchObject([{ price: 2800 }]);
    },
  );

  test('the other language opens with what both share, and a new piece comes last', async () => {
    const { documentId, position } = await create('neuf-001');
    expect(position).toBeGreaterThan(8);
    const english = await read(documentId, 'en');
    expect(english).toMatchObject({ variants: [{ sku: 'neuf-001', price: 2800 }] });
    expect(english.name ?? '').toBe('');
  });

  test('a language that is added later, by a form that shows them empty, keeps variants', async () => {
    const { documentId } = await create('neuf-002');
    const client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
    await client.query(`delete from products where document_id = $1 and locale = 'en'`, [
      documentId,
    ]);
    await client.end();

    expect(
      (
        await manager('PUT', `${PRODUCT}/${documentId}?locale=en`, {
          name: 'Bowl',
          variants: [],
          pictures: [],
          category: null,
        })
      ).status,
    ).toBe(200);
    expect((await read(documentId, 'en')).variants).toHaveLength(1);
    expect((await read(documentId, 'fr')).variants).toHaveLength(1);
  });

  test('a save that began from an older state is refused, in whichever language', async () => {
    const { documentId } = await create('neuf-003');
    const [french, english] = [await read(documentId, 'fr'), await read(documentId, 'en')];

    expect(
      (
        await manager(
          'PUT',
          `${PRODUCT}/${documentId}?locale=fr`,
          { variants: [{ ...french.variants[0], price: 3100 }] },
          { 'x-comptoir-seen': french.updatedAt },
        )
      ).status,
    ).toBe(200);

    const stale = await manager(
      'PUT',
      `${PRODUCT}/${documentId}?locale=fr`,
      { tagline: 'Ancien', variants: french.variants },
      { 'x-comptoir-seen': french.updatedAt },
    );
    expect([stale.status, messageOf(stale.body)]).toEqual([
      400,
      expect.stringContaining('modifiée entre-temps'),
    ]);

    const other = await manager(
      'PUT',
      `${PRODUCT}/${documentId}?locale=en`,
      { name: 'Bowl', variants: english.variants },
      { 'x-comptoir-seen': english.updatedAt },
    );
    expect([other.status, messageOf(other.body)]).toEqual([
      400,
      expect.stringContaining('rechargez la page'),
    ]);
    expect((await read(documentId, 'fr')).variants).toMatchObject([{ price: 3100 }]);
  });

  test('a category with products in it cannot be deleted', async () => {
    const [table] = listSchema
      .parse((await manager('GET', CATEGORY)).body)
      .results.filter(({ key }) => key === 'table');
    const answer = await manager('DELETE', `${CATEGORY}/${table?.documentId}`);

    expect([answer.status, messageOf(answer.body)]).toEqual([
      400,
      expect.stringContaining('Tasse Rivage'),
    ]);
    expect((await fetch(`${api.url}/api/produits?category=table`)).status).toBe(200);
  });
});
