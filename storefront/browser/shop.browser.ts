import { mkdir, writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'playwright/test';
import sharp from 'sharp';

import type { FixtureApi } from './fixture/fixture-api.ts';
import { startFixtureApi } from './fixture/fixture-api.ts';
import type { RunningStorefront } from './fixture/storefront.ts';
import { followed, startStorefront } from './fixture/storefront.ts';

let api: FixtureApi;
let shop: RunningStorefront;
test.beforeAll(async () => {
  api = await startFixtureApi();
  shop = await startStorefront(api.url);
  await followed(shop);
});
test.afterAll(async () => {
  expect(await shop.stop()).toBe(0);
  await api.stop();
});

const PAGES = [
  '/',
  '/en',
  '/produits',
  '/en/products',
  '/categories/maison',
  '/en/categories/home',
  '/produits/tasse-rivage',
  '/produits/theiere-basalte',
  '/en/products/night-plate',
  '/pages/atelier',
  '/en/pages/workshop',
  '/pages/donnees-personnelles',
  '/nulle-part',
  '/apercu/forged',
];

test('the home page shows eight pieces with their pictures', async ({ page }) => {
  await page.goto(shop.url);
  const pieces = page.locator('.piece');

  await expect(pieces).toHaveCount(8);

  for (const piece of await pieces.all()) {
    await piece.scrollIntoViewIfNeeded();
    const picture = piece.locator('img').first();
    await expect(picture).toHaveAttribute('alt', /.{10}/);
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0))
      .toBe(true);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the language link leads to the same piece and back', async ({ page }) => {
    await page.goto(`${shop.url}/produits/tasse-rivage`);
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page).toHaveURL(`${shop.url}/en/products/shore-mug`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shore mug');
    await page.getByRole('link', { name: 'Français' }).click();
    await expect(page).toHaveURL(`${shop.url}/produits/tasse-rivage`);
  });
  test('choosing a variant changes the price, one action at a time', async ({ page }) => {
    await page.goto(`${shop.url}/produits/tasse-rivage`);
    const action = page.locator('.purchase .button:visible');
    await expect(page.locator('.price span:visible')).toHaveText('28,00 €');
    await page.getByRole('radio', { name: /Lot de quatre/ }).check();
    await expect(page.locator('.price span:visible')).toHaveText('104,00 €');
    await expect(action).toHaveCount(1);
    await expect(action).toHaveText('Ajouter au panier');
  });
});

test('a sold-out piece says so and offers to write back', async ({ page }) => {
  await page.goto(`${shop.url}/produits/theiere-basalte`);
  await expect(page.locator('.stock:visible')).toHaveText('Épuisé');
  await expect(page.locator('.purchase .button:visible')).toHaveText('Me prévenir du retour');
});

for (const path of PAGES) {
  test(`${path} fits 320 pixels and passes axe`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 640 });
    const problems: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) problems.push(message.text());
    });
    await page.goto(shop.url + path);

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      320,
    );

    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(problems).toEqual([]);
  });
}

test('every page of the sitemap fits 320 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const addresses = [
    ...(await (await fetch(`${shop.url}/sitemap.xml`)).text()).matchAll(/<loc>([^<]+)/g),
  ].map(([, address]) => address ?? '');

  expect(addresses.length).toBeGreaterThan(30);

  for (const address of addresses) {
    await page.goto(address, { waitUntil: 'domcontentloaded' });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth),
      address,
    ).toBeLessThanOrEqual(320);
  }
});

