import { join } from 'node:path';
import { loadEnv } from '@comptoir/env';

import { answerVisit } from '../features/answer-visit.ts';
import { personalRoute } from '../features/i18n/routes.ts';
import { addressSigner } from './address-signer.ts';
import { readCookies } from './cookie-header.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { BUILT_IN_FILE, openCatalogue } from './open-catalogue.ts';
import { createOrdersApi } from './orders-api.ts';
import { mayPayAt, paymentSources } from './payment-sources.ts';
import type { Shop } from './shop.ts';
import type { Reply } from './visit.ts';

let opening: Promise<OpenCatalogue> | undefined;

/** The shop under `astro dev`: same source as in production, without the HTML cache. */
export async function developmentShop(): Promise<Shop> {
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
export async function developmentReply(
  request: Request,
  { catalogue, paymentSources: sources }: Shop,
): Promise<Reply | null> {
  const url = new URL(request.url);
  const route = personalRoute(url.pathname);
  if (!route) return null;
  const env = loadEnv('storefront');
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const counter = {
    orders: createOrdersApi(env.apiUrl, addressSigner(env.clientAddressSecret)),
    catalogue,
    locale: route.locale,
    mayPayAt: mayPayAt(sources),
  };
  const form = new URLSearchParams(method === 'POST' ? await request.text() : '');
  return answerVisit(counter, route, {
    method,
    cookies: readCookies(request.headers.get('cookie')),
    query: url.searchParams,
    form,
    client: '127.0.0.1',
  });
}
