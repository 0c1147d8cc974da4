import type { CatalogueEntry, Locale, ProductBody } from '@comptoir/contracts';

import { englishDimensions, type InBoth } from './csv-product.ts';
import type { WritableProduct } from './write-csv.ts';

type Bodies = Partial<Record<Locale, ProductBody>>;

/**
 * Published products as rows of the catalogue file, in the shop's order. Entries do not hold
 * everything the file has: stock (they know in, low or out only) and the pictures' file names stay
 * blank, and so do the texts of a language that is not published. Such a table is for people to
 * read when nothing else answers; what can be imported again comes from `npm run export`.
 */
export function productsOfEntries(entries: readonly CatalogueEntry[]): WritableProduct[] {
  const found = new Map<string, Bodies>();
  for (const entry of entries) {
    if (entry.kind === 'product')
      found.set(entry.key, { ...found.get(entry.key), [entry.locale]: entry.body });
  }
  const ranked = [...found.values()].flatMap((bodies) => {
    const body = bodies.fr ?? bodies.en;
    return body ? [{ body, bodies }] : [];
  });
  ranked.sort(
    (a, b) => a.body.position - b.body.position || (a.body.reference < b.body.reference ? -1 : 1),
  );
  return ranked.map(({ body, bodies }) => productOf(body, bodies));
}

function productOf(body: ProductBody, bodies: Bodies): WritableProduct {
  const both = (read: (one: ProductBody) => string | undefined): InBoth => ({
    fr: textOf(bodies.fr, read),
    en: textOf(bodies.en, read),
  });
  const dimensions = both((one) => one.dimensions);
  return {
    reference: body.reference,
    category: body.category,
    slug: body.slugs,
    name: both((one) => one.name),
    dimensions: bodies.en
      ? dimensions
      : { fr: dimensions.fr, en: englishDimensions(dimensions.fr) },
    tagline: both((one) => one.tagline),
    description: both((one) => one.descriptionMarkdown),
    care: both((one) => one.careMarkdown),
    pictures: body.pictures.map((_, at) => ({
      file: '',
      alt: both((one) => one.pictures[at]?.alt),
    })),
    variants: body.variants.map(({ sku, price, vatRate, weight }) => ({
      sku,
      label: both((one) => one.variants.find((variant) => variant.sku === sku)?.label),
      price: price.amount,
      vatRate,
      weight,
      stock: null,
    })),
  };
}

const textOf = (
  body: ProductBody | undefined,
  read: (one: ProductBody) => string | undefined,
): string => (body && read(body)) ?? '';