test('a wide table scrolls in its own box by the keyboard; addresses and numbers are links', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${shop.url}/pages/donnees-personnelles`);
  const table = page.getByRole('group', { name: 'Tableau' });
  await table.focus();
  await page.keyboard.press('ArrowRight');

  await expect.poll(() => table.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
  await expect(
    page.locator('main').getByRole('link', { name: 'bonjour@atelier-huit.example' }),
  ).toHaveAttribute('href', 'mailto:bonjour@atelier-huit.example');
  await expect(page.locator('main').getByRole('link', { name: '04 75 00 00 00' })).toHaveAttribute(
    'href',
    'tel:0475000000',
  );
});

test('the navigation stands in the middle of a wide screen', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(shop.url);
  const box = await page.getByRole('navigation', { name: 'Principal' }).boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0) / 2).toBeCloseTo(720, -1);
});

test('the keyboard reaches the content first, and focus is seen', async ({ page }) => {
  await page.goto(`${shop.url}/produits`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('an edit is seen by the next visitor', async ({ page }) => {
  await page.goto(`${shop.url}/produits/bol-argile`);

  await expect(page.locator('.price span:visible')).toHaveText('36,00 €');

  api.change((entries) =>
    entries.map((entry) => {
      if (entry.kind === 'product' && entry.key === 'ah-002')
        for (const variant of entry.body.variants) Object.assign(variant.price, { amount: 3950 });
      return entry;
    }),
  );

  await expect(async () => {
    await page.reload();
    await expect(page.locator('.price span:visible')).toHaveText('39,50 €', { timeout: 200 });
  }).toPass({ timeout: 2_000 });
});

test('a closed shop says so where one would buy, and promises no delivery', async ({ page }) => {
  const opened = (open: boolean): void =>
    api.change((entries) =>
      entries.map((entry) =>
        entry.kind === 'settings' ? { ...entry, body: { ...entry.body, open } } : entry,
      ),
    );
  opened(false);

  await expect(async () => {
    await page.goto(`${shop.url}/produits/tasse-rivage`);
    await expect(page.locator('.action:visible')).toHaveText(/La boutique fait une pause/, {
      timeout: 200,
    });
  }).toPass({ timeout: 2_000 });
  await expect(page.locator('main')).not.toContainText('En stock');
  expect(await page.locator('main').textContent()).not.toContain('expédié sous');
  await expect(page.locator('.purchase .button')).toHaveCount(0);

  opened(true);
});

test('a preview shows the draft and what is missing, and is not cached', async ({ page }) => {
  const draft = {
    locale: 'fr',
    reference: 'ah-009',
    name: 'Saladier Brume',
    tagline: '',
    descriptionMarkdown: 'Grand.',
    careMarkdown: '',
    dimensions: '',
    category: null,
    pictures: [],
    seo: { title: null, description: null },
    variants: [{ sku: 'ah-009', label: '', price: null, vatRate: null }],
    missing: ['Ajoutez un prix à la déclinaison ah-009.'],
  };
  api.preview('good', { data: draft, expiresAt: '2026-11-30T10:00:00Z' });
  const answer = await page.goto(`${shop.url}/apercu/good`);

  expect(answer?.headers()).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saladier Brume');
  await expect(page.getByText('Ajoutez un prix')).toBeVisible();
  await expect(page.locator('.buy')).not.toContainText('ah-009');
  await expect(page.locator('.price span:visible')).toHaveText('prix à saisir');
  await expect(page.locator('.stock:visible')).toHaveText('Épuisé');
  await expect(page.getByText('Dimensions et entretien')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Va bien avec' })).toBeVisible();
  expect((await page.goto(`${shop.url}/apercu/forged`))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Cet aperçu n’est plus valable.',
  );
});

test('the README has pictures of the shop', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await mkdir(new URL('../../infra/screenshots/', import.meta.url), { recursive: true });
  for (const [path, name] of [
    ['/', 'accueil'],
    ['/produits/tasse-rivage', 'produit'],
  ] as const) {
    await page.goto(shop.url + path, { waitUntil: 'networkidle' });
    const picture = await sharp(await page.screenshot())
      .png({ palette: true, effort: 10 })
      .toBuffer();
    expect(picture.length).toBeLessThan(400_000);
    await writeFile(new URL(`../../infra/screenshots/${name}.png`, import.meta.url), picture);
  }
});
