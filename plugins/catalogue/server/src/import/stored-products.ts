import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { cents, localeSchema } from '@comptoir/contracts';

import type { CsvProduct } from '../../../csv/csv-product.ts';
import { pictureFacts, PRODUCT } from '../read-model/stored-documents.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const count = z
  .int()
  .nullish()
  .transform((value) => value ?? 0);
const mediaSchema = z.looseObject({ id: z.int(), name: z.string() });
const rowSchema = z.object({
  documentId: z.string(),
  locale: localeSchema,
  publishedAt: z.unknown(),
  reference: text,
  position: count,
  name: text,
  slug: text,
  tagline: text,
  description: text,
  care: text,
  dimensions: text,
  category: z.object({ key: z.string() }).nullish(),
  pictures: z.array(z.object({ media: mediaSchema.nullish(), altFr: text, altEn: text })).nullish(),
  variants: z
    .array(
      z.object({
        sku: text,
        labelFr: text,
        labelEn: text,
        price: count,
        vatRate: count,
        weight: count,
      }),
    )
    .nullish(),
});
type Row = z.infer<typeof rowSchema>;

/**
 * One product of the database in the file's terms. Stock is not part of a document and stays 0
 * here.
 */
export interface StoredVersion {
  product: CsvProduct;
  media: number[];
  position: number;
}
export interface StoredProduct {
  documentId: string;
  reference: string;
  draft: StoredVersion | null;
  published: StoredVersion | null;
}

/** Every product of the shop, drafts and published versions, in one query. */
export async function storedProducts(strapi: Core.Strapi): Promise<StoredProduct[]> {
  const found: unknown[] = await strapi.db.query(PRODUCT).findMany({
    populate: { category: true, variants: true, pictures: { populate: { media: true } } },
  });
  const rows = z.array(rowSchema).parse(found);
  return [...Map.groupBy(rows, (row) => row.documentId)].map(([documentId, versions]) => ({
    documentId,
    reference: versions[0]?.reference ?? '',
    draft: version(versions.filter((row) => row.publishedAt === null)),
    published: version(versions.filter((row) => row.publishedAt !== null)),
  }));
}

/**
 * A version counts only when both languages are there; shared fields are read from the French one.
 */
function version(rows: Row[]): StoredVersion | null {
  const fr = rows.find((row) => row.locale === 'fr');
  const en = rows.find((row) => row.locale === 'en');
  if (fr === undefined || en === undefined) return null;
  const pictures = (fr.pictures ?? []).flatMap(({ media, altFr, altEn }) =>
    media ? [{ mediaId: media.id, file: media.name, alt: { fr: altFr, en: altEn } }] : [],
  );
  return {
    product: {
      reference: fr.reference,
      name: { fr: fr.name, en: en.name },
      slug: { fr: fr.slug, en: en.slug },
      category: fr.category?.key ?? null,
      dimensions: { fr: fr.dimensions, en: en.dimensions },
      tagline: { fr: fr.tagline, en: en.tagline },
      description: { fr: fr.description, en: en.description },
      care: { fr: fr.care, en: en.care },
      pictures: pictures.map(({ file, alt }) => ({ file, alt })),
      variants: (fr.variants ?? []).map((variant) => ({
        sku: variant.sku,
        label: { fr: variant.labelFr, en: variant.labelEn },
        price: cents(variant.price),
        vatRate: variant.vatRate,
        stock: 0,
        weight: variant.weight,
      })),
    },
    media: pictures.map(({ mediaId }) => mediaId),
    position: fr.position,
  };
}

const fileSchema = z.array(mediaSchema);

/**
 * Files of the media library by name, the newest first, with the hash of their content (null when
 * unknown).
 */
export async function libraryFiles(
  strapi: Core.Strapi,
  names: readonly string[],
): Promise<Map<string, { id: number; hash: string | null }[]>> {
  const found: unknown = await strapi.db
    .query('plugin::upload.file')
    .findMany({ where: { name: { $in: [...names] } }, orderBy: { id: 'desc' } });
  const files = fileSchema
    .parse(found)
    .map((file) => ({ id: file.id, name: file.name, hash: pictureFacts(file)?.hash ?? null }));
  return Map.groupBy(files, (file) => file.name);
}
