import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { leavesOf, mergeView } from './merge-view.ts';
import { PRODUCT_VIEWS } from './product-views.ts';
import { SHOP_VIEWS } from './shop-views.ts';
import { STOCK_VIEWS } from './stock-views.ts';
import type { Configuration, View } from './view-types.ts';

/** The Content Manager's services for content types and for components: same shape. */
interface ViewService {
  findConfiguration(model: { uid: string }): Promise<Configuration>;
  updateConfiguration(model: { uid: string }, configuration: Configuration): Promise<unknown>;
}

const leavesSchema = z.record(z.string(), z.unknown());

async function applyView(strapi: Core.Strapi, service: ViewService, view: View): Promise<void> {
  const store = strapi.store({ type: 'plugin', name: 'catalogue' });
  const key = `view_${view.uid}`;
  const last = leavesSchema.parse((await store.get({ key })) ?? {});
  const wanted = leavesOf(view);
  const { settings, metadatas, layouts } = mergeView(
    await service.findConfiguration({ uid: view.uid }),
    wanted,
    last,
  );
  await service.updateConfiguration({ uid: view.uid }, { settings, metadatas, layouts });
  await store.set({ key, value: wanted });
}

/** The names Strapi gives the shop's languages, and the French ones that replace them. */
const LANGUAGES = [
  { code: 'fr', strapiName: 'French (fr)', name: 'Français' },
  { code: 'fr', strapiName: 'Français (fr)', name: 'Français' },
  { code: 'en', strapiName: 'English (en)', name: 'Anglais' },
] as const;

async function nameLanguages(strapi: Core.Strapi): Promise<void> {
  for (const { code, strapiName, name } of LANGUAGES)
    await strapi.db
      .query('plugin::i18n.locale')
      .updateMany({ where: { code, name: strapiName }, data: { name } });
}

/**
 * Writes the French labels, help texts and layouts of every type staff edit, where staff have not
 * changed them. Idempotent; call after the Content Manager's bootstrap (the application's bootstrap
 * is).
 */
export async function prepareViews(strapi: Core.Strapi): Promise<void> {
  await nameLanguages(strapi);
  const contentManager = strapi.plugin('content-manager');
  const contentTypes = contentManager.service('content-types') as ViewService;
  const components = contentManager.service('components') as ViewService;
  for (const { contentTypes: types, components: parts } of [
    PRODUCT_VIEWS,
    SHOP_VIEWS,
    STOCK_VIEWS,
  ]) {
    for (const view of types)
      if (view.uid in strapi.contentTypes) await applyView(strapi, contentTypes, view);
    for (const view of parts)
      if (view.uid in strapi.components) await applyView(strapi, components, view);
  }
}
