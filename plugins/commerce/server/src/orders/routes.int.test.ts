import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureSchema, quoteAnswerSchema } from '@comptoir/contracts';
import { type RunningApi, startApi } from '@comptoir/harness';

/** The real API, without a payment provider. */
let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

const post = async (
  path: string,
  body: unknown,
): Promise<{ status: number; headers: Headers; body: unknown }> => {
  const answer = await fetch(`${api.url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};
const cart = {
  lines: [
    { sku: 'ah-001-1', quantity: 2 },
    { sku: 'gone-1', quantity: 1 },
  ],
};
const order = {
  cart: { lines: [{ sku: 'ah-001-1', quantity: 1 }] },
  country: 'FR',
  email: 'a@example.fr',
  locale: 'fr',
  expectedTotal: 1,
  idempotencyKey: 'a-key-of-this-test',
  termsAccepted: true,
};

test('a cart is priced; the shop says it takes no orders while nobody can be paid', async () => {
  const { status, headers, body } = await post('/panier/devis', { cart, locale: 'en' });
  const { data } = quoteAnswerSchema.parse(body);

  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(data.lines).toMatchObject([
    { name: 'Shore mug', state: 'ok', available: 2 },
    { state: 'gone', available: 0 },
  ]);
  expect(data.vat.reduce((sum, { gross }) => sum + gross.amount, 0)).toBe(data.total.amount);
  expect([data.open, data.reasons]).toEqual([false, ['closed', 'gone']]);
});

test.each<[string, string, unknown, string]>([
  ['no cart', '/panier/devis', {}, 'cart'],
  [
    'a fraction',
    '/panier/devis',
    { cart: { lines: [{ sku: 'ah-001-1', quantity: 1.5 }] } },
    'cart.lines.0.quantity',
  ],
  ['no terms', '/commandes', { ...order, termsAccepted: false }, 'termsAccepted'],
  ['a short key', '/commandes', { ...order, idempotencyKey: 'x' }, 'idempotencyKey'],
  ['no address', '/commandes/lien', { email: 'nobody' }, 'email'],
])('%s is a 400 that names the field', async (_what, path, given, field) => {
  const { status, body } = await post(path, given);
  const { error } = failureSchema.parse(body);

  expect([status, error.status, error.message]).toEqual([
    400,
    400,
    expect.stringContaining(`${field}:`),
  ]);
  expect(error.details).toMatchObject({ errors: [{ path: field.split('.') }] });
});

test('the checkout is closed until payments are provided', async () => {
  const { status, headers, body } = await post('/commandes', order);
  expect([status, headers.get('retry-after'), failureSchema.parse(body).error.message]).toEqual([
    503,
    '300',
    expect.stringContaining('closed'),
  ]);
});

test('an order that is not there, and a link for nobody', async () => {
  for (const number of ['AH-00000000', 'nothing', '%00']) {
    const answer = await fetch(`${api.url}/api/commandes/${number}?token=x`);
    expect([answer.status, failureSchema.parse(await answer.json()).error.name]).toEqual([
      404,
      'NotFoundError',
    ]);
  }
  expect((await post('/commandes/lien', { email: 'nobody@example.fr' })).status).toBe(202);
});

test('a body that cannot be read is a 400 that says what to send, and nothing of it reaches the log', async () => {
  const send = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const answers = await Promise.all([
    send('/api/panier/devis', '{"cart": unheard-of'),
    send('/api/commandes', '"text"'),
    send('/api/commandes/lien', '{'),
    send('/admin/login', '{"email": unheard-of'),
    send('/api/panier/devis', '{}', { 'content-encoding': 'unheard-of' }),
  ]);
  for (const answer of answers) {
    const { error } = failureSchema.parse(await answer.json());
    expect([answer.status, error.message]).toEqual([
      400,
      expect.stringMatching(
        /^The body (is not valid JSON: send an object|cannot be read \(unsupported)/i,
      ),
    ]);
  }
  const log = readFileSync(join(api.dataDir, 'logs/api.log'), 'utf8');

  expect(log).not.toMatch(/SyntaxError|unheard-of|parseBody|co-body|"level":"error"/);
});

test('a hundred quotes at once from one address are cut off', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post('/panier/devis', { cart })),
  );
  const cut = answers.filter(({ status }) => status === 429);

  expect(answers.filter(({ status }) => status === 200).length + cut.length).toBe(100);
  expect(cut.length).toBeGreaterThan(10);
  expect(Number(cut[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});
