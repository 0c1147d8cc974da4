import type { Page } from 'playwright/test';
import { expect, test } from 'playwright/test';

import { isClean, MUG, openCart, order, orderMug } from './fixture/cart-steps.ts';
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
});

const text = (page: Page) => page.locator('main');
const pageOf = (number: string, end = ''): string =>
  `${shop.url}/commande/${number}?token=token-of-${number}${end}`;

test('back from a payment that the checkout cannot be asked about: the page says not to pay again, and looks again by itself', async ({
  page,
}) => {
  const number = await orderMug(page, shop.url);
  api.checkout.mode = 'down';
  const answer = await page.goto(pageOf(number, '&paye=1'));

  expect([answer?.status(), answer?.headers()['refresh']]).toEqual([
    503,
    `2; url=/commande/${number}?token=token-of-${number}&paye=1&essai=1`,
  ]);
  await expect(text(page)).toContainText(`Commande ${number}`);
  await expect(text(page)).toContainText('ne payez pas une seconde fois');

  api.checkout.become(number, { status: 'paid', paidAt: '2026-11-25T10:05:00Z' });
  api.checkout.mode = 'open';

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Merci, c’est payé.');
});

test('a payment page that is late: the order’s page waits, then goes on to it', async ({
  page,
}) => {
  api.checkout.mode = 'waiting';
  await openCart(page, shop.url, `${MUG}*1`);
  await order(page);

  await expect(page).toHaveURL(/\/commande\/AH-.*&attente=1/);
  await expect(text(page)).toContainText('Nous préparons la page de paiement.');

  const number = /AH-\w{8}/.exec(page.url())?.[0] ?? '';
  api.checkout.become(number, { paymentUrl: `${api.url}/payer/${number}` });

  await expect(page).toHaveURL(`${api.url}/payer/${number}`);
  expect(
    (await page.request.get(pageOf(number, '&paye=1&essai=14'))).headers()['refresh'],
  ).toBeUndefined();
});

test('a test order does not promise to prepare or send what it says will not be sent', async ({
  page,
}) => {
  const number = await orderMug(page, shop.url);
  for (const [status, promise] of [
    ['paid', 'Nous préparons vos pièces'],
    ['shipped', 'Vos pièces sont en route'],
  ] as const) {
    api.checkout.become(number, { status, paidAt: '2026-11-25T10:05:00Z', testMode: true });
    await page.goto(pageOf(number));
    await expect(text(page)).toContainText('rien ne sera envoyé');
    await expect(text(page)).not.toContainText(promise, { timeout: 2000 });
  }
});

test('a payment that takes days is not said to take seconds, and the page sends no buyer to pay again', async ({
  page,
}) => {
  const number = await orderMug(page, shop.url);
  for (const end of ['&paye=1', '&paye=1&essai=14']) {
    await page.goto(pageOf(number, end));
    await expect(text(page)).toContainText('quelques jours');
    await expect(text(page)).toContainText('Inutile de payer encore');
  }
});

test('an order that is over leads back to the cart that is still full, and to the shop', async ({
  page,
}) => {
  const number = await orderMug(page, shop.url);
  api.checkout.become(number, { status: 'expired' });
  await page.goto(pageOf(number));
  await expect(text(page).getByRole('link', { name: 'Voir les pièces' })).toHaveAttribute(
    'href',
    '/produits',
  );
  await text(page).getByRole('link', { name: 'Retrouver mon panier' }).click();
  await expect(page.getByLabel('Quantité')).toHaveValue('1');
  await page.context().clearCookies();
  await page.goto(pageOf(number));
  await expect(page.getByRole('link', { name: 'Retrouver mon panier' })).toHaveCount(0);
});

test('a paid order prints as a receipt: number, date, lines, VAT and seller, without what belongs to the screen', async ({
  page,
}) => {
  const number = await orderMug(page, shop.url);
  await page.goto(pageOf(number));

  await expect(page.getByRole('button', { name: 'Imprimer' })).toHaveCount(0);

  api.checkout.become(number, { status: 'paid', paidAt: '2026-11-25T10:05:00Z' });
  await page.goto(pageOf(number));
  await page.evaluate(() => {
    window.print = () => {
      document.title = 'printed';
    };
  });
  await page.getByRole('button', { name: 'Imprimer' }).click();

  await expect(page).toHaveTitle('printed');

  await page.emulateMedia({ media: 'print' });
  for (const shown of [
    `Commande ${number}`,
    'Passée le 25 novembre 2026',
    'Payé le 25 novembre 2026',
    'Tasse Rivage',
    'dont TVA 20',
    'Atelier Huit SARL',
    '8 rue du Four',
    'bonjour@atelier-huit.example',
  ]) {
    await expect(text(page).getByText(shown, { exact: false }).first()).toBeVisible();
  }
  for (const hidden of ['nav', 'footer', 'button', '.skip', '.screen'])
    for (const one of await page.locator(hidden).all()) await expect(one).toBeHidden();
});

