import { House } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';

import { addPageStyles, dismissNotices, nameTabsAfterShop } from './admin-page';
import { french } from './french-texts';
import { mark, spinner, wordmark } from './logo';
import { dark, light } from './theme';

/**
 * Strapi's counts of types, locales, tokens and entries, its offer to deploy, and what changed
 * last, which orders and their ledgers flood: nothing a merchant can use.
 */
const DEVELOPER_WIDGETS = [
  'key-statistics',
  'profile-info',
  'deploy-now',
  'chart-entries',
  'last-edited-entries',
];
/** The plugin whose widgets show the day: they come first. */
const DAY = 'commerce';
const LANGUAGE = 'strapi-admin-language';

/** Strapi opens in English until a language is chosen; here it opens in French. */
function frenchFirst(): void {
  if (window.localStorage.getItem(LANGUAGE) === null) window.localStorage.setItem(LANGUAGE, 'fr');
}

/** The tab's icon; the admin's page has none of its own. */
function setIcon(): void {
  const link =
    document.querySelector<HTMLLinkElement>('link[rel~="icon"]') ??
    document.head.appendChild(document.createElement('link'));
  link.rel = 'icon';
  link.type = 'image/svg+xml';
  link.href = mark;
}

export default {
  config: {
    locales: ['fr'],
    auth: { logo: wordmark },
    menu: { logo: mark },
    theme: { light, dark },
    translations: { fr: french },
    tutorials: false,
    notifications: { releases: false },
  },
  register(app: StrapiApp) {
    frenchFirst();
    dismissNotices(window.localStorage);
    addPageStyles(document, spinner);
    nameTabsAfterShop(document, french['Auth.form.welcome.title'] ?? '');
    setIcon();
    app.widgets.register((widgets) => {
      const wanted = widgets.filter(({ id }) => !DEVELOPER_WIDGETS.includes(id));
      return [
        {
          id: 'shortcuts',
          icon: House,
          title: { id: 'home.shortcuts', defaultMessage: 'La boutique' },
          component: async () => (await import('./home/Shortcuts')).Shortcuts,
        },
        ...wanted.filter(({ pluginId }) => pluginId === DAY),
        ...wanted.filter(({ pluginId }) => pluginId !== DAY),
      ];
    });
  },
};
