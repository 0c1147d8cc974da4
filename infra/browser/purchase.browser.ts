import pg from 'pg';
import { expect, test } from 'playwright/test';
import { freePort, startShop } from '@comptoir/harness';
import { startSimulator } from '@comptoir/stripe-simulator';

import { buyTwoPieces } from './two-pieces.fixture.ts';

/**
 * A purchase as a shopper makes it: the real shop, and the simulator in Stripe's place, each in a
 * process or a server of its own.
 */
const KEY = `sk_test_${'k'.repeat(24)}`;
const SECRET = `whsec_${'s'.repeat(24)}`;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let shop: Awaited<ReturnType<typeof startShop>>;
let database: pg.Client;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const port = await freePort();
  simulator = await startSimulator({
    secretKey: KEY,
    webhook: { url: `http://127.0.0.1:${port}/api/paiements/stripe/webhook`, secret: SECRET },
  });
  shop = await startShop({
    port,
    env: { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: SECRET, STRIPE_API_BASE: simulator.url },
  });
  database = new pg.Client({ connectionString: shop.api.databaseUrl });
  await database.connect();
});
test.afterAll(async () => {
  await database?.end();
  await shop?.stop();
  await simulator?.close();
});

const rows = async (sql: string): Promise<unknown[]> => (await database.query(sql)).rows;

for (const javaScriptEnabled of [true, false]) {
  test.describe(`JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled, viewport: { width: 390, height: 844 } });

    test('two pieces, paid, seen on the order’s page; stock moved, mails written', async ({
      page,
    }) => {
      const email = `marie-${javaScriptEnabled ? 'avec' : 'sans'}@example.test`;
      const stock = async (): Promise<unknown[]> =>
        rows(
          `select sku, on_hand, reserved from stock_levels where sku in ('ah-001-1', 'ah-004') order by sku`,
        );
      const [mugs, vases] = (await stock()) as { on_hand: number }[];
      await buyTwoPieces(page, shop.storefront.url, email);
      await expect(page.getByText('117,00 €').first()).toBeVisible();
      await expect
        .poll(() => rows(`select status, total from orders where email = '${email}'`))
        .toEqual([{ status: 'paid', total: 11700 }]);
      await page.reload();
      await expect(page.getByText('En attente de paiement')).toHaveCount(0);
      expect(await stock()).toEqual([
        { sku: 'ah-001-1', on_hand: (mugs?.on_hand ?? 0) - 1, reserved: 0 },
        { sku: 'ah-004', on_hand: (vases?.on_hand ?? 0) - 1, reserved: 0 },
      ]);
      expect(await rows(`select kind from mail_outbox where recipient = '${email}'`)).toEqual([
        { kind: 'order-confirmed' },
      ]);
      await page.goto(`${shop.storefront.url}/panier`);
      await expect(
        page.getByRole('button', { name: 'Commander avec obligation de paiement' }),
      ).toHaveCount(0);
    });
  });
}

test('the demo’s inbox shows the confirmation', async () => {
  await expect
    .poll(async () => (await fetch(`${shop.api.url}/api/courrier`)).text())
    .toContain('marie-avec@example.test');
});
