import { type Browser, type BrowserContext, expect } from 'playwright/test';
import { testAdmin } from '@comptoir/harness';

/**
 * A browser that is logged in to the admin at `url`, by default as the manager; open pages in it.
 * One login a test file: Strapi refuses a sixth within five minutes.
 */
export async function loggedIn(
  browser: Browser,
  url: string,
  account: { email: string; password: string } = testAdmin,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'fr-FR',
  });
  const page = await context.newPage();
  await page.goto(`${url}/admin/auth/login`);
  await page.locator('input[name=email]').fill(account.email);
  await page.locator('input[name=password]').fill(account.password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByRole('heading', { name: /Bonjour/ })).toBeVisible();
  await page.close();
  return context;
}
