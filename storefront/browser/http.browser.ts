import { request as send } from 'node:http';
import { expect, test } from 'playwright/test';

import type { FixtureApi } from './fixture/fixture-api.ts';
import { startFixtureApi } from './fixture/fixture-api.ts';
import type { RunningStorefront } from './fixture/storefront.ts';
import { followed, freePort, knownData, startStorefront } from './fixture/storefront.ts';

let api: FixtureApi;
let shop: RunningStorefront;
test.beforeAll(async () => {
  api = await startFixtureApi();
  shop = await startStorefront(api.url);
  await followed(shop);
});
test.afterAll(async () => {
  await shop.stop();
  await api.stop();
});

/** Status of a path that is sent as it is: `fetch` would tidy it. */
function statusOf(path: string, method = 'GET'): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  send(shop.url, { path, method }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  })
    .once('error', reject)
    .end();
  return promise;
}

for (const [path, status] of [
  ['/produits/ah-001', 301],
  ['/produits/shore-mug', 301],
  ['/produits/', 301],
  ['/produits/nulle-part', 404],
  ['/en/nowhere', 404],
  ['/%00', 400],
  ['/%ff', 400],
  ['/..%2f..%2fetc/passwd', 404],
  ['//example.org/', 301],
  ['/\\/evil.example//x/', 400],
  [`/${'x'.repeat(3000)}`, 400],
  ['/__proto__', 404],
  ['/produits/__proto__', 404],
  ['/sitemap.xml', 200],
  ['/robots.txt', 200],
  ['/favicon.svg', 200],
  ['/favicon.ico', 301],
  ['/fr', 301],
  ['/fr/', 301],
  ['/_assets/none.css', 404],
] as const) {
  test(`GET ${path.slice(0, 40)} is ${status}`, async () =>
    expect(await statusOf(path)).toBe(status));
}
for (const [path, lang, title] of [
  ['/produits/%00', 'fr', 'Cette page n’est plus sur l’étagère.'],
  ['/en/products/%ff', 'en', 'This page has left the shelf.'],
] as const) {
  test(`a person who asks for ${path} gets a page, a program a line`, async () => {
    const answer = await fetch(shop.url + path, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(answer.status).toBe(400);
    const html = await answer.text();
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(title);
    expect(
      await (await fetch(shop.url + path, { headers: { accept: 'application/json' } })).text(),
    ).toBe('Adresse illisible. Bad address.\n');
  });
}
test('methods other than GET and HEAD are refused', async () => {
  expect(await statusOf('/', 'POST')).toBe(405);
  expect(await statusOf('/', 'HEAD')).toBe(200);
});

test('a page comes compressed with a strong tag, and the tag spares the next transfer', async () => {
  const first = await fetch(shop.url, { headers: { 'accept-encoding': 'br' } });
  const etag = first.headers.get('etag') ?? '';

  expect(first.headers.get('content-encoding')).toBe('br');
  expect(etag).toMatch(/^"[\w-]+-br"$/);
  expect(
    (await fetch(shop.url, { headers: { 'accept-encoding': 'br', 'if-none-match': etag } })).status,
  ).toBe(304);
  expect(
    (
      await fetch(`${shop.url}/?utm_source=x`, { headers: { 'accept-encoding': 'br' } })
    ).headers.get('x-cache'),
  ).toBe('hit');
});

test('every answer carries the security headers, the policy and a request id', async () => {
  const { headers } = await fetch(shop.url, { headers: { 'x-request-id': 'from-the-proxy' } });
  expect(headers.get('x-request-id')).toBe('from-the-proxy');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`img-src 'self' data: ${api.url}`);
  expect(policy).not.toContain('unsafe');
});

test('canonical and language links use the public address', async () => {
  const html = await (
    await fetch(`${shop.url}/en/products/shore-mug`, {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
  ).text();
  expect(html).toContain(`<link rel="canonical" href="${shop.url}/en/products/shore-mug">`);
  expect(html).toContain(`hreflang="fr" href="${shop.url}/produits/tasse-rivage"`);
  expect(html).not.toContain('evil.example');
});

test('metrics are on their own port only', async () => {
  expect(await (await fetch(shop.metricsUrl)).text()).toContain('storefront_catalogue_degraded');
  expect((await fetch(`${shop.url}/metrics`)).status).toBe(404);
});

test('with the API down, a cold start renders every page of the sitemap', async () => {
  const alone = await startStorefront(`http://127.0.0.1:${await freePort()}`, await knownData());
  const addresses = [
    ...(await (await fetch(`${alone.url}/sitemap.xml`)).text()).matchAll(/<loc>([^<]+)/g),
  ].map(([, address]) => address ?? '');
  expect(addresses).toHaveLength(34);
  for (const address of addresses) expect((await fetch(address)).status, address).toBe(200);
  await alone.stop();
});

test('with the pictures down, pages keep their shape and their words', async ({ page }) => {
  await page.route('**/api/images/**', (route) => route.abort());
  await page.goto(shop.url);
  const frame = await page.locator('.piece .frame').first().boundingBox();
  expect((frame?.height ?? 0) / (frame?.width ?? 1)).toBeCloseTo(1.25, 1);
  await expect(page.getByAltText(/Tasse en grès/)).toBeVisible();
});
