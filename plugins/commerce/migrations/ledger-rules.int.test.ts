import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isObject, labelOf, objectsOf } from '@comptoir/database/migrate';
import { createSeededDatabase, type TestDatabase } from '@comptoir/harness';

import { stock } from './2026-11-27-stock.ts';
import { commerceMigrations } from './index.ts';

let database: TestDatabase;
let client: pg.Client;

const ORDER = `insert into orders (number, status, locale, email, country, idempotency_key, request_hash, client_hash, subtotal, discount, shipping, total,
    test_mode, payment_attempt, min_days, max_days, placed_at) values ('AH-00000001', 'pending', 'fr', 'a@b.fr', 'FR', 'key-1', 'h', 'c', 1000, 100, 500, 1400, true, 0, 2, 4, now())`;
const LINE = `insert into order_lines (order_number, position, sku, reference, title, label, unit_price, quantity, discount, total, vat_rate, weight)
    values ('AH-00000001', 0, 'ah-001-1', 'ah-001', 'Tasse', '', 500, 2, 100, 900, 2000, 300)`;
const EVENT = `insert into order_events (order_number, at, kind, actor, detail) values ('AH-00000001', now(), 'placed', 'shop', '{}')`;
const PAYMENT = `insert into payments (order_number, stripe_payment_intent, stripe_session_id, amount, currency, livemode, at) values ('AH-00000001', 'pi_1', 'cs_1', 1400, 'eur', false, now())`;
const refund = (id: string, amount: number, status = 'succeeded'): string =>
  `insert into refunds (order_number, payment_intent, stripe_refund, request_key, amount, reason, actor, status) values ('AH-00000001', 'pi_1', '${id}', 'ask-${id}', ${amount}, 'casse', 'marie', '${status}')`;
const REQUEST = `insert into refund_requests (key, order_number, payment_intent, amount, reason, actor) values ('ask-1', 'AH-00000001', 'pi_1', 400, 'casse', 'marie')`;
const dispute = (reference: string, entry: string, amount: number): string =>
  `insert into disputes (order_number, payment_intent, stripe_dispute, reference, entry, amount, currency, status, at) values ('AH-00000001', 'pi_1', 'dp_1', '${reference}', '${entry}', ${amount}, 'eur', 'needs_response', now())`;
const CODE = `insert into promotion_codes (code, kind, value, minimum, usage_limit, used) values ('NOEL', 'percentage', 1000, 0, 2, 1)`;
const USE = `insert into promotion_uses (code, order_number) values ('NOEL', 'AH-00000001')`;
const MOVE = `insert into stock_movements (sku, delta, reserved_delta, move, reason, order_number, actor) values ('ah-001-1', 0, 2, 'reserve', 'Commande', 'AH-00000001', 'shop')`;

beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const sql of [
    ORDER,
    LINE,
    EVENT,
    PAYMENT,
    refund('re_1', 400),
    refund('re_2', 1000, 'failed'),
    refund('re_3', 100, 'pending'),
    dispute('dp_1', 'opened', 1400),
    REQUEST,
    changed(REQUEST, 'key', `'ask-2'`),
    `update refund_requests set state = 'refused' where key = 'ask-2'`,
    CODE,
    USE,
    MOVE,
  ])
    await client.query(sql);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});
beforeEach(async () => {
  await client.query('rollback');
  await client.query('begin');
});

const OBJECTS = objectsOf(commerceMigrations.migrations);
/** Which table a constraint or trigger belongs to, by the SQL that makes it. */
const tableOf = (create: string | null): string =>
  /^(?:alter table|create trigger \w+ .* on) (\w+) /.exec(create ?? '')?.[1] ?? '';

test.each(OBJECTS.filter(({ kind }) => kind === 'constraint' || kind === 'trigger'))(
  '$kind $name is in the database',
  async ({ name, create }) => {
    const { rowCount } = await client.query(
      `select 1 from pg_constraint where conname = $1 and conrelid = $2::regclass union select 1 from pg_trigger where tgname = $1 and tgrelid = $2::regclass`,
      [name, tableOf(create)],
    );
    expect(rowCount).toBe(1);
  },
);

/**
 * Written out, so that a rule lost with its declaration is missed all the same: what comes after
 * the table's name. Links to authors are Strapi's.
 */
