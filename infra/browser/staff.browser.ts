import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import { type Browser, type BrowserContext, expect, type Page, test } from 'playwright/test';
import { z } from 'zod';
import { freePort, startShop, testAdmin } from '@comptoir/harness';
import { startSimulator } from '@comptoir/stripe-simulator';

import { loggedIn } from '../../cms/staff/admin-browser.fixture.ts';
import { hire, login, PASSWORD } from '../../cms/staff/client.fixture.ts';
import { clicks, countClicks } from './clicks.fixture.ts';
import { buyTwoPieces } from './two-pieces.fixture.ts';

/**
 * Staff's day with a real order: paid on the simulator, seen, prepared, sent and partly refunded in
 * the admin.
 */
const KEY = `sk_test_${'k'.repeat(24)}`;
const SECRET = `whsec_${'s'.repeat(24)}`;
const EMAIL = 'marie@example.test';
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let shop: Awaited<ReturnType<typeof startShop>>;
let database: pg.Client;
let context: BrowserContext;
let page: Page;
let number = '';

const rows = async (sql: string): Promise<unknown[]> => (await database.query(sql)).rows;

async function buy(browser: Browser): Promise<string> {
  const shopper = await browser.newPage({ locale: 'fr-FR' });
  await buyTwoPieces(shopper, shop.storefront.url, EMAIL);
  await shopper.waitForURL(/\/commande\/AH-/);
  const [, found = ''] = /\/commande\/(AH-\w{8})/.exec(shopper.url()) ?? [];
  await shopper.close();
  await expect
    .poll(() => rows(`select status from orders where number = '${found}'`))
    .toEqual([{ status: 'paid' }]);
  return found;
}

test.beforeAll(async ({ browser }) => {
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
  number = await buy(browser);
  context = await loggedIn(browser, shop.api.url);
  await countClicks(context);
});
test.afterAll(async () => {
  await context?.close();
  await database?.end();
  await shop?.stop();
  await simulator?.close();
});
test.beforeEach(async () => {
  page = await context.newPage();
});
test.afterEach(() => page.close());

const enter = (path: string): Promise<unknown> => page.goto(`${shop.api.url}/admin${path}`);
const widget = (title: string) =>
  page.locator('[data-strapi-widget-id]').filter({ hasText: title });
const inbox = async (): Promise<string> => (await fetch(`${shop.api.url}/api/courrier`)).text();
/** Pixels by which the page hangs over its right edge, in whichever of its frames scrolls. */
const overhang = (): Promise<number> =>
  page.evaluate(() => {
    let worst = 0;
    for (let box = document.querySelector('main'); box; box = box.parentElement)
      worst = Math.max(worst, box.scrollWidth - box.clientWidth);
    return worst;
  });

test('on a phone, all that can be done with a new order stands in two rows', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await enter(`/plugins/commerce/orders/${number}`);
  const actions = ['Préparer', 'Expédier', 'Rembourser', 'Annuler'].map((name) =>
    page.getByRole('button', { name, exact: true }),
  );
  const tops: (number | undefined)[] = [];
  for (const action of [...actions, page.getByRole('link', { name: 'Bon de préparation' })])
    tops.push((await action.boundingBox())?.y);
  expect(tops).toHaveLength(5);
  expect(new Set(tops).size).toBe(2);
});

test('from the home page, two clicks prepare an order and two more send it', async () => {
  await enter('/');
  await expect(widget('Aujourd’hui')).toContainText('1 commande d’essai, non comptée');
  await widget('À préparer').getByRole('link', { name: '1', exact: true }).click();
  const row = page.getByRole('row', { name: new RegExp(number) });
  await expect(row).toContainText(/Payée.*Essai/);
  await row.getByRole('button', { name: `Préparer ${number}` }).click();
  await expect(row).toContainText('En préparation');
  expect(await clicks(page)).toBe(2);
  await row.getByRole('button', { name: `Expédier ${number}` }).click();
  await expect(page.getByRole('combobox', { name: 'Transporteur' })).toContainText('Colissimo');
  await page.getByLabel('Numéro de suivi').fill('6A12345678901');
  await page.getByRole('button', { name: 'Expédier et prévenir' }).click();
  await expect(page.getByText('Rien à traiter')).toBeVisible();
  expect(await clicks(page)).toBe(2);
  expect(
    await rows(`select status, tracking_number from orders where number = '${number}'`),
  ).toEqual([{ status: 'shipped', tracking_number: '6A12345678901' }]);
});

