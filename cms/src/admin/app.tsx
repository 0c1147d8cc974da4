import { french } from './french';
import { mark, wordmark } from './logo';
import { dark, light } from './theme';

const LANGUAGE = 'strapi-admin-language';

/** Strapi opens in English until someone chooses: here nobody has to. */
function frenchFirst(): void {
  if (window.localStorage.getItem(LANGUAGE) === null) window.localStorage.setItem(LANGUAGE, 'fr');
}

/** The tab's icon; the admin's page has none of its own. */
function setIcon(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]') ?? document.head.appendChild(document.createElement('link'));
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
  register() {
    frenchFirst();
    setIcon();
  },
};