const RULES: Readonly<Record<string, string>> = {
  catalogue_entries: 'kind_check stamp',
  catalogue_skus: '',
  catalogue_version: 'single_check',
  disputes: 'append_only content_check entry_check no_truncate order_fk payment_fk reference_key',
  mail_enclosures: '',
  mail_outbox: 'enclosure_fk key_key sent_check state_check',
  order_events: 'append_only content_check no_truncate order_fk',
  order_lines: 'amounts_check append_only goods_check item_check no_truncate order_fk sku_key',
  orders:
    'amounts_check buyer_check delay_check frozen idempotency_key_key keys_check no_delete no_truncate number_check number_key paid_check payment_check review_check reviewed_from_check shipped_check status_check stripe_session_key',
  payments: 'append_only content_check intent_key no_truncate order_fk',
  promotion_codes: 'code_check code_key dates_check limit_check value_check',
  promotion_uses: 'code_check code_fk order_fk order_key',
  refunds:
    'content_check covered frozen no_delete no_truncate order_fk payment_fk request_key status_check stripe_key',
  refund_requests: 'content_check frozen no_delete no_truncate order_fk state_check',
  stock_imbalances: '',
  stock_levels: 'quantities_check sku_key',
  stock_movements:
    'append_only change_check move_check no_truncate order_fk order_move_check reason_check reservation_check sku_fk',
  stripe_differences: '',
  stripe_state: 'single_check',
  webhook_inbox: 'state_check',
};
test('these are the rules of every ledger and plain table, besides their primary keys', async () => {
  const found = await client.query<{ table: string; name: string }>(
    `select t.relname as table, c.conname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
      where t.relname = any($1::text[]) and c.contype not in ('n', 'p', 't') and c.conname !~ '_(created|updated)_by_id_fk$'
    union all select t.relname, g.tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid where t.relname = any($1::text[]) and not g.tgisinternal order by 1, 2`,
    [Object.keys(RULES)],
  );
  const byTable = Object.keys(RULES).map((table) => [
    table,
    found.rows
      .filter((row) => row.table === table)
      .map(({ name }) => name.slice(table.length + 1))
      .join(' '),
  ]);
  expect(Object.fromEntries(byTable)).toEqual(RULES);
});
test('each of them has a primary key', async () => {
  const { rows } = await client.query<{ table: string }>(
    `select t.relname as table from pg_constraint c join pg_class t on t.oid = c.conrelid where c.contype = 'p' and t.relname = any($1::text[]) order by 1`,
    [Object.keys(RULES)],
  );
  expect(rows.map(({ table }) => table)).toEqual(Object.keys(RULES).sort());
});
test.each([
  ['client_hash', `'other'`],
  ['locale', `'en'`],
  ['country', `'BE'`],
  ['delivery', `'Chronopost'`],
  ['min_days', '1'],
  ['max_days', '9'],
  ['placed_at', 'now()'],
  ['promotion_code', `'NOEL'`],
  ['request_hash', `'other'`],
  ['idempotency_key', `'other'`],
])('what an order was when placed is frozen: %s', async (column, value) => {
  expect(await violation(`update orders set ${column} = ${value}`)).toBe('23001');
});
test('the address an order is written to may be corrected', async () => {
  expect(await violation(`update orders set email = 'new@b.fr'`)).toBe('taken');
});

test('every index is in the database', async () => {
  const wanted = OBJECTS.filter(({ kind }) => kind === 'index').map(({ name }) => name);
  const { rows } = await client.query(
    'select indexname from pg_indexes where indexname = any($1)',
    [wanted],
  );
  expect(rows.map(({ indexname }) => indexname).sort()).toEqual([...wanted].sort());
  expect(wanted).toContain('orders_free_client_idx');
  expect(wanted).not.toContain('order_events_refund_key_idx');
});

/** SQLSTATE of a refusal; class 23 = a rule of integrity, not a mistake in the statement. */
const violation = (sql: string): Promise<string> =>
  client.query(sql).then(
    () => 'taken',
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
  );

const changed = (sql: string, column: string, value: string): string => {
  const [, head = '', columns = '', values = ''] =
    /^(insert into \w+) \(([^)]*)\)\s*values \((.*)\)$/s.exec(sql) ?? [];
  const names = columns.split(',').map((name) => name.trim());
  const parts = values.split(',').map((part) => part.trim());
  parts[names.indexOf(column)] = value;
  return `${head} (${columns}) values (${parts.join(', ')})`;
};
/** The same order under another name, wrong in one thing. */
const order = (column: string, value: string): string =>
  changed(
    changed(changed(ORDER, 'number', `'AH-00000002'`), 'idempotency_key', `'key-2'`),
    column,
    value,
  );
