import { z } from 'zod';
import type { Locale, Preview } from '@comptoir/contracts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const mediaSchema = z.object({
  url: z.string(),
  width: z.number().int().nullish(),
  height: z.number().int().nullish(),
});

/**
 * A product draft as the document service gives it, with everything populated: anything may be
 * missing.
 */
export const draftSchema = z.object({
  reference: text,
  name: text,
  tagline: text,
  description: text,
  care: text,
  dimensions: text,
  category: z.object({ key: text, nameFr: text, nameEn: text }).nullish(),
  pictures: z
    .array(z.object({ media: mediaSchema.nullish(), altFr: text, altEn: text }))
    .nullish()
    .transform((list) => list ?? []),
  variants: z
    .array(
      z.object({
        sku: text,
        labelFr: text,
        labelEn: text,
        price: z.number().int().nullish(),
        vatRate: z.number().int().nullish(),
        weight: z.number().int().nullish(),
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
  seo: z.object({ title: z.string().nullish(), description: z.string().nullish() }).nullish(),
});
type Draft = z.infer<typeof draftSchema>;

/** Makes an address absolute: pictures of the local provider start with `/`. */
export const absolute = (url: string, base: string): string => new URL(url, `${base}/`).href;

/**
 * The draft as the storefront's preview page reads it. `apiUrl` is the public address of the API;
 * pictures are the originals.
 */
export function toPreview(
  draft: Draft,
  locale: Locale,
  apiUrl: string,
  missing: string[],
): Preview['data'] {
  const inLanguage = (french: string, english: string): string =>
    locale === 'fr' ? french : english;
  const { reference, name, tagline, dimensions, category, seo } = draft;
  return {
    locale,
    reference,
    name,
    tagline,
    dimensions,
    missing,
    descriptionMarkdown: draft.description,
    careMarkdown: draft.care,
    category: category
      ? { key: category.key, name: inLanguage(category.nameFr, category.nameEn) }
      : null,
    pictures: draft.pictures.flatMap(({ media, altFr, altEn }) =>
      media
        ? [
            {
              url: absolute(media.url, apiUrl),
              width: media.width ?? null,
              height: media.height ?? null,
              alt: inLanguage(altFr, altEn),
            },
          ]
        : [],
    ),
    seo: { title: seo?.title ?? null, description: seo?.description ?? null },
    variants: draft.variants.map(({ sku, labelFr, labelEn, price, vatRate, weight }) => ({
      sku,
      label: inLanguage(labelFr, labelEn),
      price: price ?? null,
      vatRate: vatRate ?? null,
      weight: weight ?? null,
    })),
  };
}
