import type { Core } from '@strapi/strapi';

import { writeCatalogueCsv } from '../../../csv/write-csv.ts';
import { stockPort } from '../stock-port.ts';
import { inTransaction } from '../transaction.ts';
import { storedProducts, type StoredVersion } from './stored-products.ts';

/** The published catalogue as a file, in the shop's order, with the stock on hand. */
export async function exportCatalogue(
  strapi: Core.Strapi,
): Promise<{ text: string; products: number }> {
  const stored = await storedProducts(strapi);
  const levels = await inTransaction(strapi, (trx) => stockPort().read(trx));
  const onHand = new Map(levels.map((level) => [level.sku, level.onHand]));
  const products = stored
    .map((each) => each.published)
    .filter((version): version is StoredVersion => version !== null)
    .sort(
      (one, other) =>
        one.position - other.position || (one.product.reference < other.product.reference ? -1 : 1),
    )
    .map(({ product }) => ({
      ...product,
      variants: product.variants.map((variant) => ({
        ...variant,
        stock: onHand.get(variant.sku) ?? 0,
      })),
    }));
  return { text: writeCatalogueCsv(products), products: products.length };
}
