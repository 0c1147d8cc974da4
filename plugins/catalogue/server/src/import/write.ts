import type { Core } from '@strapi/strapi';
import type { CsvProduct } from '../../../csv/product.ts';
import { rowsOf, type Transaction } from '../database.ts';
import { stockPort } from '../ports.ts';
import { CATEGORY, PRODUCT } from '../read-model/documents.ts';
import type { Plan, ProductStep, StockStep } from './plan.ts';

/** Ids that a file names in its own words. */
export type Lookups = { media: ReadonlyMap<string, number>; categories: ReadonlyMap<string, string> };

/** Raised inside the transaction, so that everything is undone; names what refused. */
export class ImportRefused extends Error {
  readonly reference: string;
  constructor(reference: string, message: string) {
    super(message);
    this.reference = reference;
  }
}

/**
 * Carries a plan out in the caller's transaction. Documents come first, stock last and in SKU order:
 * rows that orders need are locked only while the few statements before the commit run.
 */
export async function writePlan(strapi: Core.Strapi, trx: Transaction, plan: Plan, lookups: Lookups, actor: string): Promise<void> {
  for (const step of plan.products) await writeProduct(strapi, step, lookups);
  for (const step of [...plan.stock].sort((one, other) => (one.sku < other.sku ? -1 : 1))) await writeStock(trx, step, actor);
}

async function writeProduct(strapi: Core.Strapi, { product, documentId, position }: ProductStep, lookups: Lookups): Promise<void> {
  const documents = strapi.documents(PRODUCT);
  try {
    const shared = sharedFields(product, position, lookups);
    const french: Record<string, unknown> = { ...shared, ...localisedFields(product, 'fr') };
    const id = documentId ?? (await documents.create({ locale: 'fr', data: french })).documentId;
    if (documentId !== null) await documents.update({ documentId, locale: 'fr', data: french });
    const english: Record<string, unknown> = { ...shared, ...localisedFields(product, 'en') };
    await documents.update({ documentId: id, locale: 'en', data: english });
    await documents.publish({ documentId: id, locale: '*' });
  } catch (error) {
    throw new ImportRefused(product.reference, error instanceof Error ? error.message : String(error));
  }
}

function sharedFields(product: CsvProduct, position: number, { media, categories }: Lookups): Record<string, unknown> {
  return {
    reference: product.reference, position,
    category: product.category === null ? null : categories.get(product.category) ?? null,
    pictures: product.pictures.map(({ file, alt }) => ({ media: media.get(file) ?? null, altFr: alt.fr, altEn: alt.en })),
    variants: product.variants.map(({ sku, label, price, vatRate, weight }) => ({ sku, labelFr: label.fr, labelEn: label.en, price, vatRate, weight })),
  };
}

function localisedFields(product: CsvProduct, locale: 'fr' | 'en'): Record<string, unknown> {
  return {
    name: product.name[locale], slug: product.slug[locale], tagline: product.tagline[locale],
    description: product.description[locale], care: product.care[locale], dimensions: product.dimensions[locale],
  };
}

async function writeStock(trx: Transaction, { sku, delta }: StockStep, actor: string): Promise<void> {
  await stockPort().open(trx, [sku]);
  const outcome = await stockPort().adjust(trx, { sku, delta, reason: 'import', actor });
  if (!outcome.ok) throw new ImportRefused(sku, outcome.reason === 'below-reserved' ? `stock of ${sku} cannot go below what orders have reserved` : `stock of ${sku} is not known`);
}

/** Document ids of categories by key. */
export async function categoryIds(strapi: Core.Strapi): Promise<Map<string, string>> {
  const found = await strapi.db.query(CATEGORY).findMany({ select: ['key', 'documentId'] });
  return new Map(found.map((each: { key: string; documentId: string }) => [each.key, each.documentId]));
}

/** Whether the shop once received its starting content. */
export async function isSeeded(trx: Transaction): Promise<boolean> {
  return (await rowsOf(trx, "select 1 from catalogue_markers where name = 'seeded'")).length > 0;
}

/** Notes that the shop has its starting content, for ever. */
export async function markSeeded(trx: Transaction): Promise<void> {
  await rowsOf(trx, "insert into catalogue_markers (name) values ('seeded') on conflict (name) do nothing");
}
