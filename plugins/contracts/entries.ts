import { z } from 'zod';

import {
  countrySchema,
  deliveryMethodSchema,
  localeSchema,
  NO_LOCALE,
  referenceSchema,
  skuSchema,
  slugSchema,
  slugsSchema,
  STANDARD_DELIVERY,
} from './identity.ts';
import { pictureSchema } from './images.ts';
import { moneySchema } from './money.ts';

/**
 * Bodies of the read model (`catalogue_entries.body`): what shoppers may see, one per kind, key and
 * language. Text fields named `…Markdown` hold Markdown source; the reader renders it with raw HTML
 * disabled.
 */
export const seoSchema = z.object({
  title: z.string().nullable(),
  description: z.string().nullable(),
});

export const variantSchema = z.object({
  sku: skuSchema,
  /** Empty when the product is sold in one form only. */
  label: z.string(),
  /** VAT included. */
  price: moneySchema,
  /** VAT rate in basis points: 2000 = 20 %, 550 = 5.5 %. */
  vatRate: z.int().min(0).max(10_000),
  /** Grams, packaging excluded. */
  weight: z.int().min(0),
});
export type Variant = z.infer<typeof variantSchema>;

export const productBodySchema = z.object({
  reference: referenceSchema,
  /** Rank in the catalogue; ties are broken by reference. */
  position: z.int(),
  slug: slugSchema,
  slugs: slugsSchema,
  name: z.string().min(1),
  tagline: z.string(),
  descriptionMarkdown: z.string(),
  careMarkdown: z.string(),
  dimensions: z.string(),
  /** Key of a category entry, or null. */
  category: z.string().nullable(),
  pictures: z.array(pictureSchema).min(1),
  seo: seoSchema,
  variants: z.array(variantSchema).min(1),
});
export type ProductBody = z.infer<typeof productBodySchema>;

export const categoryBodySchema = z.object({
  key: z.string().min(1),
  position: z.int(),
  slug: slugSchema,
  slugs: slugsSchema,
  name: z.string().min(1),
  description: z.string(),
});
export type CategoryBody = z.infer<typeof categoryBodySchema>;

/** Pages the storefront links to by name; staff may add others. */
export const PAGE_KEYS = [
  'about',
  'delivery-returns',
  'terms-of-sale',
  'legal-notice',
  'privacy',
] as const;
export const pageBodySchema = z.object({
  key: z.string().min(1),
  position: z.int(),
  slug: slugSchema,
  slugs: slugsSchema,
  title: z.string().min(1),
  bodyMarkdown: z.string(),
  seo: seoSchema,
});
export type PageBody = z.infer<typeof pageBodySchema>;

export const shippingRateSchema = z.object({
  country: countrySchema,
  /** Tells this way of sending from others, in every language. */
  method: deliveryMethodSchema.default(STANDARD_DELIVERY),
  /** What shoppers choose it by, in the entry's language; empty = delivery as usual. */
  name: z.string().default(''),
  price: moneySchema,
  /** Cart total from which delivery to this country is free; null = never. */
  freeFrom: moneySchema.nullable(),
  /** Applies to parcels up to this weight in grams; null = any weight. */
  maxWeight: z.int().positive().nullable(),
  /** Working days. */
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
});
export type ShippingRate = z.infer<typeof shippingRateSchema>;

export const settingsBodySchema = z.object({
  name: z.string().min(1),
  legalName: z.string(),
  address: z.object({
    street: z.string(),
    postalCode: z.string(),
    city: z.string(),
    country: z.string(),
  }),
  siret: z.string(),
  vatNumber: z.string(),
  email: z.string(),
  phone: z.string(),
  shipping: z.array(shippingRateSchema),
  /** Free text, in the entry's language. */
  deliveryTime: z.string(),
  /** Banner shown on every page; empty = none. */
  notice: z.string(),
  /** False closes the checkout, never the catalogue. */
  open: z.boolean(),
  home: z.object({
    title: z.string(),
    text: z.string(),
    picture: pictureSchema.nullable(),
    storyTitle: z.string(),
    storyText: z.string(),
  }),
});
export type SettingsBody = z.infer<typeof settingsBodySchema>;

export const AVAILABILITY_STATES = ['in', 'low', 'out'] as const;
export const availabilityBodySchema = z.object({
  state: z.enum(AVAILABILITY_STATES),
  /**
   * Pieces that can still be had; only while `low`, so that orders of plentiful pieces touch no
   * page.
   */
  left: z.int().positive().optional(),
});
export type AvailabilityBody = z.infer<typeof availabilityBodySchema>;
export type AvailabilityState = (typeof AVAILABILITY_STATES)[number];

/**
 * One row of the read model that is visible. `key` is the reference, the category or page key,
 * `shop`, or the SKU.
 */
export const entrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('product'),
    key: referenceSchema,
    locale: localeSchema,
    body: productBodySchema,
  }),
  z.object({
    kind: z.literal('category'),
    key: z.string(),
    locale: localeSchema,
    body: categoryBodySchema,
  }),
  z.object({
    kind: z.literal('page'),
    key: z.string(),
    locale: localeSchema,
    body: pageBodySchema,
  }),
  z.object({
    kind: z.literal('settings'),
    key: z.literal('shop'),
    locale: localeSchema,
    body: settingsBodySchema,
  }),
  z.object({
    kind: z.literal('availability'),
    key: skuSchema,
    locale: z.literal(NO_LOCALE),
    body: availabilityBodySchema,
  }),
]);
export type CatalogueEntry = z.infer<typeof entrySchema>;

export const ENTRY_KINDS = ['product', 'category', 'page', 'settings', 'availability'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** What names an entry; also how a withdrawn one is told. */
export const entryIdSchema = z.object({
  kind: z.enum(ENTRY_KINDS),
  key: z.string(),
  locale: z.union([localeSchema, z.literal(NO_LOCALE)]),
});
export type EntryId = z.infer<typeof entryIdSchema>;
