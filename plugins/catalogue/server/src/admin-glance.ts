import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { failure } from '@comptoir/contracts';

import type { StockCount } from '../../domain/availability.ts';
import { type ProductGlance, stockGlance } from '../../domain/product-glance.ts';
import type { ControllerContext } from './preview/preview-controller.ts';
import { stockPort } from './stock-port.ts';
import { inTransaction } from './transaction.ts';

const MAX_ROWS = 100;
const idsSchema = z
  .string()
  .transform((ids) => ids.split(','))
  .pipe(z.array(z.string().regex(/^[a-z0-9]{1,64}$/)).max(MAX_ROWS));
const rowSchema = z.object({
  documentId: z.string(),
  pictures: z
    .array(
      z.object({
        altFr: z.string().nullish(),
        media: z
          .object({
            url: z.string(),
            formats: z.object({ thumbnail: z.object({ url: z.string() }).optional() }).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
  variants: z.array(z.object({ sku: z.string().nullish(), price: z.number().nullish() })).nullish(),
});

/**
 * First picture that has a file, as its thumbnail when there is one, the price of each variant, and
 * the stock of their SKUs.
 */
function glanceOf(
  { pictures, variants }: z.infer<typeof rowSchema>,
  levels: ReadonlyMap<string, StockCount>,
): ProductGlance {
  const first = pictures?.find((picture) => picture.media);
  const url = first?.media?.formats?.thumbnail?.url ?? first?.media?.url;
  const stock = stockGlance((variants ?? []).flatMap(({ sku }) => levels.get(sku ?? '') ?? []));
  return {
    picture: url === undefined ? null : { url, alt: first?.altFr ?? '' },
    prices: (variants ?? []).map(({ price }) => price ?? null),
    stock,
  };
}

async function levelsOf(
  strapi: Core.Strapi,
  rows: readonly z.infer<typeof rowSchema>[],
): Promise<Map<string, StockCount>> {
  const skus = rows.flatMap(({ variants }) => (variants ?? []).flatMap(({ sku }) => sku ?? []));
  const levels = await inTransaction(strapi, (trx) => stockPort().read(trx, skus));
  return new Map(levels.map((level) => [level.sku, level]));
}

/**
 * Controller of `GET /catalogue/glance?ids=a,b`: what the product list shows besides its own
 * columns, by document.
 */
export const glanceController = ({ strapi }: { strapi: Core.Strapi }) => ({
  async list(ctx: ControllerContext): Promise<void> {
    const ids = idsSchema.safeParse(ctx.query['ids']);
    if (!ids.success) {
      ctx.status = 400;
      ctx.body = failure(
        400,
        `« ids » : jusqu’à ${MAX_ROWS} identifiants séparés par des virgules.`,
      );
      return;
    }
    const found: unknown = await strapi.documents('api::product.product').findMany({
      filters: { documentId: { $in: ids.data } },
      status: 'draft',
      fields: ['documentId'],
      limit: MAX_ROWS,
      populate: { pictures: { populate: { media: true } }, variants: true },
    });
    const rows = z.array(rowSchema).parse(found);
    const levels = await levelsOf(strapi, rows);
    ctx.body = {
      data: Object.fromEntries(rows.map((row) => [row.documentId, glanceOf(row, levels)])),
    };
  },
});
