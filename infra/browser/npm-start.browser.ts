import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'playwright/test';
import { z } from 'zod';

import { loggedIn } from '../../cms/staff/admin-browser.fixture.ts';
import { unbalancedSkus } from '../../plugins/commerce/adapters/stock-balance.ts';
import {
  asEnv,
  folder,
  type Ports,
  ports,
  type Terminal,
  type,
} from '../supervisor/commands/try-terminal.ts';
import { runningDatabase } from '../supervisor/shop/running-database.ts';
import { orderTwoPieces } from './two-pieces.fixture.ts';

/**
 * The promise of the shop, on `npm start` as a new user types it: only ports and the data folder
 * are its own.
 */
const EMAIL = 'camille@example.test';
const SKUS = `('ah-001-1', 'ah-004')`;
let dataDir = '';
let given: Ports;
let shop: Terminal;
let database: pg.Client;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  dataDir = folder();
  given = await ports();
  shop = type('start', [], asEnv(dataDir, given));
  await expect.poll(shop.text, { timeout: 280_000 }).toContain('The shop is open');
  await expect
    .poll(async () => (await fetch(api('/health'))).text(), { timeout: 60_000 })
    .toContain('"strapi":{"status":"ok"');
  database = new pg.Client({ connectionString: runningDatabase(dataDir) });
  await database.connect();
});
test.afterAll(async () => {
  await database?.end();
  await shop?.end();
  rmSync(dataDir, { recursive: true, force: true });
});

const rows = async (sql: string): Promise<unknown[]> => (await database.query(sql)).rows;
const stock = async (): Promise<{ onHand: number; reserved: number }[]> =>
  z
    .array(z.object({ onHand: z.int(), reserved: z.int() }))
    .length(2)
    .parse(
      await rows(
        `select on_hand as "onHand", reserved from stock_levels where sku in ${SKUS} order by sku`,
      ),
    );
const api = (path: string): string => `http://localhost:${given.API_PORT}${path}`;
const inbox = async (): Promise<string> => (await fetch(api('/api/courrier'))).text();
const administrator = () =>
  z
    .object({ email: z.string(), password: z.string() })
    .parse(JSON.parse(readFileSync(join(dataDir, 'admin.json'), 'utf8')));

test('two pieces are paid, the tab closed; the order is paid, stock moved, a mail sent; staff see it, ship it, refund one line', async ({
  browser,
  page,
}) => {
  test.setTimeout(120_000);
  const before = await stock();
  await orderTwoPieces(page, `http://localhost:${given.STOREFRONT_PORT}`, EMAIL);
  await page.getByRole('button', { name: /^Fermer l’onglet/ }).click();
  await expect(page.getByText('Vous pouvez fermer cet onglet', { exact: false })).toBeVisible();
  await page.close();
  await expect
    .poll(() => rows('select email, status, total from orders'))
    .toEqual([{ email: EMAIL, status: 'paid', total: 11700 }]);
  expect(await stock()).toEqual(before.map(({ onHand }) => ({ onHand: onHand - 1, reserved: 0 })));
  await expect.poll(inbox).toContain(EMAIL);

  const staff = await loggedIn(browser, api(''), administrator());
  const admin = await staff.newPage();
  await admin.goto(api('/admin/plugins/commerce/orders'));
  await admin.getByRole('link', { name: /^AH-/ }).click();
  await expect(admin.getByText(EMAIL).first()).toBeVisible();
  await admin.getByRole('button', { name: 'Expédier', exact: true }).click();
  await admin.getByLabel('Numéro de suivi').fill('6A12345678901');
  await admin.getByRole('button', { name: 'Expédier et prévenir' }).click();
  await expect(admin.getByText('Colissimo · 6A12345678901')).toBeVisible();
  await admin.getByRole('button', { name: 'Rembourser' }).click();
  await admin
    .getByRole('dialog')
    .getByRole('checkbox', { name: /Vase Canyon/ })
    .click();
  await admin
    .getByRole('dialog')
    .getByRole('button', { name: /^Rembourser \d+,00/ })
    .click();
  await expect(admin.getByText('1 remboursée')).toBeVisible();
  await staff.close();

  expect(await rows('select status from orders')).toEqual([{ status: 'shipped' }]);
  await expect
    .poll(() =>
      rows(
        `select r.status, r.amount = l.total as "oneLine" from refunds r, order_lines l where l.sku = 'ah-004'`,
      ),
    )
    .toEqual([{ status: 'succeeded', oneLine: true }]);
  await expect
    .poll(() =>
      rows(
        `select kind from mail_outbox where state = 'sent' and recipient = '${EMAIL}' order by kind`,
      ),
    )
    .toEqual([{ kind: 'order-confirmed' }, { kind: 'order-refunded' }, { kind: 'order-shipped' }]);
  expect(await unbalancedSkus({ raw: async (sql) => ({ rows: await rows(sql) }) })).toEqual([]);
});
