import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, caller, hire, login } from '../../../../cms/staff/client.fixture.ts';

let api: RunningApi;
let client: pg.Client;
const staff: Record<string, Call> = {};
const listSchema = z.object({
  data: z.array(z.object({ sku: z.string(), onHand: z.int(), product: z.string().nullable() })),
});
const refusalSchema = z.object({
  error: z.object({
    message: z.string(),
    details: z.object({
      errors: z.array(z.object({ path: z.array(z.string()), message: z.string() })),
    }),
  }),
});

beforeAll(async () => {
  api = await startApi();
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  const manager = await login(api.url, testAdmin.email, testAdmin.password);
  staff['gérant'] = manager;
  staff['catalogue'] = await hire(api.url, manager, 'comptoir-catalogue');
  staff['préparation'] = await hire(api.url, manager, 'comptoir-preparation');
  staff['personne'] = caller(api.url);
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
});
const as = (who: string): Call => staff[who] ?? caller(api.url);
const onHand = async (sku: string): Promise<number> =>
  listSchema
    .parse((await as('gérant')('GET', '/commerce/stock')).body)
    .data.find((line) => line.sku === sku)?.onHand ?? -1;

test('a name that no database can hold is nothing, not a failure', async () => {
  for (const [method, path] of [
    ['POST', 'movements'],
    ['POST', 'counts'],
    ['PUT', 'threshold'],
  ] as const) {
    expect(
      (
        await as('gérant')(method, `/commerce/stock/%00/${path}`, {
          delta: 1,
          reason: 'x',
          counted: 1,
          request: 'a-fine-request',
          lowThreshold: 1,
        })
      ).status,
    ).toBe(404);
  }
  expect(
    (await as('gérant')('POST', '/commerce/stock/ah-001-1/movements', { delta: 1, reason: 'a\0b' }))
      .status,
  ).toBe(400);
});

describe('the stock page', () => {
  test('lists every SKU with its product', async () => {
    const { data } = listSchema.parse((await as('préparation')('GET', '/commerce/stock')).body);

    expect(data).toHaveLength(12);
    expect(data.find(({ sku }) => sku === 'ah-001-1')).toMatchObject({
      product: 'Tasse Rivage',
      onHand: 42,
    });
  });

  test('a movement changes the count and leaves a row with its author', async () => {
    const { status } = await as('préparation')('POST', '/commerce/stock/ah-001-1/movements', {
      delta: -2,
      reason: 'Casse',
    });

    expect([status, await onHand('ah-001-1')]).toEqual([200, 40]);

    const { rows } = await client.query(
      `select delta, reason, actor from stock_movements where sku = 'ah-001-1' order by id desc limit 1`,
    );

    expect(rows).toEqual([{ delta: -2, reason: 'Casse', actor: expect.stringContaining('@') }]);
  });

  test('sent again, at once or later, a movement is made once; by the same request nothing else is', async () => {
    const asked = { delta: 5, reason: 'Arrivage', request: 'dialog-of-five-cups' };
    const send = (change: object = {}, sku = 'ah-001-1') =>
      as('préparation')('POST', `/commerce/stock/${sku}/movements`, { ...asked, ...change });
    const before = await onHand('ah-001-1');
    const answers = [...(await Promise.all([send(), send()])), await send()];

    expect(answers).toEqual(
      [0, 1, 2].map(() =>
        expect.objectContaining({
          status: 200,
          body: { data: expect.objectContaining({ onHand: before + 5 }) },
        }),
      ),
    );
    expect([
      (await send({ delta: 6 })).status,
      (await send({}, 'ah-001-4')).status,
      (await send({ request: 'x' })).status,
      await onHand('ah-001-1'),
    ]).toEqual([409, 409, 400, before + 5]);
    expect(
      (await client.query('select delta from stock_movements where request = $1', [asked.request]))
        .rows,
    ).toEqual([{ delta: 5 }]);
    await expect(
      client.query(
        `insert into stock_movements (sku, delta, reserved_delta, reason, actor, request) values ('ah-001-1', 1, 0, 'x', 'x', $1)`,
        [asked.request],
      ),
    ).rejects.toThrow('stock_movements_request_key');
  });

  test.each<[what: string, who: string, sku: string, body: unknown, status: number]>([
    ['below nothing', 'gérant', 'ah-001-4', { delta: -1000, reason: 'Casse' }, 409],
    ['an unknown SKU', 'gérant', 'inconnu', { delta: 1, reason: 'Arrivage' }, 404],
    ['zero', 'gérant', 'ah-001-4', { delta: 0, reason: 'Arrivage' }, 400],
    ['a fraction', 'gérant', 'ah-001-4', { delta: 1.5, reason: 'Arrivage' }, 400],
    ['no reason', 'gérant', 'ah-001-4', { delta: 1 }, 400],
    ['who may only read', 'catalogue', 'ah-001-4', { delta: 1, reason: 'Arrivage' }, 403],
    ['nobody', 'personne', 'ah-001-4', { delta: 1, reason: 'Arrivage' }, 401],
  ])('%s is refused and writes nothing', async (_what, who, sku, body, status) => {
    const before = await onHand('ah-001-4');

    expect((await as(who)('POST', `/commerce/stock/${sku}/movements`, body)).status).toBe(status);
    expect(await onHand('ah-001-4')).toBe(before);
  });
});

