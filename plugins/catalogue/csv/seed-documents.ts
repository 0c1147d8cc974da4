import type { Locale } from '@comptoir/contracts';

import {
  type CategoryDocument,
  type InLanguages,
  type PageDocument,
  type PictureFacts,
  type ProductDocument,
  productDocumentSchema,
  type SettingsDocument,
} from '../domain/document-schemas.ts';
import type { CsvProduct } from './csv-product.ts';
import type { Seed, SeedCategory, SeedPage } from './read-seed.ts';

/**
 * The starting content as documents: what Strapi is given, and what the built-in catalogue is made
 * from.
 */
export const categoryDocument = ({
  key,
  position,
  name,
  slug,
  description,
}: SeedCategory): CategoryDocument => ({
  key,
  position,
  nameFr: name.fr,
  nameEn: name.en,
  slugFr: slug.fr,
  slugEn: slug.en,
  descriptionFr: description.fr,
  descriptionEn: description.en,
});

/** A page in one language. */
export function pageDocument(page: SeedPage, locale: Locale): PageDocument {
  const { slug, title, body, seoTitle, seoDescription } = page[locale];
  return {
    key: page.key,
    position: page.position,
    slug,
    title,
    body,
    seo: { title: seoTitle, description: seoDescription },
  };
}

/** The settings. @throws Error when the picture of the home page has no renditions */
export function settingsDocument({ settings, pictures }: Seed): SettingsDocument {
  const { homePicture, ...fields } = settings;
  return { ...fields, homeFacts: factsOf(homePicture, pictures) };
}

/** A product in both languages. @throws Error when a picture has no renditions */
export function productDocuments(
  product: CsvProduct,
  position: number,
  pictures: Seed['pictures'],
): InLanguages<ProductDocument> {
  const inLanguage = (locale: Locale): unknown => ({
    reference: product.reference,
    position,
    name: product.name[locale],
    slug: product.slug[locale],
    tagline: product.tagline[locale],
    description: product.description[locale],
    care: product.care[locale],
    dimensions: product.dimensions[locale],
    category: product.category === null ? null : { key: product.category },
    pictures: product.pictures.map(({ file, alt }) => ({
      facts: factsOf(file, pictures),
      hasMedia: true,
      altFr: alt.fr,
      altEn: alt.en,
    })),
    variants: product.variants.map(({ sku, label, price, vatRate, weight }) => ({
      sku,
      labelFr: label.fr,
      labelEn: label.en,
      price,
      vatRate,
      weight,
    })),
  });
  // Fields that no file has are absent, and read as Strapi's empty ones are.
  return {
    fr: productDocumentSchema.parse(inLanguage('fr')),
    en: productDocumentSchema.parse(inLanguage('en')),
  };
}

function factsOf(file: string, pictures: Seed['pictures']): PictureFacts {
  const made = pictures[file];
  if (made === undefined)
    throw new Error(`${file} is not in pictures.json: make the seed's renditions again`);
  return made;
}
