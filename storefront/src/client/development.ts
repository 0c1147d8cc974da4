import { join } from 'node:path';
import { loadEnv } from '@comptoir/env';
import { paymentSources } from './payment-sources.ts';
import { BUILT_IN_FILE, openCatalogue } from './open-catalogue.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import type { Shop } from './shop.ts';

let opening: Promise<OpenCatalogue> | undefined;

/** The shop under `astro dev`: same source as in production, without the HTML cache. */
export async function developmentShop(): Promise<Shop> {
  opening ??= open();
  return (await opening).shop();
}

async function open(): Promise<OpenCatalogue> {
  const env = loadEnv('storefront');
  return openCatalogue({
    apiUrl: env.apiUrl, siteUrl: env.publicSiteUrl, imageBase: env.publicImageBase, paymentSources: paymentSources(env.shopMode),
    dumpFile: join(env.dataDir, 'storefront', 'catalogue.json'), builtInFile: BUILT_IN_FILE,
    onTouched: () => undefined, log: (level, message) => console[level](message),
  });
}