describe('a count', () => {
  const count = (counted: unknown, request = `count-of-${String(counted)}-cups`) =>
    as('préparation')('POST', '/commerce/stock/ah-002-1/counts', { counted, request });
  const levelSchema = z.object({
    data: z.array(z.object({ sku: z.string(), onHand: z.int(), toSend: z.int() })),
  });
  const level = async () =>
    levelSchema
      .parse((await as('gérant')('GET', '/commerce/stock')).body)
      .data.find(({ sku }) => sku === 'ah-002-1');
  /** An order in a state, with what it took from stock. */
  const order = async (
    number: string,
    status: string,
    shipped: boolean,
    delta: number,
  ): Promise<void> => {
    await client.query(
      `insert into orders (number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total, test_mode, payment_attempt, min_days, max_days, placed_at, paid_at, shipped_at)
      values ($1, $2, 'fr', 'lea@example.fr', 'FR', $1, 'x', 'x', 0, 0, 0, 0, false, 0, 1, 2, now(), now(), case when $3 then now() end)`,
      [number, status, shipped],
    );
    await client.query(
      'insert into stock_movements (sku, delta, reserved_delta, move, reason, order_number, actor) values ($1, $2, 0, $6, $3, $4, $5)',
      ['ah-002-1', delta, 'Commande : vente', number, 'stripe', 'sell'],
    );
    await client.query('update stock_levels set on_hand = on_hand + $1 where sku = $2', [
      delta,
      'ah-002-1',
    ]);
  };

  test('is of all pieces in the house: those of paid orders that have not left are taken off, once however often it is sent', async () => {
    await order('AH-CCCCCCCC', 'preparing', false, -2);
    await order('AH-DDDDDDDD', 'shipped', true, -3);
    const before = await level();

    expect(before?.toSend).toBe(2);

    const answers = [...(await Promise.all([count(20), count(20)])), await count(20)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await level()).toMatchObject({ onHand: 18, toSend: 2 });

    const { rows } = await client.query(
      `select delta, reason from stock_movements where sku = 'ah-002-1' and request is not null`,
    );

    expect(rows).toEqual([
      { delta: 18 - (before?.onHand ?? 0), reason: 'Inventaire : 20 en main' },
    ]);
    expect([
      (await count(21, 'count-of-20-cups')).status,
      (await count(1)).status,
      (await level())?.onHand,
    ]).toEqual([409, 409, 18]);
  });

  test.each([[-1], [1.5], ['x'], [1_000_001]])('of %j is refused', async (counted) =>
    expect((await count(counted, 'a-request-of-its-own')).status).toBe(400),
  );

  test('that takes a piece to its threshold is told to the shop by mail, once', async () => {
    const mails = async (): Promise<unknown[]> =>
      (
        await client.query(
          `select key, data -> 'pieces' -> 0 -> 'available' as available from mail_outbox where kind = 'merchant-low-stock' and key like '%ah-002-1%'`,
        )
      ).rows;
    await as('gérant')('PUT', '/commerce/stock/ah-002-1/threshold', { lowThreshold: 4 });

    expect(await mails()).toEqual([]);

    await as('gérant')('POST', '/commerce/stock/ah-002-1/movements', {
      delta: -13,
      reason: 'Casse',
    });

    expect(await mails()).toEqual([]);

    await as('gérant')('POST', '/commerce/stock/ah-002-1/movements', {
      delta: -1,
      reason: 'Casse',
    });

    expect(await mails()).toEqual([
      { key: expect.stringMatching(/^merchant-low-stock-ah-002-1-/), available: 4 },
    ]);

    await count(5);

    expect(await mails()).toHaveLength(1);
  });
});

