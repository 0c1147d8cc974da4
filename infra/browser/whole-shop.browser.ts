import { mkdir, writeFile } from 'node:fs/promises';
import { startShop, testAdmin } from '@comptoir/harness';
import { expect, test, type Page } from 'playwright/test';
import sharp from 'sharp';
import { z } from 'zod';
import { login, type Call } from '../../cms/staff/client.ts';

/** The shop as `npm start` runs it: real Strapi behind the real door, the built storefront following it. */
const PRODUCTS = '/content-manager/collection-types/api::product.product';
const VISIBLE_WITHIN_MS = 2000;
const foundSchema = z.object({ results: z.array(z.object({ documentId: z.string() })).length(1) });

let shop: Awaited<ReturnType<typeof startShop>>;
let manager: Call;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  shop = await startShop();
  manager = await login(shop.api.url, testAdmin.email, testAdmin.password);
});
test.afterAll(() => shop?.stop());

const site = (path: string): Promise<Response> => fetch(shop.storefront.url + path);
const statusOf = async (path: string): Promise<number> => (await site(path)).status;
const idOf = async (reference: string): Promise<string> =>
  foundSchema.parse((await manager('GET', `${PRODUCTS}?filters[reference][$eq]=${reference}`)).body).results[0]?.documentId ?? '';

async function enter(page: Page, path: string): Promise<void> {
  await page.goto(`${shop.api.url}/admin/auth/login`);
  await page.locator('input[name=email]').fill(testAdmin.email);
  await page.locator('input[name=password]').fill(testAdmin.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByRole('heading', { name: /Bonjour/ })).toBeVisible();
  await page.goto(`${shop.api.url}/admin${path}`);
}

/** Keeps a picture of the page for the README, small enough for git. */
async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(new URL('../screenshots/', import.meta.url), { recursive: true });
  const picture = await sharp(await page.screenshot()).png({ palette: true, effort: 10 }).toBuffer();
  expect(picture.length).toBeLessThan(400_000);
  await writeFile(new URL(`../screenshots/${name}.png`, import.meta.url), picture);
}

test('a price edited in the admin is on the page within two seconds of the click', async ({ page, context }) => {
  const visitor = await context.newPage();
  await visitor.goto(`${shop.storefront.url}/produits/tasse-rivage`);
  await expect(visitor.locator('.price span:visible')).toHaveText('28,00 €');
  await enter(page, `${PRODUCTS}/${await idOf('ah-001')}?plugins[i18n][locale]=fr`);
  await page.getByRole('button', { name: 'ah-001-1', exact: true }).click();
  await page.locator('input[name="variants.0.price"]').fill('29,50');
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(async () => {
    await visitor.reload();
    await expect(visitor.locator('.price span:visible')).toHaveText('29,50 €', { timeout: 100 });
  }).toPass({ timeout: VISIBLE_WITHIN_MS, intervals: [50] });
});

test('an unpublished piece leaves the shop within two seconds, and comes back when published', async () => {
  const id = await idOf('ah-003');
  const { slug } = z.object({ data: z.object({ slug: z.string() }) }).parse(await (await fetch(`${shop.api.url}/api/produits/ah-003`)).json()).data;
  expect(await statusOf(`/produits/${slug}`)).toBe(200);
  expect((await manager('POST', `${PRODUCTS}/${id}/actions/unpublish?locale=fr`, {})).status).toBe(200);
  await expect.poll(() => statusOf(`/produits/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] }).toBe(404);
  expect(await (await site('/produits')).text()).not.toContain(slug);
  const draft = z.object({ data: z.record(z.string(), z.unknown()) }).parse((await manager('GET', `${PRODUCTS}/${id}?locale=fr`)).body).data;
  expect((await manager('POST', `${PRODUCTS}/${id}/actions/publish?locale=fr`, draft)).status).toBe(200);
  await expect.poll(() => statusOf(`/produits/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] }).toBe(200);
});

test('a deleted piece is gone within two seconds, in both languages', async () => {
  const { slug } = z.object({ data: z.object({ slug: z.string() }) }).parse(await (await fetch(`${shop.api.url}/api/produits/ah-008?locale=en`)).json()).data;
  expect(await statusOf(`/en/products/${slug}`)).toBe(200);
  expect((await manager('DELETE', `${PRODUCTS}/${await idOf('ah-008')}?locale=*`)).status).toBe(200);
  await expect.poll(() => statusOf(`/en/products/${slug}`), { timeout: VISIBLE_WITHIN_MS, intervals: [50] }).toBe(404);
  await expect.poll(() => statusOf('/produits/ah-008'), { timeout: VISIBLE_WITHIN_MS, intervals: [50] }).toBe(404);
});

test('the preview button opens the draft on the real page', async ({ page, context }) => {
  const id = await idOf('ah-002');
  await manager('PUT', `${PRODUCTS}/${id}?locale=fr`, { name: 'Bol de demain' });
  await enter(page, `${PRODUCTS}/${id}?plugins[i18n][locale]=fr`);
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Ouvrir l’aperçu' }).click();
  const preview = await opened;
  await expect(preview.getByRole('heading', { level: 1 })).toHaveText('Bol de demain');
  expect(new URL(preview.url()).origin).toBe(shop.storefront.url);
  await expect.poll(() => preview.locator('main img').first().evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  expect(await (await site('/produits')).text()).not.toContain('Bol de demain');
});

test('the product list shows picture, price, stock and state at a glance', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, `${PRODUCTS}?page=1&pageSize=20&sort=position:ASC`);
  const row = page.getByRole('row', { name: /ah-001/ });
  await expect(row).toContainText('51');
  await expect(row).toContainText(/de 29,50\s€ à 104,00\s€/);
  await expect(row).toContainText('Publié');
  // Everything at a glance: the state must not need scrolling.
  await expect(row.getByText('Publié')).toBeInViewport({ ratio: 1 });
  await expect(row.locator('img')).toHaveJSProperty('complete', true);
  await keepPicture(page, 'administration');
});

test('stock adjusted on its page changes what shoppers are told', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, '/plugins/commerce/stock');
  await page.getByRole('button', { name: 'Ajuster le stock de ah-004' }).first().click();
  await page.getByRole('dialog').getByRole('spinbutton').or(page.getByRole('dialog').getByRole('textbox')).first().fill('7');
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText(/Stock de ah-004.*\+7/).first()).toBeVisible();
});
