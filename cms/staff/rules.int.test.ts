import { startApi, testAdmin, type RunningApi } from '@comptoir/harness';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { caller, login, type Call } from './client.ts';

/** What staff save outside products, typed wrong: refused at the field, in French, and nothing is stored. */
const SETTINGS = '/content-manager/single-types/api::shop-settings.shop-settings';
const CATEGORY = '/content-manager/collection-types/api::category.category';
const refusedSchema = z.object({ error: z.object({ details: z.object({ errors: z.array(z.object({ path: z.array(z.string()), message: z.string() })) }) }) });
const settingsSchema = z.object({ data: z.looseObject({ siret: z.string(), shipping: z.array(z.looseObject({ country: z.string() })) }) });
const listSchema = z.object({ results: z.array(z.looseObject({ key: z.string(), documentId: z.string() })) });

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
  ['a country twice', async () => { const { shipping } = await settings(); return { shipping: [...shipping, ...shipping.slice(0, 1).map(({ id: _, ...rate }) => rate)] }; }, 'shipping.9.country'],
])('settings: %s', async (_, change, path) => {
  const before = await settings();
  const { id: _id, documentId: _documentId, ...saved } = before;
  const answer = await manager('PUT', SETTINGS, { ...saved, ...(await change()) });
  expect(answer.status).toBe(400);
  expect(refusedSchema.parse(answer.body).error.details.errors.map((error) => error.path.join('.'))).toContain(path);
  expect(await settings()).toEqual(before);
});

test('settings: a good change is stored', async () => {
  const { id: _id, documentId: _documentId, ...saved } = await settings();
  expect((await manager('PUT', SETTINGS, { ...saved, siret: '732 829 320 00074' })).status).toBe(200);
  expect((await settings()).siret).toBe('732 829 320 00074');
});

test.each<[string, object, string]>([
  ['a code in words', { key: 'Art de la table', nameFr: 'Art', nameEn: 'Art' }, 'key'],
  ['a name whose address is taken', { key: 'table-bis', nameFr: 'Table', nameEn: 'Other' }, 'slugFr'],
])('a category with %s', async (_, category, path) => {
  const answer = await manager('POST', CATEGORY, category);
  expect(answer.status).toBe(400);
  expect(refusedSchema.parse(answer.body).error.details.errors.map((error) => error.path.join('.'))).toEqual([path]);
  expect(listSchema.parse((await manager('GET', CATEGORY)).body).results).toHaveLength(2);
});

test.each(['register', 'forgot-password', ''])('shoppers have no accounts: /api/auth/local/%s', async (path) => {
  const { status } = await caller(api.url)('POST', `/api/auth/local/${path}`, { username: 'intrus', email: 'intrus@example.test', password: 'Argile-Bleue-2026', identifier: 'intrus' });
  expect([404, 405]).toContain(status);
});

test('a body that is no JSON is a 400 in the shape of errors', async () => {
  const answer = await fetch(`${api.url}/admin/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"email":' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ data: null, error: { status: 400 } });
});