describe('a level', () => {
  test('has a history in pages, newest first, in words', async () => {
    await as('gérant')('POST', '/commerce/stock/ah-003-1/movements', {
      delta: 3,
      reason: 'Arrivage',
    });
    const { body } = await as('catalogue')('GET', '/commerce/stock/ah-003-1/movements');

    expect(body).toMatchObject({
      data: [
        {
          delta: 3,
          reservedDelta: 0,
          reason: 'Arrivage',
          actor: testAdmin.email,
          orderNumber: null,
        },
        { reason: 'Import du catalogue' },
      ],
      meta: { page: 1, total: 2 },
    });
    expect((await as('catalogue')('GET', '/commerce/stock/ah-003-1/movements?page=0')).status).toBe(
      400,
    );
  });

  test('counts as low from its threshold down, for shoppers in the same moment', async () => {
    const told = async (): Promise<unknown> =>
      (
        await client.query(
          `select body from catalogue_entries where kind = 'availability' and key = 'ah-003-1'`,
        )
      ).rows[0]?.body;

    expect(await told()).toEqual({ state: 'in' });
    expect(
      await as('préparation')('PUT', '/commerce/stock/ah-003-1/threshold', { lowThreshold: 9999 }),
    ).toMatchObject({ status: 200, body: { data: { lowThreshold: 9999 } } });
    expect(await told()).toEqual({ state: 'low', left: await onHand('ah-003-1') });

    for (const lowThreshold of [-1, 1.5, 'x', 10_001])
      expect(
        (await as('préparation')('PUT', '/commerce/stock/ah-003-1/threshold', { lowThreshold }))
          .status,
      ).toBe(400);

    expect(
      (await as('préparation')('PUT', '/commerce/stock/nothing/threshold', { lowThreshold: 1 }))
        .status,
    ).toBe(404);
    expect(
      (await as('catalogue')('PUT', '/commerce/stock/ah-003-1/threshold', { lowThreshold: 1 }))
        .status,
    ).toBe(403);
  });
});

describe('the ledger is read-only', () => {
  test.each(['stock-level', 'stock-movement'])(
    '%s in the content manager, even for the manager',
    async (type) => {
      const path = `/content-manager/collection-types/plugin::commerce.${type}`;
      expect(
        (
          await as('gérant')('POST', path, {
            sku: 'x-1',
            delta: 1,
            on_hand: 1,
            reserved: 0,
            low_threshold: 1,
            reason: 'x',
            actor: 'x',
          })
        ).status,
      ).toBe(403);
    },
  );

  test.each([
    'update stock_movements set delta = 1',
    'delete from stock_movements',
    'truncate stock_movements',
    `update stock_levels set on_hand = -1 where sku = 'ah-001-1'`,
    `update stock_levels set reserved = on_hand + 1 where sku = 'ah-001-1'`,
    `delete from stock_levels where sku = 'ah-001-1'`,
    `insert into stock_levels (sku, on_hand, reserved, low_threshold) values ('ah-001-1', 0, 0, 0)`,
    `insert into stock_movements (sku, delta, reason, actor) values ('ah-001-1', 0, 'x', 'x')`,
    `insert into stock_movements (sku, delta, reason, actor) values ('ah-001-1', 1, '', 'x')`,
  ])('the database refuses: %s', async (sql) => {
    await expect(client.query(sql)).rejects.toThrow();
  });
});

test('a refused publish answers 400 with the message at its field', async () => {
  const { rows } = await client.query(
    `select document_id from products where reference = 'ah-002' limit 1`,
  );
  const path = `/content-manager/collection-types/api::product.product/${String(rows[0]?.document_id)}`;
  const answer = await as('gérant')('POST', `${path}/actions/publish?locale=fr`, { variants: [] });

  expect(answer.status).toBe(400);

  const { error } = refusalSchema.parse(answer.body);

  expect(error.details.errors).toEqual([
    { path: ['variants'], message: expect.stringContaining('pas de prix') },
  ]);

  const { rows: drafts } = await client.query(
    `select count(*)::int as parts from products_cmps c join products p on p.id = c.entity_id where p.reference = 'ah-002' and p.published_at is null and c.field = 'variants'`,
  );

  expect(drafts[0]?.parts).toBeGreaterThan(0);
});
