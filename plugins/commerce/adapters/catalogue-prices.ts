import { z } from 'zod';
import { type Locale, settingsBodySchema, skuSchema, variantSchema } from '@comptoir/contracts';
import { jsonOf, rows, type Sql } from '@comptoir/database';

import type { PricedLine } from '../domain/cart-pricing.ts';
import { cents } from '../domain/cents.ts';
import type { Prices } from '../domain/order-ports.ts';

const FOUND = `
  select s.sku, s.reference, e.body ->> 'slug' as slug, e.body ->> 'name' as name, v as variant,
    coalesce(l.on_hand - l.reserved, 0) as available
  from catalogue_skus s
  join catalogue_entries e on e.kind = 'product' and e.key = s.reference and e.locale = ?
    and e.body is not null
  cross join lateral jsonb_array_elements(e.body -> 'variants') v
  left join stock_levels l on l.sku = s.sku
  where s.sku = any(?::text[]) and v ->> 'sku' = s.sku`;
const SETTINGS = `
  select body from catalogue_entries
  where kind = 'settings' and key = 'shop' and locale = ? and body is not null`;

const foundSchema = z.object({
  sku: skuSchema,
  reference: z.string(),
  slug: z.string(),
  name: z.string(),
  variant: jsonOf(variantSchema),
  available: z.int(),
});
const bodySchema = z.object({
  body: jsonOf(settingsBodySchema.pick({ shipping: true, open: true, email: true })),
});
type FoundRow = z.infer<typeof foundSchema>;

/** A SKU that is not sold (any more): the cart keeps it, at nothing. */
const gone = (sku: string, quantity: number): PricedLine => ({
  sku,
  quantity,
  reference: '',
  slug: '',
  name: '',
  label: '',
  unitPrice: cents(0),
  vatRate: 0,
  weight: 0,
  available: 0,
  known: false,
});
const sold = (
  { sku, reference, slug, name, variant, available }: FoundRow,
  quantity: number,
): PricedLine => ({
  sku,
  quantity,
  reference,
  slug,
  name,
  label: variant.label,
  unitPrice: variant.price.amount,
  vatRate: variant.vatRate,
  weight: variant.weight,
  available: Math.max(0, available),
  known: true,
});

/** Prices of the published catalogue, as shoppers see it now. */
export const cataloguePrices = (sql: Sql): Prices => ({
  async lines(cart, locale) {
    const skus = cart.map(({ sku }) => sku);
    const found = await rows(sql, foundSchema, FOUND, [locale, skus]);
    const bySku = new Map(found.map((row) => [row.sku, row]));
    return cart.map(({ sku, quantity }) => {
      const row = bySku.get(sku);
      return row ? sold(row, quantity) : gone(sku, quantity);
    });
  },
  async settings(locale: Locale) {
    const [row] = await rows(sql, bodySchema, SETTINGS, [locale]);
    if (!row) return { open: false, rates: [], email: '' };
    const { shipping, open, email } = row.body;
    const rates = shipping.map((rate) => ({
      ...rate,
      price: rate.price.amount,
      freeFrom: rate.freeFrom?.amount ?? null,
    }));
    return { open, rates, email };
  },
});