test('found by e-mail, one of its lines is refunded and goes back on the shelf', async () => {
  const shelf = async (): Promise<unknown[]> =>
    rows(`select on_hand from stock_levels where sku = 'ah-004'`);
  const [before] = (await shelf()) as { on_hand: number }[];
  await enter('/plugins/commerce/orders?filter=all');
  await page
    .getByRole('searchbox')
    .or(page.getByPlaceholder('Numéro, e-mail ou nom'))
    .first()
    .fill('MARIE@');
  await expect(page).toHaveURL(/search=MARIE/);
  await page.getByRole('link', { name: number }).click();
  await expect(page.getByText('Colissimo · 6A12345678901')).toBeVisible();
  await expect(page.getByText('Colissimo, à domicile')).toBeVisible();
  await clicks(page);
  await page.getByRole('button', { name: 'Rembourser' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /Vase Canyon/ }).click();
  await dialog.getByLabel('Autre montant').fill('999');
  await expect(dialog.getByText(/Il ne reste que 117,00/)).toBeVisible();
  await dialog.getByLabel('Autre montant').fill('');
  // A parcel that has left comes back with one click more.
  await dialog.getByRole('checkbox', { name: /Remettre/ }).click();
  await dialog.getByRole('button', { name: /^Rembourser \d+,00/ }).click();
  await expect(dialog).toHaveCount(0);
  expect(await clicks(page)).toBe(3 + 1);
  await expect(page.getByText('1 remboursée')).toBeVisible();
  await expect.poll(shelf).toEqual([{ on_hand: (before?.on_hand ?? 0) + 1 }]);
  await expect
    .poll(() => rows(`select count(*)::int from refunds where order_number = '${number}'`))
    .toEqual([{ count: 1 }]);
  await expect.poll(inbox).toContain('Remboursement de votre commande');
  expect(await inbox()).toContain('est partie');
});

test('its page tells the whole story, and sends a mail again', async () => {
  await enter(`/plugins/commerce/orders/${number}`);
  const history = page.getByRole('region', { name: 'Historique' });
  for (const told of [
    'Paiement reçu',
    'Préparation commencée',
    'Colis expédié',
    'E-mail : Avis d’expédition',
    'Remboursement enregistré',
  ])
    await expect(history.getByText(told, { exact: false }).first()).toBeVisible();
  await page.screenshot({
    path: fileURLToPath(new URL('../screenshots/commande.png', import.meta.url)),
  });
  const mails = (): Promise<unknown[]> =>
    rows(`select count(*)::int from mail_outbox where kind = 'order-shipped'`);
  expect(await mails()).toEqual([{ count: 1 }]);
  await history.getByRole('button', { name: /Renvoyer : E-mail : Avis d’expédition/ }).click();
  await expect.poll(mails).toEqual([{ count: 2 }]);
  expect(
    await rows(
      `select distinct data ->> 'trackingUrl' as url from mail_outbox where kind = 'order-shipped'`,
    ),
  ).toEqual([{ url: 'https://www.laposte.fr/outils/suivre-vos-envois?code=6A12345678901' }]);
});

test('the packing slip is one sheet without prices or menus', async () => {
  await enter(`/plugins/commerce/orders/${number}/slip`);
  const slip = page.locator('.comptoir-slip article');
  await expect(slip).toContainText(number);
  await expect(slip).toContainText('Atelier Huit');
  await expect(slip.getByRole('row', { name: /ah-001-1/ })).toBeVisible();
  await expect(slip.getByRole('row', { name: /ah-004/ })).toHaveCount(0);
  await expect(slip).toContainText('Colissimo, à domicile');
  await expect(slip).not.toContainText('€');
  await expect(slip).toContainText('Commande d’essai : ne rien envoyer');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Imprimer' })).toBeHidden();
  const pages = (await page.pdf({ preferCSSPageSize: true }))
    .toString('latin1')
    .match(/\/Type\s*\/Page\b/g);
  expect(pages).toHaveLength(1);
});

