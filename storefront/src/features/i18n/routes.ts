import type { Locale } from '@comptoir/contracts';

const FRENCH = { home: '/', catalogue: '/produits', category: '/categories', page: '/pages' } as const;
const ENGLISH = { home: '/en', catalogue: '/en/products', category: '/en/categories', page: '/en/pages' } as const;
const ROOTS = { fr: FRENCH, en: ENGLISH } as const;

/** Every address of the shop, in one place. All are paths without host, query or trailing slash. */
export const routes = {
  home: (locale: Locale): string => ROOTS[locale].home,
  catalogue: (locale: Locale): string => ROOTS[locale].catalogue,
  product: (locale: Locale, slug: string): string => `${ROOTS[locale].catalogue}/${slug}`,
  category: (locale: Locale, slug: string): string => `${ROOTS[locale].category}/${slug}`,
  page: (locale: Locale, slug: string): string => `${ROOTS[locale].page}/${slug}`,
  preview: (token: string): string => `/apercu/${encodeURIComponent(token)}`,
  /** No page has this address, today or later: it shows the page for lost visitors. */
  nowhere: (locale: Locale): string => `${ROOTS[locale].page}/-`,
  sitemap: (): string => '/sitemap.xml',
  speculation: (): string => '/speculation.json',
} as const;

/** Path prefix of previews, which are never cached and never indexed. */
export const PREVIEW_PREFIX = '/apercu/';

/** Language of an address: English under `/en`, else French. */
export const localeOf = (path: string): Locale => (path === '/en' || path.startsWith('/en/') ? 'en' : 'fr');
