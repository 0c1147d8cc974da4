import { mkdir, writeFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import sharp from 'sharp';
import { z } from 'zod';
import { startShop, testAdmin } from '@comptoir/harness';

import { loggedIn } from '../../cms/staff/admin-browser.fixture.ts';
import { type Call, login } from '../../cms/staff/client.fixture.ts';

/**
 * The shop as `npm start` runs it: real Strapi behind the real door, the built storefront following
 * it.
 */
const PRODUCTS = '/content-manager/collection-types/api::product.product';
const VISIBLE_WITHIN_MS = 2000;
const foundSchema = z.object({ results: z.array(z.object({ documentId: z.string() })).length(1) });

let shop: Awaited<ReturnType<typeof startShop>>;
let manager: Call;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  shop = await startShop();
  manager = await login(shop.api.url, testAdmin.email, testAdmin.password);
  context = await loggedIn(browser, shop.api.url);
});
test.afterAll(async () => {
  await context?.close();
  await shop?.stop();
});
test.beforeEach(async () => {
  page = await context.newPage();
});
test.afterEach(() => page.close());

const site = (path: string): Promise<Response> => fetch(shop.storefront.url + path);
const statusOf = async (path: string): Promise<number> => (await site(path)).status;
const idOf = async (reference: string): Promise<string> =>
  foundSchema.parse((await manager('GET', `${PRODUCTS}?filters[reference][$eq]=${reference}`)).body)
    .results[0]?.documentId ?? '';

const enter = (path: string): Promise<unknown> => page.goto(`${shop.api.url}/admin${path}`);

/** Keeps a picture of the page for the README, small enough for git. */
async function keepPicture(name: string): Promise<void> {
  await mkdir(new URL('../screenshots/', import.meta.url), { recursive: true });
  const picture = await sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toBuffer();
  expect(picture.length).toBeLessThan(400_000);
  await writeFile(new URL(`../screenshots/${name}.png`, import.meta.url), picture);
}

/**
 * Clicks and waits for the back office's answer: how fast the browser draws is not the shop's
 * promise.
 */
async function publish(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().includes('/actions/publish'));
  await page.getByRole('button', { name: 'Publier' }).click();
  await answered;
}

test('the product list shows picture, price, stock and state at a glance', async () => {
  await enter(`${PRODUCTS}?page=1&pageSize=20&sort=position:ASC`);
  const row = page.getByRole('row', { name: /ah-001/ });
  await expect(row).toContainText('51');
  await expect(row).toContainText(/de \d\d,\d0\s€ à 104,00\s€/);
  await expect(row).toContainText('Publié');
  // Everything at a glance: the state must not need scrolling.
  await expect(row.getByText('Publié')).toBeInViewport({ ratio: 1 });
  await expect(row.locator('img')).toHaveJSProperty('complete', true);
  await keepPicture('administration');
});

test('a price edited in the admin is on the page within two seconds of its publication', async () => {
  const visitor = await context.newPage();
  await visitor.goto(`${shop.storefront.url}/produits/tasse-rivage`);
  await expect(visitor.locator('.price span:visible')).toHaveText('28,00 €');
  await enter(`${PRODUCTS}/${await idOf('ah-001')}?plugins[i18n][locale]=fr`);
  await page.getByRole('button', { name: 'ah-001-1', exact: true }).click();
  await page.locator('input[name="variants.0.price"]').fill('29,50');
  await publish(page);
  await expect(async () => {
    await visitor.reload();
    await expect(visitor.locator('.price span:visible')).toHaveText('29,50 €', { timeout: 100 });
  }).toPass({ timeout: VISIBLE_WITHIN_MS, intervals: [50] });
});

async function priceOf(reference: string): Promise<unknown> {
  const { data } = z
    .object({
      data: z.object({ variants: z.array(z.object({ price: z.object({ amount: z.int() }) })) }),
    })
    .parse(await (await fetch(`${shop.api.url}/api/produits/${reference}`)).json());
  return data.variants[0]?.price.amount;
}

