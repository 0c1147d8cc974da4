import type { BrowserContext, Page } from 'playwright/test';

/**
 * Counts every press of a mouse button in this context's tabs, each tab for itself, from the next
 * page on.
 */
export const countClicks = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    window.addEventListener(
      'pointerdown',
      () => {
        sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks')) + 1));
      },
      true,
    );
  });

/** Clicks since this was last asked. */
export const clicks = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const count = Number(sessionStorage.getItem('clicks'));
    sessionStorage.removeItem('clicks');
    return count;
  });
