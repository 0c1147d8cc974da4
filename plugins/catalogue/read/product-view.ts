import {
  type AvailabilityState,
  cents,
  euros,
  imageUrl,
  type Locale,
  mainImageKey,
  type ProductBody,
  type ProductView,
} from '@comptoir/contracts';

import type { LocaleIndex } from './index-of-products.ts';

/** Best of the variants: `out` only when every one is. */
function summary(states: readonly AvailabilityState[]): AvailabilityState {
  if (states.includes('in')) return 'in';
  return states.includes('low') ? 'low' : 'out';
}

/** Lowest price among the variants, in cents. */
export const lowestPrice = (product: ProductBody): number =>
  Math.min(...product.variants.map((variant) => variant.price.amount));

/** A product as the API answers it. `imageBase` is PUBLIC_IMAGE_BASE. */
export function productView(
  product: ProductBody,
  index: LocaleIndex,
  imageBase: string,
): ProductView {
  const category = product.category === null ? null : index.category(product.category);
  const variants = product.variants.map((variant) => ({
    ...variant,
    availability: index.availability(variant.sku),
  }));
  return {
    ...product,
    category: category && { key: category.key, name: category.name, slug: category.slug },
    priceFrom: euros(cents(lowestPrice(product))),
    availability: summary(variants.map((variant) => variant.availability)),
    variants,
    image: imageUrl(imageBase, mainImageKey(product.reference)),
  };
}

/** Collation of names per language, accents and case aside. */
export const collators: Record<Locale, Intl.Collator> = {
  fr: new Intl.Collator('fr', { sensitivity: 'base', numeric: true }),
  en: new Intl.Collator('en', { sensitivity: 'base', numeric: true }),
};
