import type { Page } from 'playwright/test';

/**
 * Orders a cup and a vase, 117,00 €, as a shopper does, up to the page where one pays. `site` is
 * the storefront's address.
 */
export async function orderTwoPieces(page: Page, site: string, email: string): Promise<void> {
  for (const slug of ['tasse-rivage', 'vase-canyon']) {
    await page.goto(`${site}/produits/${slug}`);
    await page
      .getByRole('button', { name: 'Ajouter au panier' })
      .and(page.locator(':visible'))
      .click();
  }
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Commander avec obligation de paiement' }).click();
}

/** {@link orderTwoPieces}, and pays on the simulated page, which leads back to the shop. */
export async function buyTwoPieces(page: Page, site: string, email: string): Promise<void> {
  await orderTwoPieces(page, site, email);
  await page.getByRole('button', { name: /^Payer 117,00/ }).click();
}
