import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteAnswerSchema } from '@comptoir/contracts';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, caller, login } from '../../../../../cms/staff/client.fixture.ts';
import { refusalSchema } from './answers.fixture.ts';

/**
 * Promotion codes as their page makes them, and as a shopper meets them; who may is in
 * `staff.int.test.ts`.
 */
let api: RunningApi;
let client: pg.Client;
let manager: Call;
beforeAll(async () => {
  api = await startApi();
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  manager = await login(api.url, testAdmin.email, testAdmin.password);
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
});

const query = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await client.query(sql)).rows;
const codes = (method: string, path = '', body?: unknown) =>
  manager(method, `/commerce/promotions${path}`, body);
const terms = {
  kind: 'percentage',
  value: 1000,
  startsAt: null,
  endsAt: null,
  minimum: 2000,
  usageLimit: 5,
};

test('are made, used by a shopper, changed, and deleted while nobody used them', async () => {
  expect(await codes('POST', '', { code: ' noel-26 ', ...terms })).toMatchObject({
    status: 201,
    body: { data: { code: 'NOEL-26', used: 0, minimum: 2000 } },
  });

  const { data: quote } = quoteAnswerSchema.parse(
    (
      await caller(api.url)('POST', '/api/panier/devis', {
        cart: { lines: [{ sku: 'ah-001-1', quantity: 1 }] },
        promotionCode: 'noel-26',
      })
    ).body,
  );

  expect(quote.discount.amount).toBe(Math.round(quote.subtotal.amount / 10));
  expect(
    await codes('PUT', '/NOEL-26', { ...terms, endsAt: '2020-01-01T00:00:00Z' }),
  ).toMatchObject({ status: 200, body: { data: { endsAt: '2020-01-01T00:00:00.000Z' } } });

  await query(`update promotion_codes set used = 3 where code = 'NOEL-26'`);

  expect(await codes('PUT', '/NOEL-26', { ...terms, usageLimit: 2 })).toMatchObject({
    status: 409,
    body: { error: { details: { errors: [{ path: ['usageLimit'] }] } } },
  });
  expect((await codes('DELETE', '/NOEL-26')).status).toBe(409);

  await query(`update promotion_codes set used = 0 where code = 'NOEL-26'`);

  expect((await codes('DELETE', '/NOEL-26')).status).toBe(200);
  expect((await codes('DELETE', '/NOEL-26')).status).toBe(404);
});

test.each<[what: string, change: Record<string, unknown>, field: string]>([
  ['no name', { code: '' }, 'code'],
  ['a name with spaces', { code: 'deux mots' }, 'code'],
  ['an unknown kind', { kind: 'free' }, 'kind'],
  ['more than everything', { value: 10_001 }, 'value'],
  ['nothing off', { value: 0 }, 'value'],
  ['an amount of nothing', { kind: 'amount', value: 0 }, 'value'],
  ['a free shipping of something', { kind: 'free_shipping', value: 5 }, 'value'],
  [
    'an end before its start',
    { startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' },
    'endsAt',
  ],
  ['a date that is none', { startsAt: 'demain' }, 'startsAt'],
  ['a limit of nobody', { usageLimit: 0 }, 'usageLimit'],
  ['a minimum below nothing', { minimum: -1 }, 'minimum'],
])('%s is refused at its field', async (_what, change, field) => {
  const answer = await codes('POST', '', { code: 'ESSAI', ...terms, ...change });

  expect(answer.status).toBe(400);
  expect(refusalSchema.parse(answer.body).error.message).toMatch(/ : /);

  if (field !== 'code')
    expect(refusalSchema.parse(answer.body).error.details).toMatchObject({
      errors: [{ path: [field] }],
    });

  expect(await query(`select 1 from promotion_codes where code = 'ESSAI'`)).toEqual([]);
});

test('a name is there once', async () => {
  await codes('POST', '', { code: 'UNIQUE', ...terms });
  expect(await codes('POST', '', { code: 'unique', ...terms })).toMatchObject({
    status: 409,
    body: { error: { details: { errors: [{ path: ['code'] }] } } },
  });
});
