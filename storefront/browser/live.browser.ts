import { expect, test } from 'playwright/test';

import type { FixtureApi } from './fixture/fixture-api.ts';
import { startFixtureApi } from './fixture/fixture-api.ts';
import type { RunningStorefront } from './fixture/storefront.ts';
import { followed, startStorefront } from './fixture/storefront.ts';

/**
 * A live shop whose payment page has a host of its own: the policy of its forms names only Stripe's
 * host.
 */
let api: FixtureApi;
let shop: RunningStorefront;
test.beforeAll(async () => {
  api = await startFixtureApi();
  shop = await startStorefront(api.url, undefined, {
    SHOP_MODE: 'live',
    CLIENT_ADDRESS_SECRET: 'k'.repeat(32),
  });
  await followed(shop);
});
test.afterAll(async () => {
  expect(await shop.stop()).toBe(0);
  await api.stop();
});

test("its order form leads to the order's page, whose link leads to the payment", async ({
  page,
}) => {
  await page.context().addCookies([{ name: 'panier', value: 'ah-001-1*1', url: shop.url }]);
  const cart = await page.goto(`${shop.url}/panier`);
  expect(cart?.headers()['content-security-policy']).toMatch(
    /form-action 'self' https:\/\/checkout\.stripe\.com(;|$)/,
  );
  await page.getByLabel('Adresse e-mail').fill('marie@exemple.fr');
  await page.getByLabel('J’accepte les').check();
  await page.getByRole('button', { name: 'Commander avec obligation de paiement' }).click();
  await expect(page).toHaveURL(/\/commande\/AH-/);
  await page.getByRole('link', { name: 'Payer' }).click();
  await expect(page.getByRole('heading', { name: 'Paiement' })).toBeVisible();
});
