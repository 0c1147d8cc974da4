import type {
  Locale,
  ProductBody,
  ProductList,
  ProductSort,
  ProductView,
} from '@comptoir/contracts';

import type { CatalogueState } from './catalogue.ts';
import type { LocaleIndex } from './index-of-products.ts';
import { collators, lowestPrice, productView } from './product-view.ts';
import type { ListQuery } from './query.ts';

/**
 * Lower case without accents: `Théière` and `theiere` match each other in a search, and ligatures
 * match their letters.
 */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae');

const haystacks = new WeakMap<ProductBody, string>();

/** What a search looks in, folded once per product. */
function haystack(product: ProductBody): string {
  const known = haystacks.get(product);
  if (known !== undefined) return known;
  const labels = product.variants.map((variant) => `${variant.sku} ${variant.label}`).join(' ');
  const text = fold(
    `${product.reference} ${product.name} ${product.tagline} ${product.descriptionMarkdown} ${labels}`,
  );
  haystacks.set(product, text);
  return text;
}

/** True when every word is found; the category's name counts too. */
function matches(product: ProductBody, words: readonly string[], index: LocaleIndex): boolean {
  const name = product.category === null ? '' : fold(index.category(product.category)?.name ?? '');
  const text = haystack(product);
  return words.every((word) => text.includes(word) || name.includes(word));
}

type Compare = (a: ProductBody, b: ProductBody) => number;
const SORTS: Record<Exclude<ProductSort, 'position'>, (locale: Locale) => Compare> = {
  name: (locale) => (a, b) => collators[locale].compare(a.name, b.name),
  '-name': (locale) => (a, b) => collators[locale].compare(b.name, a.name),
  price: () => (a, b) => lowestPrice(a) - lowestPrice(b),
  '-price': () => (a, b) => lowestPrice(b) - lowestPrice(a),
};

/** The page of products a query asks for. Sorting is stable: equals keep the shop's own order. */
export function listProducts(
  state: CatalogueState,
  query: ListQuery,
  imageBase: string,
): ProductList {
  const index = state.index(query.locale);
  const words = fold(query.search).split(/\s+/).filter(Boolean);
  let found = index.products.filter(
    (product) => inCategory(product, query.category, index) && matches(product, words, index),
  );
  if (query.sort !== 'position') found = found.toSorted(SORTS[query.sort](query.locale));
  const from = (query.page - 1) * query.pageSize;
  return {
    data: found
      .slice(from, from + query.pageSize)
      .map((product) => productView(product, index, imageBase)),
    meta: {
      pagination: {
        page: query.page,
        pageSize: query.pageSize,
        pageCount: Math.ceil(found.length / query.pageSize),
        total: found.length,
      },
      catalogue: { version: state.version, source: state.source },
    },
  };
}

/** A category is named by its key or its slug. */
function inCategory(product: ProductBody, wanted: string | null, index: LocaleIndex): boolean {
  if (wanted === null) return true;
  if (product.category === null) return false;
  return product.category === wanted || index.category(product.category)?.slug === wanted;
}

/** The product with this reference or, failing that, this slug; null when neither exists. */
export function findProduct(
  state: CatalogueState,
  id: string,
  locale: Locale,
  imageBase: string,
): ProductView | null {
  const index = state.index(locale);
  const product = index.byReference.get(id) ?? index.bySlug.get(id);
  return product ? productView(product, index, imageBase) : null;
}
