import { z } from 'zod';

import { AVAILABILITY_STATES, productBodySchema, variantSchema } from './entries.ts';
import { slugSchema } from './identity.ts';
import { moneySchema } from './money.ts';
import { sourceSchema } from './snapshot.ts';

/**
 * A product as `GET /api/produits` answers it: its entry, with category and availability joined and
 * image addresses made.
 */
export const productViewSchema = productBodySchema.omit({ category: true, variants: true }).extend({
  category: z.object({ key: z.string(), name: z.string(), slug: slugSchema }).nullable(),
  /** Lowest price among the variants, VAT included. */
  priceFrom: moneySchema,
  /** `out` only when every variant is; `low` when none is `in` and one is `low`. */
  availability: z.enum(AVAILABILITY_STATES),
  variants: z.array(variantSchema.extend({ availability: z.enum(AVAILABILITY_STATES) })).min(1),
  /** Stable address of the main picture. */
  image: z.string(),
});
export type ProductView = z.infer<typeof productViewSchema>;

export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 25;
/** Orders of `GET /api/produits`; the default is the shop's own (`position`). */
export const PRODUCT_SORTS = ['position', 'name', '-name', 'price', '-price'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

export const productListSchema = z.object({
  data: z.array(productViewSchema),
  meta: z.object({
    pagination: z.object({
      page: z.int().min(1),
      pageSize: z.int().min(1).max(MAX_PAGE_SIZE),
      pageCount: z.int().min(0),
      total: z.int().min(0),
    }),
    catalogue: z.object({ version: z.string(), source: sourceSchema }),
  }),
});
export type ProductList = z.infer<typeof productListSchema>;

export const productAnswerSchema = z.object({
  data: productViewSchema,
  meta: z.object({ catalogue: z.object({ version: z.string(), source: sourceSchema }) }),
});
export type ProductAnswer = z.infer<typeof productAnswerSchema>;