const second = order('email', `'c@d.fr'`);
const line = (column: string, value: string): string =>
  changed(changed(LINE, 'sku', `'ah-001-2'`), column, value);
const payment = (column: string, value: string): string =>
  changed(changed(PAYMENT, 'stripe_payment_intent', `'pi_2'`), column, value);
const code = (column: string, value: string): string =>
  changed(changed(CODE, 'code', `'PAQUES'`), column, value);

describe('the database takes what is sound', () => {
  test.each([
    order('email', `'c@d.fr'`),
    line('position', '1'),
    payment('amount', '1'),
    code('value', '10000'),
    `update orders set status = 'paid', paid_at = now()`,
    `update refunds set status = 'succeeded' where stripe_refund = 're_3'`,
    refund('re_4', 900),
    refund('re_4', 9000, 'failed'),
    refund('re_4', 9000, 'canceled'),
    dispute('txn_1', 'funds', -1400),
    dispute('dp_1-closed', 'closed', 0),
    EVENT,
    MOVE,
    changed(REQUEST, 'key', `'ask-3'`),
    `update refund_requests set state = 'made' where key = 'ask-1'`,
  ])('%s', async (sql) => {
    expect((await client.query(sql)).rowCount).toBeGreaterThan(0);
  });
});

describe('the database refuses', () => {
  test.each([
    ORDER,
    order('idempotency_key', `'key-1'`),
    order('number', 'null'),
    order('number', `'AH-0000000I'`),
    order('status', `'unknown'`),
    order('status', 'null'),
    order('total', '1399'),
    order('subtotal', 'null'),
    order('discount', '2000'),
    order('shipping', '-1'),
    order('email', `''`),
    order('country', `'France'`),
    order('locale', `'de'`),
    order('request_hash', 'null'),
    order('client_hash', 'null'),
    order('test_mode', 'null'),
    order('payment_attempt', '-1'),
    order('placed_at', 'null'),
    order('max_days', '1'),
    order('status', `'paid'`),
    order('status', `'needs_review'`),
    `update orders set reviewed_from = 'needs_review'`,
    `update orders set status = 'shipped', paid_at = now()`,
    `update orders set total = 1, subtotal = 1, discount = 0, shipping = 0`,
    `update orders set number = 'AH-00000009'`,
    `update orders set test_mode = false`,
    `${second}; update orders set stripe_session_id = 'cs_1'`,
    `${second}; delete from orders where number = 'AH-00000002'`,
    'delete from orders',
    'truncate orders cascade',
  ])('orders: %s', async (sql) => {
    expect(await violation(sql)).toMatch(/^23/);
  });

  test.each([
    LINE,
    line('order_number', `'AH-00000009'`),
    line('order_number', 'null'),
    line('quantity', '0'),
    line('unit_price', '-1'),
    line('total', '901'),
    line('discount', '-100'),
    line('vat_rate', '10001'),
    line('weight', 'null'),
    line('title', `''`),
    'update order_lines set label = $$x$$',
    'delete from order_lines',
    'truncate order_lines',
    changed(EVENT, 'order_number', `'AH-00000009'`),
    changed(EVENT, 'kind', `''`),
    changed(EVENT, 'actor', 'null'),
    changed(EVENT, 'at', 'null'),
    `update order_events set kind = 'x'`,
    'delete from order_events',
    'truncate order_events',
  ])('lines and events: %s', async (sql) => {
    expect(await violation(sql)).toMatch(/^23/);
  });

  test.each([
    PAYMENT,
    payment('amount', '0'),
    payment('currency', `'euro'`),
    payment('order_number', `'AH-00000009'`),
    payment('stripe_session_id', 'null'),
    payment('livemode', 'null'),
    'update payments set amount = 1',
    'delete from payments',
    'truncate payments cascade',
    refund('re_1', 1),
    refund('re_5', 0),
    refund('re_5', 901),
    refund('re_5', 1, 'unknown'),
    changed(refund('re_5', 1), 'payment_intent', `'pi_9'`),
    changed(refund('re_5', 1), 'reason', `''`),
    changed(refund('re_5', 1), 'request_key', `'ask-re_1'`),
    changed(refund('re_1', 1), 'request_key', `'ask-again'`),
    changed(refund('re_5', 1), 'order_number', `'AH-00000009'`),
    `update refunds set amount = 1 where stripe_refund = 're_3'`,
    `update refunds set status = 'succeeded' where stripe_refund = 're_2'`,
    'delete from refunds',
    'truncate refunds',
    REQUEST,
    changed(changed(REQUEST, 'key', `'ask-3'`), 'order_number', `'AH-00000009'`),
    changed(changed(REQUEST, 'key', `'ask-3'`), 'amount', '0'),
    changed(changed(REQUEST, 'key', `'ask-3'`), 'reason', `''`),
    `update refund_requests set state = 'done' where key = 'ask-1'`,
    `update refund_requests set amount = 1 where key = 'ask-1'`,
    `update refund_requests set state = 'open' where key = 'ask-2'`,
    `update refund_requests set state = 'made' where key = 'ask-2'`,
    'delete from refund_requests',
    'truncate refund_requests',
    dispute('dp_1', 'opened', 1400),
    dispute('dp_2', 'opened', 0),
    dispute('txn_1', 'funds', 0),
    dispute('dp_1-closed', 'closed', -1),
    dispute('x', 'other', 1),
    changed(dispute('dp_2', 'opened', 1), 'payment_intent', `'pi_9'`),
    changed(dispute('dp_2', 'opened', 1), 'order_number', `'AH-00000009'`),
    changed(dispute('dp_2', 'opened', 1), 'status', `''`),
    'update disputes set amount = 1',
    'delete from disputes',
    'truncate disputes',
  ])('money: %s', async (sql) => {
    expect(await violation(sql)).toMatch(/^23/);
  });

  test.each([
    CODE,
    code('code', `'paques'`),
    code('code', `' PAQUES'`),
    code('code', `''`),
    code('kind', `'gift'`),
    code('value', '10001'),
    code('value', '0'),
    code('minimum', '-1'),
    code('used', '3'),
    code('used', 'null'),
    `update promotion_codes set used = used + 2`,
    `update promotion_codes set starts_at = now(), ends_at = now()`,
    `delete from promotion_codes`,
    USE,
    changed(USE, 'code', `'AUTRE'`),
    changed(USE, 'order_number', `'AH-00000009'`),
    `${second}; ${changed(changed(USE, 'order_number', `'AH-00000002'`), 'code', 'null')}`,
    changed(MOVE, 'reserved_delta', '0'),
    changed(MOVE, 'reserved_delta', 'null'),
    changed(MOVE, 'order_number', 'null'),
    changed(MOVE, 'order_number', `'AH-00000009'`),
    changed(MOVE, 'reason', `''`),
    changed(MOVE, 'move', `'lend'`),
    changed(MOVE, 'move', 'null'),
    changed(changed(MOVE, 'order_number', 'null'), 'reserved_delta', '0'),
    `insert into stock_movements (sku, delta, reserved_delta, move, reason, actor) values ('ah-001-1', 1, 0, 'restock', 'Arrivage', 'marie')`,
    changed(MOVE, 'sku', `'none'`),
  ])('promotions and stock: %s', async (sql) => {
    expect(await violation(sql)).toMatch(/^23/);
  });
});

test('movements of before orders existed get a reservation of 0, and stay append only', async () => {
  await client.query(
    'alter table stock_movements drop constraint stock_movements_change_check, disable trigger stock_movements_append_only',
  );
  await client.query('update stock_movements set reserved_delta = null where order_number is null');
  await client.query('alter table stock_movements enable trigger stock_movements_append_only');
  for (const step of stock.steps)
    if (!isObject(step)) await client.query(step);
    else if (labelOf(step) === 'trigger stock_movements_append_only')
      await client.query(step.create ?? '');
  const { rows } = await client.query(
    'select count(*)::int as rows, count(reserved_delta)::int as filled from stock_movements',
  );
  expect(rows[0].rows).toBeGreaterThan(10);
  expect(rows[0].filled).toBe(rows[0].rows);
  await expect(client.query('update stock_movements set reserved_delta = 5')).rejects.toThrow(
    'append only',
  );
});