test('an unknown number says so; a refused action keeps its dialog', async () => {
  await enter('/plugins/commerce/orders/AH-00000000');
  await expect(page.getByRole('heading', { name: 'Commande introuvable' })).toBeVisible();
  await enter(`/plugins/commerce/orders/${number}`);
  await page.getByRole('button', { name: 'Corriger le suivi' }).click();
  await page.getByLabel('Numéro de suivi').fill('6A99');
  await page.route('**/shipment', (route) =>
    route.fulfill({
      status: 409,
      json: {
        data: null,
        error: {
          status: 409,
          name: 'ConflictError',
          message: 'Le transporteur ne répond pas.',
          details: {},
        },
      },
    }),
  );
  await page.getByRole('button', { name: 'Corriger et prévenir' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'Le transporteur ne répond pas.',
  );
  await expect(page.getByLabel('Numéro de suivi')).toHaveValue('6A99');
});

test('a promotion code is made, refused beside its field, changed and removed', async () => {
  await enter('/plugins/commerce/promotions');
  await page.getByRole('button', { name: 'Nouveau code' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Code').fill('bienvenue');
  await dialog.getByLabel('Remise').fill('101');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(dialog.getByText('entre 0,01 % et 100 %')).toBeVisible();
  await dialog.getByLabel('Remise').fill('12,5');
  await clicks(page);
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  const row = page.getByRole('row', { name: /BIENVENUE/ });
  await expect(row).toContainText(/−12,5\s%.*Actif/);
  // With the click that opened the dialog.
  expect(1 + (await clicks(page))).toBe(2);
  await row.getByRole('button', { name: 'Modifier BIENVENUE' }).click();
  await dialog.getByLabel('Utilisations au plus').fill('3');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(row).toContainText('0 / 3');
  await row.getByRole('button', { name: 'Supprimer BIENVENUE' }).click();
  await dialog.getByRole('button', { name: 'Supprimer', exact: true }).click();
  await expect(row).toHaveCount(0);
});

test('a stock’s threshold is changed, its history tells of the order', async () => {
  await enter('/plugins/commerce/stock');
  await page.getByRole('button', { name: /Changer le seuil de ah-004,/ }).click();
  await page.getByLabel('Seuil de stock bas').fill('500');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('button', { name: 'Changer le seuil de ah-004, 500' })).toBeVisible();
  expect(await clicks(page)).toBe(2);
  await page.getByRole('checkbox', { name: 'Stock bas seulement' }).click();
  await expect(page.getByRole('row', { name: /ah-004/ })).toContainText('Bientôt épuisé');
  await page.getByRole('button', { name: 'Historique de ah-004' }).click();
  await expect(page.getByRole('dialog').getByRole('link', { name: number }).first()).toBeVisible();
  await enter('/');
  await expect(widget('Stock bas')).toContainText(/Vase Canyon.*Bientôt épuisé/);
});

test('a change tells what it leaves and asks why pieces go; a count makes the stock what was counted', async () => {
  const shelf = (): Promise<unknown[]> =>
    rows(`select on_hand, reserved from stock_levels where sku = 'ah-005'`);
  const [{ on_hand: onHand }] = (await shelf()) as [{ on_hand: number }];
  await enter('/plugins/commerce/stock');
  await page.getByRole('button', { name: 'Ajuster le stock de ah-005' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Variation').fill('-1');
  await expect(dialog.getByText(`En stock : ${onHand} → ${onHand - 1}`)).toBeVisible();
  await expect(dialog.getByText('Choisissez un motif')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Enregistrer' })).toBeDisabled();
  await dialog.getByLabel('Variation').fill('1');
  await expect(dialog.getByText('Arrivage')).toBeVisible();
  await dialog.getByRole('radio', { name: /Inventaire/ }).click();
  await dialog.getByLabel('Pièces comptées').fill(String(onHand - 2));
  await clicks(page);
  await expect(dialog.getByText(`En stock : ${onHand} → ${onHand - 2}`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(dialog).toHaveCount(0);
  // With those that opened the dialog and chose to count.
  expect(2 + (await clicks(page))).toBe(3);
  expect(await shelf()).toEqual([{ on_hand: onHand - 2, reserved: 0 }]);
  expect(
    await rows(`select reason from stock_movements where sku = 'ah-005' order by id desc limit 1`),
  ).toEqual([{ reason: `Inventaire : ${onHand - 2} en main` }]);
});

for (const [name, path] of [
  ['list', '/plugins/commerce/orders?filter=all'],
  ['order', ''],
  ['stock', '/plugins/commerce/stock'],
  ['promotions', '/plugins/commerce/promotions'],
] as const) {
  test(`the ${name} page fits a phone and is read aloud without faults`, async () => {
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await enter(path || `/plugins/commerce/orders/${number}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect.poll(overhang).toBe(0);
      const { violations } = await new AxeBuilder({ page })
        .include('main')
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        ),
      ).toEqual([]);
    }
  });
}

test('who may not see orders finds no trace of them', async ({ browser }) => {
  const manager = await login(shop.api.url, testAdmin.email, testAdmin.password);
  await hire(shop.api.url, manager, 'comptoir-catalogue');
  const theirs = await loggedIn(browser, shop.api.url, {
    email: 'comptoir-catalogue@atelier-huit.test',
    password: PASSWORD,
  });
  const home = await theirs.newPage();
  await home.goto(`${shop.api.url}/admin`);
  await expect(home.getByRole('heading', { name: 'Stock bas' })).toBeVisible();
  for (const title of [
    'Aujourd’hui',
    'À préparer',
    'À vérifier',
    'Commandes',
    'Codes promotionnels',
  ])
    await expect(home.getByText(title, { exact: true })).toHaveCount(0);
  await theirs.close();
});

test('who prepares parcels is told of no revenue and offered no refund', async ({ browser }) => {
  const manager = await login(shop.api.url, testAdmin.email, testAdmin.password);
  await hire(shop.api.url, manager, 'comptoir-preparation');
  const theirs = await loggedIn(browser, shop.api.url, {
    email: 'comptoir-preparation@atelier-huit.test',
    password: PASSWORD,
  });
  const home = await theirs.newPage();
  await home.goto(`${shop.api.url}/admin`);
  const today = home.locator('[data-strapi-widget-id]').filter({ hasText: 'Aujourd’hui' });
  await expect(today).toContainText('commande payée');
  await expect(today).not.toContainText('€');
  await expect(home.getByText('Préparer, expédier', { exact: true })).toBeVisible();
  await home.goto(`${shop.api.url}/admin/plugins/commerce/orders/${number}`);
  await expect(home.getByRole('link', { name: 'Bon de préparation' })).toBeVisible();
  await expect(home.getByRole('button', { name: 'Rembourser' })).toHaveCount(0);
  await theirs.close();
});

test('a disputed order stands on the home page; a message of Stripe that was given up is played again with one click', async ({
  browser,
}) => {
  const disputed = await buy(browser);
  const [paid] = z
    .array(z.object({ intent: z.string() }))
    .length(1)
    .parse(
      await rows(
        `select stripe_payment_intent as intent from payments where order_number = '${disputed}'`,
      ),
    );
  await fetch(`${simulator.url}/_simulator/dispute/${paid?.intent ?? ''}`, { method: 'POST' });
  await expect
    .poll(() => rows(`select status from orders where number = '${disputed}'`))
    .toEqual([{ status: 'needs_review' }]);
  await enter('/');
  await expect(widget('À vérifier')).toContainText(/1.*commande attend votre avis/);
  const told = (): Promise<unknown[]> =>
    rows(`select state, last_error from webhook_inbox where type = 'charge.dispute.created'`);
  await expect.poll(told).toEqual([{ state: 'done', last_error: null }]);
  await database.query(
    `update webhook_inbox set state = 'dead', last_error = 'Stripe ne répondait pas' where type = 'charge.dispute.created'`,
  );
  await widget('À vérifier').getByRole('link', { name: disputed }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(disputed);
  await clicks(page);
  await page
    .getByRole('region', { name: 'Historique' })
    .getByRole('button', { name: 'Rejouer : Stripe : charge.dispute.created' })
    .click();
  await expect.poll(told).toEqual([{ state: 'done', last_error: null }]);
  expect(await clicks(page)).toBe(1);
  expect(
    await rows(
      `select count(*)::int from disputes where order_number = '${disputed}' and entry = 'opened'`,
    ),
  ).toEqual([{ count: 1 }]);
});
