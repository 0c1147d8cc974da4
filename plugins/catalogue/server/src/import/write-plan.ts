import type { Core } from '@strapi/strapi';
import type { CatalogueEntry } from '@comptoir/contracts';

import type { InLanguages, ProductDocument } from '../../../domain/document-schemas.ts';
import { projectProduct } from '../../../domain/projection.ts';
import { productProblems, type TakenNames } from '../../../domain/publish-rules.ts';
import { takenByOthers } from '../documents/taken-names.ts';
import { setSkusOf } from '../read-model/skus.ts';
import { CATEGORY, versionsOfProducts } from '../read-model/stored-documents.ts';
import { writeEntries } from '../read-model/write-entries.ts';
import { stockPort } from '../stock-port.ts';
import { rowsOf, type Transaction } from '../transaction.ts';
import type { Plan, StockStep } from './import-plan.ts';
import { type IdentifiedStep, type Lookups, writeProductRows } from './product-rows.ts';

/**
 * Thrown inside the transaction, so that everything is undone. `reference` names what was refused.
 */
export class ImportRefused extends Error {
  readonly reference: string;
  constructor(reference: string, message: string) {
    super(message);
    this.reference = reference;
  }
}

/**
 * Carries a plan out in the caller's transaction: all rows, then the publish rules on what stands
 * there now, then the read model once. Stock comes last: rows that orders need are locked, all in
 * one statement and in SKU order, only while the statements before the commit run.
 */
export async function writePlan(
  strapi: Core.Strapi,
  trx: Transaction,
  plan: Plan,
  lookups: Lookups,
  actor: string,
): Promise<void> {
  const steps = await writeProductRows(trx, plan.products, lookups);
  await publish(
    strapi,
    trx,
    steps,
    plan.stock.map(({ sku }) => sku),
  );
  for (const step of plan.stock) await writeStock(trx, step, actor);
}

async function publish(
  strapi: Core.Strapi,
  trx: Transaction,
  steps: readonly IdentifiedStep[],
  counted: readonly string[],
): Promise<void> {
  const versions = await versionsOfProducts(
    strapi,
    steps.map(({ documentId }) => documentId),
    'published',
  );
  const taken = await takenByOthers(trx, versions);
  const entries: CatalogueEntry[] = [];
  for (const { documentId, product } of steps)
    entries.push(
      ...entriesOf(product.reference, versions.get(documentId) ?? {}, taken.get(documentId)),
    );
  await writeEntries(trx, entries);
  await setSkusOf(
    trx,
    new Map(
      steps.map(({ product }) => [product.reference, product.variants.map(({ sku }) => sku)]),
    ),
    counted,
  );
}

/** @throws ImportRefused with the message that a publication of this product would have shown */
function entriesOf(
  reference: string,
  versions: InLanguages<ProductDocument>,
  taken: TakenNames | undefined,
): CatalogueEntry[] {
  const problems = productProblems(versions, taken);
  if (problems.length > 0)
    throw new ImportRefused(reference, problems.map(({ message }) => message).join(' '));
  const projection = projectProduct(versions);
  if (!projection.ok) throw new ImportRefused(reference, projection.problems.join('; '));
  return projection.entries;
}

async function writeStock(
  trx: Transaction,
  { sku, delta }: StockStep,
  actor: string,
): Promise<void> {
  const outcome = await stockPort().adjust(trx, { sku, delta, reason: 'import', actor });
  if (!outcome.ok)
    throw new ImportRefused(
      sku,
      outcome.reason === 'below-reserved'
        ? `stock of ${sku} cannot go below what orders have reserved`
        : `stock of ${sku} is not known`,
    );
}

/** Rows of categories by key. */
export async function categoryIds(strapi: Core.Strapi): Promise<Map<string, number>> {
  const found = await strapi.db.query(CATEGORY).findMany({ select: ['key', 'id'] });
  return new Map(found.map((each: { key: string; id: number }) => [each.key, each.id]));
}

/** Whether the shop once received its starting content. */
export async function isSeeded(trx: Transaction): Promise<boolean> {
  return (await rowsOf(trx, "select 1 from catalogue_markers where name = 'seeded'")).length > 0;
}

/** Notes that the shop has its starting content, for ever. */
export async function markSeeded(trx: Transaction): Promise<void> {
  await rowsOf(
    trx,
    "insert into catalogue_markers (name) values ('seeded') on conflict (name) do nothing",
  );
}
