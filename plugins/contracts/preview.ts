import { z } from 'zod';

import { seoSchema } from './entries.ts';
import { localeSchema } from './identity.ts';

/**
 * A draft as `GET /api/apercu/{token}` answers it: incomplete allowed, original pictures, nothing
 * cached.
 */
export const previewSchema = z.object({
  data: z.object({
    locale: localeSchema,
    reference: z.string(),
    name: z.string(),
    tagline: z.string(),
    descriptionMarkdown: z.string(),
    careMarkdown: z.string(),
    dimensions: z.string(),
    category: z.object({ key: z.string(), name: z.string() }).nullable(),
    pictures: z.array(
      z.object({
        url: z.string(),
        width: z.int().nullable(),
        height: z.int().nullable(),
        alt: z.string(),
      }),
    ),
    seo: seoSchema,
    variants: z.array(
      z.object({
        sku: z.string(),
        label: z.string(),
        price: z.int().nullable(),
        vatRate: z.int().nullable(),
        /** Grams; what delivery costs depends on it. Absent from answers of older versions. */
        weight: z.int().nullable().default(null),
      }),
    ),
    /** What would refuse a publish today, in the merchant's words; empty when nothing would. */
    missing: z.array(z.string()),
  }),
  /** ISO 8601 UTC. */
  expiresAt: z.iso.datetime(),
});
export type Preview = z.infer<typeof previewSchema>;
