import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { localeSchema } from '@comptoir/contracts';

import {
  type CategoryDocument,
  categoryDocumentSchema,
  factsSchema,
  type InLanguages,
  type PageDocument,
  pageDocumentSchema,
  type PictureFacts,
  type ProductDocument,
  productDocumentSchema,
  type SettingsDocument,
  settingsDocumentSchema,
} from '../../../domain/document-schemas.ts';

export const PRODUCT = 'api::product.product';
export const CATEGORY = 'api::category.category';
export const PAGE = 'api::page.page';
export const SETTINGS = 'api::shop-settings.shop-settings';
type Status = 'draft' | 'published';

const POPULATE = {
  [PRODUCT]: { category: true, pictures: { populate: { media: true } }, variants: true, seo: true },
  [PAGE]: { seo: true },
} as const;

const mediaSchema = z
  .object({ provider_metadata: z.object({ comptoir: factsSchema.optional() }).nullish() })
  .nullish();
const storedPicturesSchema = z.object({
  pictures: z.array(z.looseObject({ media: mediaSchema })).nullish(),
});

/** What the upload hook noted about a file; null while there is nothing. */
export function pictureFacts(media: unknown): PictureFacts {
  const parsed = mediaSchema.safeParse(media);
  return parsed.success ? (parsed.data?.provider_metadata?.comptoir ?? null) : null;
}

function productOf(row: unknown): ProductDocument {
  const { pictures } = storedPicturesSchema.parse(row);
  const withFacts = pictures?.map((picture) => ({
    ...picture,
    facts: pictureFacts(picture.media),
    hasMedia: picture.media !== null && picture.media !== undefined,
  }));
  return productDocumentSchema.parse({ ...z.looseObject({}).parse(row), pictures: withFacts });
}

const identitySchema = z.looseObject({ documentId: z.string(), locale: z.unknown() });

async function readVersions<T>(
  strapi: Core.Strapi,
  uid: typeof PRODUCT | typeof PAGE,
  documentIds: readonly string[],
  status: Status,
  parse: (row: unknown) => T,
): Promise<Map<string, InLanguages<T>>> {
  const rows: unknown[] = await strapi.db.query(uid).findMany({
    where: {
      documentId: { $in: [...documentIds] },
      publishedAt: status === 'published' ? { $notNull: true } : { $null: true },
    },
    populate: POPULATE[uid],
  });
  const found = new Map<string, InLanguages<T>>();
  for (const row of rows) {
    const { documentId, ...identity } = identitySchema.parse(row);
    const locale = localeSchema.safeParse(identity.locale);
    if (locale.success)
      found.set(documentId, { ...found.get(documentId), [locale.data]: parse(row) });
  }
  return found;
}

const versionsOf = async <T>(
  strapi: Core.Strapi,
  uid: typeof PRODUCT | typeof PAGE,
  documentId: string,
  status: Status,
  parse: (row: unknown) => T,
): Promise<InLanguages<T>> =>
  (await readVersions(strapi, uid, [documentId], status, parse)).get(documentId) ?? {};

/** The language versions of a product, drafts or published ones. */
export const productVersions = (
  strapi: Core.Strapi,
  documentId: string,
  status: Status,
): Promise<InLanguages<ProductDocument>> =>
  versionsOf(strapi, PRODUCT, documentId, status, productOf);

/** Documents read by one query: enough to be fast, few enough to stay small in memory. */
const AT_ONCE = 200;

/** The language versions of many products, by document. */
export async function versionsOfProducts(
  strapi: Core.Strapi,
  documentIds: readonly string[],
  status: Status,
): Promise<Map<string, InLanguages<ProductDocument>>> {
  const found = new Map<string, InLanguages<ProductDocument>>();
  for (let from = 0; from < documentIds.length; from += AT_ONCE) {
    for (const [id, versions] of await readVersions(
      strapi,
      PRODUCT,
      documentIds.slice(from, from + AT_ONCE),
      status,
      productOf,
    ))
      found.set(id, versions);
  }
  return found;
}

/** The language versions of a page. */
export const pageVersions = (
  strapi: Core.Strapi,
  documentId: string,
  status: Status,
): Promise<InLanguages<PageDocument>> =>
  versionsOf(strapi, PAGE, documentId, status, (row) => pageDocumentSchema.parse(row));

/** A category, or null when it does not exist. */
export async function category(
  strapi: Core.Strapi,
  documentId: string,
): Promise<CategoryDocument | null> {
  const row: unknown = await strapi.db.query(CATEGORY).findOne({ where: { documentId } });
  return row === null ? null : categoryDocumentSchema.parse(row);
}

/** The shop's settings, or null before they are first saved. */
export async function settings(strapi: Core.Strapi): Promise<SettingsDocument | null> {
  const row: unknown = await strapi.db
    .query(SETTINGS)
    .findOne({ populate: { shipping: true, homePicture: true } });
  if (row === null) return null;
  const { homePicture, ...rest } = z.looseObject({ homePicture: z.unknown() }).parse(row);
  return settingsDocumentSchema.parse({ ...rest, homeFacts: pictureFacts(homePicture) });
}

/**
 * Document ids of a type, each once; only those with a published version where the type has drafts.
 */
export async function documentIds(
  strapi: Core.Strapi,
  uid: typeof PRODUCT | typeof PAGE | typeof CATEGORY,
  where: Record<string, unknown> = {},
): Promise<string[]> {
  const published = uid === CATEGORY ? {} : { publishedAt: { $notNull: true } };
  const rows: unknown[] = await strapi.db
    .query(uid)
    .findMany({ where: { ...published, ...where }, select: ['documentId'] });
  return [
    ...new Set(
      z
        .array(z.object({ documentId: z.string() }))
        .parse(rows)
        .map(({ documentId }) => documentId),
    ),
  ].sort();
}
