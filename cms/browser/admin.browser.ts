import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { z } from 'zod';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { loggedIn } from '../staff/admin-browser.fixture.ts';
import { type Call, login } from '../staff/client.fixture.ts';

const PRODUCT = '/content-manager/collection-types/api::product.product';
const madeSchema = z.object({ data: z.object({ documentId: z.string() }) });
const uploadedSchema = z.array(z.object({ id: z.number() })).min(1);
const readSchema = z.object({
  data: z.object({ variants: z.array(z.object({ price: z.number() })) }),
});

let api: RunningApi;
let manager: Call;
let documentId = '';

let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  api = await startApi();
  manager = await login(api.url, testAdmin.email, testAdmin.password);
  const picture = new FormData();
  picture.append(
    'files',
    new Blob([readFileSync(join(import.meta.dirname, '../../infra/seed/images/ah-001-main.png'))], {
      type: 'image/png',
    }),
    'bol.png',
  );
  const [media] = uploadedSchema.parse((await manager('POST', '/upload', picture)).body);
  const made = await manager('POST', `${PRODUCT}?locale=fr`, {
    reference: 'essai-001',
    name: 'Bol d’essai',
    slug: 'bol-d-essai',
    position: 1,
    variants: [{ sku: 'essai-001', price: 2800, vatRate: 2000, weight: 300 }],
    pictures: [{ media: media?.id }],
  });
  documentId = madeSchema.parse(made.body).data.documentId;
  context = await loggedIn(browser, api.url);
});

test.afterAll(async () => {
  await context?.close();
  await api?.stop();
});

test.beforeEach(async () => {
  page = await context.newPage();
});

test.afterEach(() => page.close());

async function openProduct(): Promise<void> {
  await page.goto(`${api.url}/admin${PRODUCT}/${documentId}?plugins[i18n][locale]=fr`);
  await expect(page.getByRole('heading', { name: 'Bol d’essai' })).toBeVisible();
}

const price = (page: Page) => page.locator('input[name="variants.0.price"]');
async function openVariant(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'essai-001', exact: true }).click();
  await expect(price(page)).toBeVisible();
}

test('a price typed in euros is stored in cents', async () => {
  await openProduct();
  await openVariant(page);

  await expect(price(page)).toHaveValue('28,00');

  await price(page).fill('29,90');
  await page.getByRole('button', { name: 'Enregistrer' }).click();

  await expect
    .poll(
      async () =>
        readSchema.parse((await manager('GET', `${PRODUCT}/${documentId}?locale=fr`)).body).data
          .variants[0]?.price,
    )
    .toBe(2990);
});

test('three decimals are refused, in French, and nothing is stored', async () => {
  await openProduct();
  await openVariant(page);
  await price(page).fill('19,999');

  await expect(page.getByText('Deux décimales au plus', { exact: false })).toBeVisible();

  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Deux décimales au plus', { exact: false })).toBeVisible();
  expect(
    readSchema.parse((await manager('GET', `${PRODUCT}/${documentId}?locale=fr`)).body).data
      .variants[0]?.price,
  ).not.toBe(1999);
});

test('publishing a picture without its text is refused in French', async () => {
  await openProduct();
  await page.getByRole('button', { name: 'Publier' }).click();
  await expect(page.getByText(/texte alternatif/i).first()).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Brouillon' })).toBeVisible();
});

test('the draft opens in the shop by a signed link', async () => {
  await context.route('**/apercu/**', (route) => route.fulfill({ body: 'La boutique' }));
  await openProduct();
  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Ouvrir l’aperçu' }).click();
  const tab = await opened;

  await expect.poll(() => tab.url()).toMatch(/\/apercu\/[\w-]+\.[\w-]+$/);
});

test('the list shows price and state, the menu no marketplace', async () => {
  await openProduct();
  await page.goto(`${api.url}/admin${PRODUCT}`);
  await expect(page.getByRole('row', { name: /Bol d’essai/ })).toContainText(/(28,00|29,90)\s€/);
  await expect(page.getByText('Prix TTC')).toBeVisible();
  await expect(page.locator('a[href*="market.strapi.io"]')).toHaveCount(0);
});

test('the stock page fits a phone: product, state, count and button', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${api.url}/admin/plugins/commerce/stock`);
  const button = page.getByRole('button', { name: 'Ajuster le stock de ah-001-1', exact: true });
  const row = page.getByRole('row').filter({ has: button });
  for (const part of [row.getByText('En stock'), button]) {
    const box = await part.boundingBox();
    expect((box?.x ?? 999) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
  }

  await expect(page).toHaveTitle('Stock | Atelier Huit');
});
