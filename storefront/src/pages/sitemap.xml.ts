import type { APIRoute } from 'astro';
import type { Locale, Slugs } from '@comptoir/contracts';
import { LOCALES } from '@comptoir/contracts';

import { routes } from '../features/i18n/page-routes.ts';

type Address = Record<Locale, string>;
const both = (make: (locale: Locale) => string): Address => ({ fr: make('fr'), en: make('en') });
const addressed = (kind: 'product' | 'category' | 'page', slugs: Slugs): Address =>
  both((locale) => routes[kind](locale, slugs[locale]));

const urlElement = (site: string, address: Address, locale: Locale): string => {
  const links = LOCALES.map(
    (language) =>
      `<xhtml:link rel="alternate" hreflang="${language}" href="${site}${address[language]}"/>`,
  ).join('');
  return `<url><loc>${site}${address[locale]}</loc>${links}</url>`;
};

/** Every page in both languages; on-demand routes are invisible to Astro's own sitemap. */
export const GET: APIRoute = ({ locals: { shop } }) => {
  const { catalogue, siteUrl } = shop;
  const addresses = [
    both(routes.home),
    both(routes.catalogue),
    ...catalogue.products('fr').map(({ slugs }) => addressed('product', slugs)),
    ...catalogue.categories('fr').map(({ slugs }) => addressed('category', slugs)),
    ...catalogue.pages('fr').map(({ slugs }) => addressed('page', slugs)),
  ];
  const urls = addresses.flatMap((address) =>
    LOCALES.map((locale) => urlElement(siteUrl, address, locale)),
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`;
  return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
