import type { Locale } from '@comptoir/contracts';

const FRENCH = {
  home: '/',
  catalogue: '/produits',
  category: '/categories',
  page: '/pages',
  cart: '/panier',
  order: '/commande',
} as const;
const ENGLISH = {
  home: '/en',
  catalogue: '/en/products',
  category: '/en/categories',
  page: '/en/pages',
  cart: '/en/cart',
  order: '/en/order',
} as const;
const ROOTS = { fr: FRENCH, en: ENGLISH } as const;

/** Every address of the shop, in one place. All are paths without host or trailing slash. */
export const routes = {
  home: (locale: Locale): string => ROOTS[locale].home,
  catalogue: (locale: Locale): string => ROOTS[locale].catalogue,
  product: (locale: Locale, slug: string): string => `${ROOTS[locale].catalogue}/${slug}`,
  category: (locale: Locale, slug: string): string => `${ROOTS[locale].category}/${slug}`,
  page: (locale: Locale, slug: string): string => `${ROOTS[locale].page}/${slug}`,
  cart: (locale: Locale): string => ROOTS[locale].cart,
  /** The form that asks for the link of an order. */
  orders: (locale: Locale): string => ROOTS[locale].order,
  /** With the token that opens it; the only address that has a query. */
  order: (locale: Locale, number: string, token: string): string =>
    `${ROOTS[locale].order}/${number}?token=${encodeURIComponent(token)}`,
  preview: (token: string): string => `/apercu/${encodeURIComponent(token)}`,
  /** No page can ever have this address, so it shows the "not found" page. */
  nowhere: (locale: Locale): string => `${ROOTS[locale].page}/-`,
  sitemap: (): string => '/sitemap.xml',
  speculation: (): string => '/speculation.json',
} as const;

/** Path prefix of previews, which are never cached and never indexed. */
export const PREVIEW_PREFIX = '/apercu/';

/** Language of an address: English under `/en`, else French. */
export const localeOf = (path: string): Locale =>
  path === '/en' || path.startsWith('/en/') ? 'en' : 'fr';

/** A page that belongs to one shopper: it reads cookies and forms, and no cache keeps it. */
export type PersonalRoute =
  { kind: 'cart' | 'link'; locale: Locale } | { kind: 'order'; locale: Locale; number: string };

/** The personal page at a path, or null for the pages that are the same for all shoppers. */
export function personalRoute(path: string): PersonalRoute | null {
  const locale = localeOf(path);
  if (path === ROOTS[locale].cart) return { kind: 'cart', locale };
  if (path === ROOTS[locale].order) return { kind: 'link', locale };
  const prefix = `${ROOTS[locale].order}/`;
  const number = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  return number !== '' && !number.includes('/') ? { kind: 'order', locale, number } : null;
}