test('a wrong link is a 404 that offers to send the right one, and tells nothing', async ({
  page,
}) => {
  expect((await page.goto(`${shop.url}/commande/AH-7K3M9QXT?token=wrong`))?.status()).toBe(404);

  await page.getByLabel('Adresse e-mail').fill('marie@');
  await page.getByRole('button', { name: 'M’envoyer le lien' }).click();

  await expect(page.getByLabel('Adresse e-mail')).toHaveAccessibleDescription(
    /Une adresse complète/,
  );
  await expect(page.getByLabel('Adresse e-mail')).toHaveValue('marie@');

  await page.getByLabel('Adresse e-mail').fill('marie@exemple.fr');
  await page.getByRole('button', { name: 'M’envoyer le lien' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Regardez vos e-mails.');
  await expect(text(page)).toContainText('Si une commande correspond');
  expect(api.checkout.links.at(-1)).toEqual({ email: 'marie@exemple.fr', number: 'AH-7K3M9QXT' });
});

test('from the footer, one asks for one’s links; a number that cannot be one is left out, and reloading sends nothing again', async ({
  page,
}) => {
  await page.goto(`${shop.url}/en`);
  await page.getByRole('link', { name: 'Follow my order' }).click();
  await expect(page).toHaveURL(`${shop.url}/en/order`);
  await page.getByLabel('E-mail address').fill('marie@exemple.fr');
  await page.getByLabel('Order number (optional)').fill('no. 1234');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail.');
  expect(api.checkout.links.at(-1)).toEqual({ email: 'marie@exemple.fr' });
  const sent = api.checkout.links.length;
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your mail.');
  expect(api.checkout.links).toHaveLength(sent);
  await page.goto(`${shop.url}/commande/nothing`);
  await expect(page.getByLabel('Numéro de commande (facultatif)')).toHaveValue('');
});

test('a number in small letters is that number; too many links are a 429 that says when to come back, a silent checkout a 503', async ({
  page,
}) => {
  const ask = (number: string) =>
    page.request.post(`${shop.url}/commande`, {
      form: { email: 'marie@exemple.fr', number },
      headers: { origin: shop.url },
      maxRedirects: 0,
    });
  expect((await ask(' ah-7k3m9qxt ')).headers()['location']).toBe('/commande?envoi=1');
  expect(api.checkout.links.at(-1)).toEqual({ email: 'marie@exemple.fr', number: 'AH-7K3M9QXT' });
  api.checkout.mode = 'busy';
  const busy = await ask('');
  expect([busy.status(), busy.headers()['retry-after']]).toEqual([429, '300']);
  expect(await busy.text()).toContain('Vous avez demandé plusieurs liens coup sur coup.');
  api.checkout.mode = 'down';
  expect((await ask('')).status()).toBe(503);
});

test('the pages that ask for a link pass axe at 320 pixels, and no search engine keeps them', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 320, height: 640 });
  for (const [path, status] of [
    ['/commande', 200],
    ['/en/order', 200],
    ['/commande?envoi=1', 200],
    ['/en/order/nothing', 404],
  ] as const) {
    const answer = await page.goto(shop.url + path);
    expect([answer?.status(), answer?.headers()['x-robots-tag']]).toEqual([
      status,
      'noindex, nofollow',
    ]);
    await isClean(page);
  }

  expect(await (await fetch(`${shop.url}/sitemap.xml`)).text()).not.toMatch(/commande|order/);
});

test('cart and order pages fit 320 pixels, pass axe and keep to their policy, in both languages', async ({
  page,
}) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) problems.push(message.text());
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 320, height: 640 });
  api.checkout.stock.set(MUG, 1);
  for (const cart of [`${MUG}*2.ah-002-1*1.ah-gone*1`, 'ah-003-6*1.ah-002-1*1', ''])
    for (const path of ['/panier', '/en/cart']) {
      await openCart(page, shop.url, cart, path);
      await isClean(page);
    }
  await openCart(page, shop.url, 'ah-002-1*1');
  await order(page, 'marie@');
  await isClean(page);
  await order(page);
  const number = page.url().slice(-11);
  for (const path of [`/commande/${number}`, `/en/order/${number}`])
    for (const end of ['', '&paye=1&essai=14']) {
      await page.goto(`${shop.url}${path}?token=token-of-${number}${end}`);
      await isClean(page);
    }
  await page.goto(`${shop.url}/en/order/${number}?token=wrong`);
  await isClean(page);

  expect(problems).toEqual([]);
});
