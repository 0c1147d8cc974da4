import { z } from 'zod';

/** Languages of the shop; French first. */
export const LOCALES = ['fr', 'en'] as const;
export const localeSchema = z.enum(LOCALES);
export type Locale = z.infer<typeof localeSchema>;
export const DEFAULT_LOCALE: Locale = 'fr';

/** Marks an entry that is the same in every language (availability). */
export const NO_LOCALE = '*';

/** Words a product reference may not be, because a route already has them. */
export const RESERVED_REFERENCES: readonly string[] = ['instantane'];
export const REFERENCE_PATTERN = /^[a-z0-9][a-z0-9-]{1,39}$/;
/** A product's immutable public id: routes, image keys, CSV, warehouse. */
export const referenceSchema = z
  .string()
  .regex(
    REFERENCE_PATTERN,
    '2 to 40 lower-case letters, digits and hyphens, starting with a letter or digit',
  )
  .refine((value) => !RESERVED_REFERENCES.includes(value), 'this word is reserved');

/** A stock keeping unit: same alphabet as references, up to 60 characters. */
export const SKU_PATTERN = /^[a-z0-9][a-z0-9-]{1,59}$/;
export const skuSchema = z
  .string()
  .regex(SKU_PATTERN, '2 to 60 lower-case letters, digits and hyphens');

/** The readable last part of an address, per language. */
export const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const slugSchema = z
  .string()
  .min(1)
  .max(120)
  .regex(SLUG_PATTERN, 'lower-case letters, digits and single hyphens');

/** The same thing's slug in each language, for language links and hreflang. */
export const slugsSchema = z.object({ fr: slugSchema, en: slugSchema });
export type Slugs = z.infer<typeof slugsSchema>;

/** A way of sending, as carts and orders name it: made from its French name. */
export const deliveryMethodSchema = slugSchema;
/** The way of sending that has no name of its own. */
export const STANDARD_DELIVERY = 'standard';

/** ISO 3166-1 alpha-2. */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, such as FR');
