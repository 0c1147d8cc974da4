import { join } from 'node:path';
import { loadEnv } from '@comptoir/env';

import { addressSigner } from './client/address-signer.ts';
import type { OpenCatalogue } from './client/open-catalogue.ts';
import { BUILT_IN_FILE, openCatalogue } from './client/open-catalogue.ts';
import { createOrdersApi } from './client/orders-api.ts';
import { mayPayAt, paymentSources } from './client/payment-sources.ts';
import type { ShopLocals } from './client/shop-locals.ts';
import { personalRoute } from './features/i18n/page-routes.ts';
import type { PersonalProps } from './features/personal-pages.ts';
import { answerPersonalPage } from './features/personal-pages.ts';
import { readCookies } from './http/cookie-header.ts';
import type { PageResponse } from './http/page-response.ts';
import type { ShopContext } from './http/shop-context.ts';

let opening: Promise<OpenCatalogue> | undefined;

/** The shop under `astro dev`: same source as in production, without the HTML cache. */
export async function developmentShop(): Promise<ShopLocals> {
  opening ??= open();
  return (await opening).shop();
}

async function open(): Promise<OpenCatalogue> {
  const env = loadEnv('storefront');
  return openCatalogue({
    apiUrl: env.apiUrl,
    siteUrl: env.publicSiteUrl,
    imageBase: env.publicImageBase,
    paymentSources: paymentSources(env.shopMode),
    dumpFile: join(env.dataDir, 'storefront', 'catalogue.json'),
    builtInFile: BUILT_IN_FILE,
    onTouched: () => undefined,
    log: (level, message) => console[level](message),
  });
}

/** What the server's personal pages would answer; null for every other page. */
export async function developmentResponse(
  request: Request,
  { catalogue, paymentSources: sources }: ShopLocals,
): Promise<PageResponse<PersonalProps> | null> {
  const url = new URL(request.url);
  const route = personalRoute(url.pathname);
  if (!route) return null;
  const env = loadEnv('storefront');
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const context: ShopContext = {
    orders: createOrdersApi(env.apiUrl, addressSigner(env.clientAddressSecret)),
    catalogue,
    locale: route.locale,
    mayPayAt: mayPayAt(sources),
  };
  const form = new URLSearchParams(method === 'POST' ? await request.text() : '');
  return answerPersonalPage(context, route, {
    method,
    cookies: readCookies(request.headers.get('cookie')),
    query: url.searchParams,
    form,
    clientAddress: '127.0.0.1',
  });
}
