import type { Locale, ProductBody } from '@comptoir/contracts';
import { imageUrl, mainImageKey } from '@comptoir/contracts';

import type { ShopLocals } from '../../client/shop-locals.ts';
import { routes } from '../i18n/page-routes.ts';
import { STOCK_SCHEMA } from './product-stock.ts';

/** JSON for a `<script>` element: no `<` can end it early. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * The product as search engines read it (schema.org `Product`, one offer per variant). Amounts are
 * decimal strings there.
 */
export function productLd(
  product: ProductBody,
  shop: ShopLocals,
  locale: Locale,
): Record<string, unknown> {
  const url = shop.siteUrl + routes.product(locale, product.slug);
  const name = shop.catalogue.settings(locale)?.name ?? '';
  const offers = product.variants.map(({ sku, label, price }) => ({
    '@type': 'Offer',
    sku,
    url,
    ...(label && { name: label }),
    price: (price.amount / 100).toFixed(2),
    priceCurrency: price.currency,
    availability: STOCK_SCHEMA[shop.catalogue.availability(sku)],
    itemCondition: 'https://schema.org/NewCondition',
  }));
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.name,
    productID: product.reference,
    sku: product.variants[0]?.sku,
    description: product.seo.description || product.tagline,
    image: imageUrl(shop.imageBase, mainImageKey(product.reference)),
    url,
    brand: { '@type': 'Brand', name },
    offers,
  };
}
