import type { Core } from '@strapi/strapi';
import { type EntryId, LOCALES } from '@comptoir/contracts';

import {
  projectCategory,
  type Projection,
  projectPage,
  projectProduct,
  projectSettings,
} from '../../../domain/projection.ts';
import type { Transaction } from '../transaction.ts';
import { setSkus } from './skus.ts';
import {
  category,
  documentIds,
  PAGE,
  pageVersions,
  PRODUCT,
  productVersions,
  settings,
} from './stored-documents.ts';
import { withdrawEntries, writeEntries } from './write-entries.ts';

/** A published document that shoppers could not be shown; the change that caused it is undone. */
export class Unpublishable extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** Both languages of a document's entries. */
const idsOf = (kind: EntryId['kind'], key: string): EntryId[] =>
  LOCALES.map((locale) => ({ kind, key, locale }));

function entriesOf(projection: Projection) {
  if (!projection.ok) throw new Unpublishable(projection.problems);
  return projection.entries;
}

/** The key under which a document's published version is visible, or null. */
export async function visibleKey(
  strapi: Core.Strapi,
  kind: 'product' | 'page' | 'category',
  documentId: string,
): Promise<string | null> {
  if (kind === 'category') return (await category(strapi, documentId))?.key ?? null;
  if (kind === 'page') {
    const { fr, en } = await pageVersions(strapi, documentId, 'published');
    return (fr ?? en)?.key ?? null;
  }
  const { fr, en } = await productVersions(strapi, documentId, 'published');
  return (fr ?? en)?.reference ?? null;
}

/**
 * Brings a product's entries and SKUs in line with its published version.
 * @param before its key before the change
 */
export async function reprojectProduct(
  strapi: Core.Strapi,
  trx: Transaction,
  documentId: string,
  before: string | null,
): Promise<void> {
  const versions = await productVersions(strapi, documentId, 'published');
  const visible = versions.fr ?? versions.en;
  if (before !== null && before !== visible?.reference) {
    await withdrawEntries(trx, idsOf('product', before));
    await setSkus(trx, before, []);
  }
  if (!visible) return;
  await writeEntries(trx, entriesOf(projectProduct(versions)));
  await setSkus(
    trx,
    visible.reference,
    visible.variants.map(({ sku }) => sku),
  );
}

/** Brings a page's entries in line with its published version. */
export async function reprojectPage(
  strapi: Core.Strapi,
  trx: Transaction,
  documentId: string,
  before: string | null,
): Promise<void> {
  const versions = await pageVersions(strapi, documentId, 'published');
  const visible = versions.fr ?? versions.en;
  if (before !== null && before !== visible?.key) await withdrawEntries(trx, idsOf('page', before));
  if (visible) await writeEntries(trx, entriesOf(projectPage(versions, await settings(strapi))));
}

/**
 * Brings a category's entries in line; its products follow when it goes.
 * @param products their document ids, read before the change
 */
export async function reprojectCategory(
  strapi: Core.Strapi,
  trx: Transaction,
  documentId: string,
  before: string | null,
  products: readonly string[],
): Promise<void> {
  const found = await category(strapi, documentId);
  if (before !== null && before !== found?.key) {
    await withdrawEntries(trx, idsOf('category', before));
    for (const product of products) await reprojectProduct(strapi, trx, product, null);
  }
  if (found) await writeEntries(trx, entriesOf(projectCategory(found)));
}

/** Published products of a category. */
export const productsOfCategory = (strapi: Core.Strapi, documentId: string): Promise<string[]> =>
  documentIds(strapi, PRODUCT, { category: { documentId } });

/**
 * Brings the settings' entries in line, and the pages that speak of the shop's address, rates and
 * the like.
 */
export async function reprojectSettings(strapi: Core.Strapi, trx: Transaction): Promise<void> {
  const shop = await settings(strapi);
  for (const id of await documentIds(strapi, PAGE)) await reprojectPage(strapi, trx, id, null);
  if (shop) await writeEntries(trx, entriesOf(projectSettings(shop)));
  else await withdrawEntries(trx, idsOf('settings', 'shop'));
}