test('a price that the field marks as wrong is not published', async () => {
  await enter(`${PRODUCTS}/${await idOf('ah-006')}?plugins[i18n][locale]=fr`);
  await page.getByRole('button', { name: 'ah-006', exact: true }).click();
  const price = page.locator('input[name="variants.0.price"]');
  await price.fill('64.000');
  await expect(page.getByText('Deux décimales au plus', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(page.getByText('Deux décimales au plus', { exact: false })).toBeVisible();
  expect(await priceOf('ah-006')).toBe(6400);
  await price.fill('65');
  await expect(page.getByText('must be a', { exact: false })).toHaveCount(0);
  await publish(page);
  await expect
    .poll(() => priceOf('ah-006'), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(6500);
});

test('of two tabs, the one that began earlier does not undo the other', async () => {
  const address = `${PRODUCTS}/${await idOf('ah-007')}?plugins[i18n][locale]=fr`;
  await enter(address);
  await expect(page.locator('input[name=tagline]')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${shop.api.url}/admin${address}`);
  await other.getByRole('button', { name: 'ah-007', exact: true }).click();
  await other.locator('input[name="variants.0.price"]').fill('49');
  await publish(other);
  await expect
    .poll(() => priceOf('ah-007'), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(4900);
  await page.locator('input[name=tagline]').fill('Une autre lumière.');
  await publish(page);
  await expect(page.getByText('modifiée entre-temps', { exact: false }).first()).toBeVisible();
  expect(await priceOf('ah-007')).toBe(4900);
});

test('an unpublished piece leaves the shop within two seconds, and comes back when published', async () => {
  const id = await idOf('ah-003');
  const { slug } = z
    .object({ data: z.object({ slug: z.string() }) })
    .parse(await (await fetch(`${shop.api.url}/api/produits/ah-003`)).json()).data;
  expect(await statusOf(`/produits/${slug}`)).toBe(200);
  expect((await manager('POST', `${PRODUCTS}/${id}/actions/unpublish?locale=fr`, {})).status).toBe(
    200,
  );
  await expect
    .poll(() => statusOf(`/produits/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(404);
  expect(await (await site('/produits')).text()).not.toContain(slug);
  const draft = z
    .object({ data: z.record(z.string(), z.unknown()) })
    .parse((await manager('GET', `${PRODUCTS}/${id}?locale=fr`)).body).data;
  expect((await manager('POST', `${PRODUCTS}/${id}/actions/publish?locale=fr`, draft)).status).toBe(
    200,
  );
  await expect
    .poll(() => statusOf(`/produits/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(200);
});

test('a deleted piece is gone within two seconds, in both languages', async () => {
  const { slug } = z
    .object({ data: z.object({ slug: z.string() }) })
    .parse(await (await fetch(`${shop.api.url}/api/produits/ah-008?locale=en`)).json()).data;
  expect(await statusOf(`/en/products/${slug}`)).toBe(200);
  expect((await manager('DELETE', `${PRODUCTS}/${await idOf('ah-008')}?locale=*`)).status).toBe(
    200,
  );
  await expect
    .poll(() => statusOf(`/en/products/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(404);
  await expect
    .poll(() => statusOf('/produits/ah-008'), { timeout: VISIBLE_WITHIN_MS, intervals: [50] })
    .toBe(404);
});

test('the preview button opens the draft on the real page', async () => {
  const id = await idOf('ah-002');
  await manager('PUT', `${PRODUCTS}/${id}?locale=fr`, { name: 'Bol de demain' });
  await enter(`${PRODUCTS}/${id}?plugins[i18n][locale]=fr`);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Ouvrir l’aperçu' }).click();
  const preview = await opened;
  await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Bol de demain');
  expect(new URL(preview.url()).origin).toBe(shop.storefront.url);
  await expect
    .poll(() =>
      preview
        .locator('main img')
        .first()
        .evaluate((img: HTMLImageElement) => img.naturalWidth),
    )
    .toBeGreaterThan(0);
  expect(await (await site('/produits')).text()).not.toContain('Bol de demain');
});

test('stock adjusted on its page changes what shoppers are told', async () => {
  await enter('/plugins/commerce/stock');
  await page.getByRole('button', { name: 'Ajuster le stock de ah-004' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('spinbutton')
    .or(page.getByRole('dialog').getByRole('textbox'))
    .first()
    .fill('7');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText(/Stock de ah-004.*\+7/).first()).toBeVisible();
});
