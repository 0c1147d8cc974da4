import { expect, test } from 'playwright/test';

import type { AstroHandler } from '../server/render-page.ts';
import { renderPage } from '../server/render-page.ts';
import { CatalogueReader } from '../src/client/catalogue-reader.ts';
import { fixtureEntries } from './fixture/fixture-entries.ts';

/** A reader that breaks in the middle of product pages. */
class BrokenReader extends CatalogueReader {
  override related(): never {
    throw new Error('broken on purpose');
  }
}

test('a page that breaks becomes the 500 page, in the shop’s own clothes', async () => {
  const entry = new URL('../dist/server/entry.mjs', import.meta.url).href;
  const { handler }: { handler: AstroHandler } = await import(entry);
  const snapshot = {
    version: 'fixture.1',
    source: 'database' as const,
    asOf: '2026-11-23T10:00:00Z',
    entries: fixtureEntries(),
  };
  const catalogue = new BrokenReader({ snapshot, formerSlugs: {}, formerNames: {} }, false);
  const shop = {
    catalogue,
    siteUrl: 'http://shop',
    imageBase: 'http://shop/api/images',
    paymentSources: [],
    preview: async () => ({ ok: false as const, reason: 'gone' as const }),
  };
  const page = await renderPage(handler, '/en/products/shore-mug', shop);

  expect(page.status).toBe(500);
  expect(page.body.toString()).toContain('A chip in the glaze.');
});
