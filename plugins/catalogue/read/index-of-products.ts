import {
  type AvailabilityState,
  type CategoryBody,
  type Locale,
  NO_LOCALE,
  type ProductBody,
} from '@comptoir/contracts';

import { entryId, type Memory } from './memory.ts';

/** One language's products, ready to be looked up. */
export interface LocaleIndex {
  /** In the shop's own order: position, then reference. */
  products: readonly ProductBody[];
  byReference: ReadonlyMap<string, ProductBody>;
  /**
   * Slugs of this language first, then those of the other: a link in either language finds the
   * product.
   */
  bySlug: ReadonlyMap<string, ProductBody>;
  category(key: string): CategoryBody | null;
  /** An SKU without a stock count is out: the shop promises only what it knows. */
  availability(sku: string): AvailabilityState;
}

/** Indexes a memory for one language. */
export function createIndex(memory: Memory, locale: Locale): LocaleIndex {
  const products: ProductBody[] = [];
  for (const { entry } of memory.rows.values()) {
    if (entry?.kind === 'product' && entry.locale === locale) products.push(entry.body);
  }
  products.sort((a, b) => a.position - b.position || (a.reference < b.reference ? -1 : 1));
  return {
    products,
    byReference: new Map(products.map((product) => [product.reference, product])),
    bySlug: slugsOf(products, locale),
    category: (key) => {
      const entry = memory.rows.get(entryId({ kind: 'category', key, locale }))?.entry;
      return entry?.kind === 'category' ? entry.body : null;
    },
    availability: (sku) => {
      const entry = memory.rows.get(
        entryId({ kind: 'availability', key: sku, locale: NO_LOCALE }),
      )?.entry;
      return entry?.kind === 'availability' ? entry.body.state : 'out';
    },
  };
}

function slugsOf(products: readonly ProductBody[], locale: Locale): Map<string, ProductBody> {
  const found = new Map<string, ProductBody>();
  for (const product of products) if (!found.has(product.slug)) found.set(product.slug, product);
  const other = locale === 'fr' ? 'en' : 'fr';
  for (const product of products)
    if (!found.has(product.slugs[other])) found.set(product.slugs[other], product);
  return found;
}
