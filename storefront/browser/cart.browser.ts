import type { Page } from 'playwright/test';
import { expect, test } from 'playwright/test';

import { MUG, openCart, ORDER, order, putCart } from './fixture/cart-steps.ts';
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
test.afterEach(() => {
  api.checkout.mode = 'open';
  api.checkout.stock.clear();
  api.checkout.closes = true;
});

const text = (page: Page) => page.locator('main');
const put = (page: Page, cart: string): Promise<void> => putCart(page, shop.url, cart);
const open = (page: Page, cart: string, path?: string): Promise<void> =>
  openCart(page, shop.url, cart, path);
/** Fields of the order form as a browser would post them. */
async function fields(page: Page, email = 'marie@exemple.fr'): Promise<Record<string, string>> {
  const value = (name: string): Promise<string> =>
    page.locator(`form.order input[name=${name}]`).inputValue();
  return {
    action: 'order',
    key: await value('key'),
    total: await value('total'),
    email,
    terms: 'on',
  };
}
const post = (
  page: Page,
  form: Record<string, string>,
  headers: Record<string, string> = { origin: shop.url },
) => page.request.post(`${shop.url}/panier`, { form, headers, maxRedirects: 0 });
for (const javaScriptEnabled of [true, false]) {
  test.describe(`with JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });

    test('a piece is added, changed, added to and removed', async ({ page }) => {
      await page.goto(`${shop.url}/produits/tasse-rivage`);
      await page
        .getByRole('button', { name: 'Ajouter au panier' })
        .and(page.locator(':visible'))
        .click();
      await expect(page).toHaveURL(`${shop.url}/panier`);
      await expect(page.locator('.cartline .sum')).toHaveText('28,00 €');
      await expect(page.locator('.sums .total dd')).toHaveText('32,90 €');
      await page.getByLabel('Quantité').fill('3');
      await page.getByRole('button', { name: 'Modifier' }).click();
      await expect(page.locator('.cartline .sum')).toHaveText('84,00 €');
      await expect(page.locator('.sums')).toContainText('offerte');
      await expect(page.locator('.bar [data-count]')).toHaveText(javaScriptEnabled ? ' (3)' : '');
      await page.goto(`${shop.url}/produits/bol-argile`);
      await page
        .getByRole('button', { name: 'Ajouter au panier' })
        .and(page.locator(':visible'))
        .click();
      await expect(page.locator('.cartline')).toHaveCount(2);
      await page.getByRole('button', { name: /Retirer.*Bol/ }).click();
      await expect(page.locator('.cartline')).toHaveCount(1);
      await page.getByRole('button', { name: /Retirer/ }).click();
      await expect(text(page)).toContainText('Il n’y a encore rien dedans.');
    });

    test('the country and a promotion code change the total; an unknown code says so at its field', async ({
      page,
    }) => {
      await open(page, `${MUG}*1`);
      await expect(text(page)).toContainText('Encore 52,00 € pour la livraison offerte.');
      await page.getByLabel('Pays de livraison').selectOption('BE');
      await page.getByRole('button', { name: 'Choisir', exact: true }).click();
      await expect(page.locator('.sums .total dd')).toHaveText('35,90 €');
      await page.getByLabel('Code promotionnel').fill('merci10');
      await page.getByRole('button', { name: 'Appliquer' }).click();
      await expect(page.locator('.sums')).toContainText('−2,80 €');
      await expect(page.locator('.sums .total dd')).toHaveText('33,10 €');
      await page.getByLabel('Code promotionnel').fill('pirate');
      await page.getByRole('button', { name: 'Appliquer' }).click();
      await expect(page.getByLabel('Code promotionnel')).toHaveValue('pirate');
      await expect(page.getByLabel('Code promotionnel')).toHaveAccessibleDescription(
        /Nous ne connaissons pas ce code/,
      );
      await page.getByLabel('Code promotionnel').fill('grand');
      await page.getByRole('button', { name: 'Appliquer' }).click();
      await expect(page.getByLabel('Code promotionnel')).toHaveAccessibleDescription(
        /à partir de 50,00.€ de pièces.*il manque 22,00.€/,
      );
      await page.getByRole('button', { name: 'Retirer le code' }).click();
      await expect(page.getByLabel('Code promotionnel')).toHaveValue('');
      await expect(page.getByRole('button', { name: 'Retirer le code' })).toHaveCount(0);
    });

    test('the way of sending is chosen where there are several, is said to be kept only once it is, and is the order’s', async ({
      page,
    }) => {
      await open(page, `${MUG}*1`);
      await expect(page.getByLabel(/^Colissimo 4,90.€ · 2 à 3 jours ouvrés/)).toBeChecked();
      await expect(page.getByText('Validez ce choix', { exact: false })).toHaveCSS(
        'position',
        'absolute',
      );
      await expect(
        page.getByRole('group', { name: 'Mode de livraison' }),
      ).toHaveAccessibleDescription(/Validez ce choix/);
      await page.getByLabel(/^Chronopost, express 14,90.€ · 1 jour ouvré/).check();
      await expect(page.getByText('Validez ce choix', { exact: false })).toHaveCSS(
        'position',
        'static',
      );
      await page.getByRole('button', { name: 'Choisir ce mode' }).click();
      await expect(page.getByLabel(/^Chronopost/)).toBeChecked();
      await expect(page.locator('.sums')).toContainText('Chronopost, express');
      await expect(page.locator('.sums .total dd')).toHaveText('42,90 €');
      await expect(text(page)).not.toContainText('pour la livraison offerte');
      await page.getByLabel('Pays de livraison').selectOption('BE');
      await page.getByRole('button', { name: 'Choisir', exact: true }).click();
      await expect(page.getByRole('radio')).toHaveCount(0);
      await expect(page.getByRole('alert')).toContainText('un autre est proposé');
      await expect(page.locator('.sums .total dd')).toHaveText('35,90 €');
      await page.getByLabel('Pays de livraison').selectOption('FR');
      await page.getByRole('button', { name: 'Choisir', exact: true }).click();
      await order(page);
      await expect(page).toHaveURL(/\/payer\/AH-/);
      expect(api.checkout.asked.at(-1)).toMatchObject({
        delivery: 'chronopost-express',
        expectedTotal: 4290,
      });
    });

    test('what is wrong comes back at its field with what was typed', async ({ page }) => {
      await open(page, `${MUG}*1`);
      await page.getByLabel('Adresse e-mail').fill('marie@exemple');
      await page.getByRole('button', { name: ORDER }).click();

      await expect(page.getByLabel('Adresse e-mail')).toHaveValue('marie@exemple');
      await expect(page.getByLabel('Adresse e-mail')).toHaveAccessibleDescription(
        /Une adresse complète/,
      );
      await expect(page.getByLabel('J’accepte les')).toHaveAccessibleDescription(/Cochez la case/);

      await page.getByLabel('Quantité').fill('100');
      await page.getByRole('button', { name: 'Modifier' }).click();

      await expect(page.getByLabel('Quantité')).toHaveValue('100');
      await expect(page.getByLabel('Quantité')).toHaveAccessibleDescription(/Un nombre de 0 à 99/);
    });

    test('an order leads to the payment, and after it the order’s page empties the cart', async ({
      page,
    }) => {
      await open(page, `${MUG}*2`);
      await order(page);
      await expect(page).toHaveURL(/\/payer\/AH-/);
      const number = page.url().slice(-11);
      expect(api.checkout.asked.at(-1)).toMatchObject({
        cart: { lines: [{ sku: MUG, quantity: 2 }] },
        country: 'FR',
        email: 'marie@exemple.fr',
        expectedTotal: 6090,
        termsAccepted: true,
      });
      const back = `${shop.url}/commande/${number}?token=token-of-${number}`;
      const waiting = await page.goto(`${back}&paye=1`);
      expect(waiting?.headers()['refresh']).toMatch(/^2; url=.*&paye=1&essai=1$/);
      await expect(text(page)).toContainText('Nous vérifions votre paiement.');
      api.checkout.become(number, { status: 'paid', paidAt: '2026-11-25T10:05:00Z' });
      const answer = await page.goto(`${back}&paye=1`);
      expect(answer?.headers()).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      expect(answer?.headers()['refresh']).toBeUndefined();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Merci, c’est payé.');
      await expect(page.locator('.sums .total dd')).toHaveText('60,90 €');
      expect((await page.context().cookies()).map(({ name }) => name)).toEqual([]);
    });

    test('another price is said, nothing is ordered, and the next confirmation is at the new total', async ({
      page,
    }) => {
      await open(page, `${MUG}*1`);
      const change = (amount: number): void =>
        api.change((entries) =>
          entries.map((entry) => {
            if (entry.kind === 'product' && entry.key === 'ah-001')
              for (const variant of entry.body.variants)
                if (variant.sku === MUG) Object.assign(variant.price, { amount });
            return entry;
          }),
        );
      change(3000);
      const before = api.checkout.orders.size;
      await order(page);

      await expect(page.getByRole('alert')).toContainText('a changé depuis l’affichage');
      await expect(page.locator('.sums .total dd')).toHaveText('34,90 €');
      await expect(page.getByLabel('Adresse e-mail')).toHaveValue('marie@exemple.fr');
      expect(api.checkout.orders.size).toBe(before);

      await order(page);

      await expect(page).toHaveURL(/\/payer\/AH-/);

      change(2800);
    });
  });
}

test('a tab closed after the payment: the next look at the cart finds it empty, but for what was added meanwhile', async ({
  page,
}) => {
  await open(page, `${MUG}*2`);
  await order(page);
  await expect(page).toHaveURL(/\/payer\//);
  api.checkout.become(page.url().slice(-11), { status: 'paid', paidAt: '2026-11-25T10:05:00Z' });
  await open(page, `${MUG}*3.ah-002-1*1`);
  await expect(page.getByLabel('Quantité')).toHaveCount(2);
  await expect(page.getByLabel('Quantité').first()).toHaveValue('1');
});

test('a double click is one order with one key, and both answers lead to the same payment', async ({
  page,
}) => {
  await open(page, `${MUG}*1`);
  const form = await fields(page);
  const before = api.checkout.orders.size;
  const answers = await Promise.all([post(page, form), post(page, form)]);

  expect(answers.map((answer) => answer.status())).toEqual([303, 303]);
  expect(new Set(answers.map((answer) => answer.headers()['location'])).size).toBe(1);
  expect(
    new Set(api.checkout.asked.slice(-2).map(({ idempotencyKey }) => idempotencyKey)).size,
  ).toBe(1);
  expect(api.checkout.orders.size).toBe(before + 1);
});

test('after Cancel the cart is kept, and the new attempt names the order it replaces, though that one holds the last piece', async ({
  page,
}) => {
  api.checkout.stock.set(MUG, 1);
  await open(page, `${MUG}*1`);
  await order(page);
  await expect(page).toHaveURL(/\/payer\//);
  const number = page.url().slice(-11);
  api.checkout.stock.set(MUG, 0);
  await page.goto(`${shop.url}/panier`);
  await expect(text(page)).toContainText(`retenue par votre commande ${number}`);
  await order(page);
  expect(api.checkout.asked.at(-1)?.previous).toEqual({ number, token: `token-of-${number}` });
  await expect(text(page)).toContainText('Cette pièce n’est plus disponible pour l’instant');
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(0);
});

test('an order that cannot be closed yet is not forgotten: the cart goes on saying that it holds the piece', async ({
  page,
}) => {
  api.checkout.stock.set(MUG, 1);
  await open(page, `${MUG}*1`);
  await order(page);
  const number = page.url().slice(-11);
  api.checkout.stock.set(MUG, 0);
  api.checkout.closes = false;
  await page.goto(`${shop.url}/panier`);
  await order(page);

  await expect(text(page)).toContainText(`retenue par votre commande ${number}`);
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(1);
});

test('a form that shows another tab’s old cart orders nothing', async ({ page }) => {
  await open(page, `${MUG}*1`);
  const form = await fields(page);
  await put(page, `${MUG}*2`);
  const asked = api.checkout.asked.length;
  expect((await post(page, form)).status()).toBe(409);
  expect(api.checkout.asked).toHaveLength(asked);
});

test('no answer keeps the key, so that a second confirmation is the same order', async ({
  page,
}) => {
  await open(page, `${MUG}*1`);
  const form = await fields(page);
  api.checkout.mode = 'down';
  const answer = await post(page, form);
  expect(answer.status()).toBe(503);
  const said = await answer.text();
  expect(said).toContain('La caisse n’a pas répondu à temps');
  for (const kept of [form['key'], form['total'], form['email']])
    expect(said).toContain(`value="${kept}"`);
  api.checkout.mode = 'open';
  expect((await post(page, form)).status()).toBe(303);
});

test('an order without an answer nor a summary has no order button, but a retry that is the same order', async ({
  page,
}) => {
  await open(page, `${MUG}*2`);
  const { key, total } = await fields(page);
  api.checkout.mode = 'down';
  await order(page);

  await expect(text(page)).toContainText(
    'Votre commande de 60,90 €, pour marie@exemple.fr, est peut-être déjà enregistrée.',
  );
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(0);
  await expect(text(page)).not.toContainText('La caisse est fermée.');

  api.checkout.mode = 'open';
  await page.getByRole('button', { name: 'Réessayer' }).click();

  await expect(page).toHaveURL(/\/payer\/AH-/);
  expect(api.checkout.asked.at(-1)).toMatchObject({
    idempotencyKey: key,
    expectedTotal: Number(total),
    email: 'marie@exemple.fr',
  });
});

test('a cart of more pieces than one order may have says how many may', async ({ page }) => {
  await open(page, `${MUG}*99.ah-002-1*22`);
  await expect(text(page)).toContainText(
    'Une commande peut compter 120 pièces au plus, et ce panier en a 121.',
  );
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(0);
});

test('a closed checkout keeps the cart and says so; one that does not answer, or is only opening, says that and is tried again', async ({
  page,
}) => {
  api.checkout.mode = 'closed';
  await open(page, `${MUG}*1`);
  await expect(text(page)).toContainText('La caisse est fermée.');
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(0);
  api.checkout.mode = 'down';
  await page.reload();
  await expect(page.locator('.cartline')).toContainText('Tasse Rivage');
  await expect(text(page)).toContainText('La caisse ne répond pas pour l’instant.');
  await expect(text(page)).not.toContainText('La caisse est fermée.');
  await page.goto(`${shop.url}/en/cart`);
  await expect(text(page)).toContainText('The till cannot be reached right now.');
  await page.goBack();
  api.checkout.mode = 'open';
  await page.getByRole('link', { name: 'Réessayer' }).click();
  await expect(page.getByRole('button', { name: ORDER })).toHaveCount(1);
});

test('forms of other sites, forms that are too long and other bodies are refused', async ({
  page,
}) => {
  const form = { action: 'add', sku: MUG, quantity: '1' };

  expect((await post(page, form, { origin: 'https://evil.example' })).status()).toBe(403);
  expect(
    (await post(page, form, { origin: shop.url, 'sec-fetch-site': 'cross-site' })).status(),
  ).toBe(403);
  expect((await post(page, form, {})).status()).toBe(403);
  expect((await post(page, { ...form, more: 'x'.repeat(70_000) })).status()).toBe(413);
  expect(
    (
      await page.request.post(`${shop.url}/panier`, { data: form, headers: { origin: shop.url } })
    ).status(),
  ).toBe(415);
  expect((await page.request.fetch(`${shop.url}/panier`, { method: 'PUT' })).status()).toBe(405);
  expect((await post(page, form)).status()).toBe(303);
});

test('pages that are kept are the same to the byte with and without cookies, and set none', async ({
  page,
}) => {
  const cookie = `panier=${MUG}*2; panier_n=2; commande=AH-7K3M9QXT~x`;
  for (const path of ['/', '/produits', '/en/products', '/produits/tasse-rivage']) {
    const [plain, known] = await Promise.all([
      fetch(shop.url + path),
      fetch(shop.url + path, { headers: { cookie } }),
    ]);
    expect(known.headers.get('set-cookie'), path).toBeNull();
    expect(await known.text(), path).toBe(await plain.text());
  }
  const cart = await fetch(`${shop.url}/panier`, { headers: { cookie } });

  expect([
    cart.headers.get('cache-control'),
    cart.headers.get('etag'),
    cart.headers.get('x-cache'),
  ]).toEqual(['no-store', null, null]);

  await open(page, `${MUG}*1`);

  expect(api.checkout.clients.at(-1)).toMatch(/^127\.0\.0\.1;\d{10};[\w-]{43}$/);
});
