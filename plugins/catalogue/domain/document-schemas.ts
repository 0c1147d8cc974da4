import { z } from 'zod';
import { type Locale, pictureSchema } from '@comptoir/contracts';

/**
 * Documents as staff leave them: anything may be missing. Parsed from rows of the database at the
 * plugin's edge.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '');
const source = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const int = z
  .int()
  .nullish()
  .transform((value) => value ?? null);
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
const seo = z.object({ title: z.string().nullish(), description: z.string().nullish() }).nullish();

/** What is known of a media file's renditions; null until they are made. */
export const factsSchema = pictureSchema.omit({ alt: true }).nullable();
export type PictureFacts = z.infer<typeof factsSchema>;

export const productDocumentSchema = z.object({
  reference: text,
  position: int,
  name: text,
  slug: text,
  tagline: text,
  description: source,
  care: source,
  dimensions: text,
  category: z.object({ key: z.string() }).nullish(),
  pictures: listOf(
    z.object({ facts: factsSchema, hasMedia: z.boolean(), altFr: text, altEn: text }),
  ),
  variants: listOf(
    z.object({ sku: text, labelFr: text, labelEn: text, price: int, vatRate: int, weight: int }),
  ),
  seo,
});
export type ProductDocument = z.infer<typeof productDocumentSchema>;

export const pageDocumentSchema = z.object({
  key: text,
  position: int,
  slug: text,
  title: text,
  body: source,
  seo,
});
export type PageDocument = z.infer<typeof pageDocumentSchema>;

export const categoryDocumentSchema = z.object({
  key: text,
  position: int,
  nameFr: text,
  nameEn: text,
  slugFr: text,
  slugEn: text,
  descriptionFr: source,
  descriptionEn: source,
});
export type CategoryDocument = z.infer<typeof categoryDocumentSchema>;

export const settingsDocumentSchema = z.object({
  name: text,
  legalName: text,
  street: text,
  postalCode: text,
  city: text,
  country: text,
  siret: text,
  vatNumber: text,
  email: text,
  phone: text,
  shipping: listOf(
    z.object({
      country: text,
      nameFr: text,
      nameEn: text,
      price: int,
      freeFrom: int,
      maxWeight: int,
      minDays: int,
      maxDays: int,
    }),
  ),
  deliveryTimeFr: text,
  deliveryTimeEn: text,
  noticeFr: text,
  noticeEn: text,
  open: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  homeTitleFr: text,
  homeTitleEn: text,
  homeTextFr: text,
  homeTextEn: text,
  homeFacts: factsSchema,
  homePictureAltFr: text,
  homePictureAltEn: text,
  storyTitleFr: text,
  storyTitleEn: text,
  storyTextFr: text,
  storyTextEn: text,
});
export type SettingsDocument = z.infer<typeof settingsDocumentSchema>;

/** The language versions of one document; a language that does not exist is absent. */
export type InLanguages<T> = Partial<Record<Locale, T>>;
