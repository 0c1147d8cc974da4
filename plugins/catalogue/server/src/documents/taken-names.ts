import type { Core } from '@strapi/strapi';
import { type Locale, LOCALES } from '@comptoir/contracts';

import type { InLanguages, ProductDocument } from '../../../domain/document-schemas.ts';
import {
  NOTHING_TAKEN,
  pageProblems,
  type Problem,
  productProblems,
  type TakenNames,
} from '../../../domain/publish-rules.ts';
import { PAGE, pageVersions, productVersions } from '../read-model/stored-documents.ts';
import { rowsOf, type Transaction } from '../transaction.ts';

const PAGE_SLUG_HOLDER = `
  select key from catalogue_entries
  where kind = 'page' and locale = ? and body ->> 'slug' = ? and key <> ? limit 1`;
const SLUGS = `
  select key, locale, body ->> 'slug' as slug from catalogue_entries
  where kind = 'product' and locale = ? and body ->> 'slug' = any(?::text[])
    and not (key = any(?::text[]))`;
/**
 * A reference wins over a slug in addresses: a slug that is another product's reference would lead
 * elsewhere.
 */
const REFERENCES = `
  select distinct key from catalogue_entries
  where kind = 'product' and body is not null and key = any(?::text[])
    and not (key = any(?::text[]))`;
const SKUS = `
  select sku, reference from catalogue_skus
  where sku = any(?::text[]) and not (reference = any(?::text[]))`;
const IDENTITIES =
  'select distinct reference, document_id from products where reference = any(?::text[])';

async function pageSlugHolders(
  trx: Transaction,
  key: string,
  slugs: InLanguages<string>,
): Promise<InLanguages<string>> {
  const holders: InLanguages<string> = {};
  for (const locale of LOCALES) {
    const slug = slugs[locale];
    const [holder] =
      slug === undefined || slug === ''
        ? []
        : await rowsOf(trx, PAGE_SLUG_HOLDER, [locale, slug, key]);
    if (holder) holders[locale] = String(holder['key']);
  }
  return holders;
}

interface Claimant {
  documentId: string;
  reference: string;
  skus: string[];
  slugs: InLanguages<string>;
}

/**
 * Who holds what, by name; a name may have several claimants among the products that are published
 * together.
 */
class Holders {
  readonly #by = new Map<string, string[]>();
  add(name: string, reference: string): void {
    this.#by.set(name, [...(this.#by.get(name) ?? []), reference]);
  }
  other(name: string, reference: string): string | undefined {
    return this.#by.get(name)?.find((holder) => holder !== reference);
  }
}

function claimantOf([documentId, versions]: [string, InLanguages<ProductDocument>]): Claimant[] {
  const shared = versions.fr ?? versions.en;
  return shared
    ? [
        {
          documentId,
          reference: shared.reference,
          skus: shared.variants.map(({ sku }) => sku),
          slugs: slugsOf(versions),
        },
      ]
    : [];
}

async function slugHolders(
  trx: Transaction,
  claimants: readonly Claimant[],
  references: readonly string[],
): Promise<Record<Locale, Holders>> {
  const holders = { fr: new Holders(), en: new Holders() };
  for (const locale of LOCALES) {
    const slugs = claimants.flatMap(({ slugs: both }) => (both[locale] ? [both[locale]] : []));
    for (const row of await rowsOf(trx, SLUGS, [locale, slugs, references]))
      holders[locale].add(String(row['slug']), String(row['key']));
    for (const row of await rowsOf(trx, REFERENCES, [slugs, references]))
      holders[locale].add(String(row['key']), String(row['key']));
    for (const { reference, slugs: both } of claimants) {
      holders[locale].add(reference, reference);
      if (both[locale]) holders[locale].add(both[locale], reference);
    }
  }
  return holders;
}

async function skuHolders(
  trx: Transaction,
  claimants: readonly Claimant[],
  references: readonly string[],
): Promise<Holders> {
  const holders = new Holders();
  for (const row of await rowsOf(trx, SKUS, [claimants.flatMap(({ skus }) => skus), references]))
    holders.add(String(row['sku']), String(row['reference']));
  for (const { reference, skus } of claimants) for (const sku of skus) holders.add(sku, reference);
  return holders;
}

async function takenReferences(
  trx: Transaction,
  claimants: readonly Claimant[],
): Promise<Set<string>> {
  const mine = new Map(claimants.map(({ documentId, reference }) => [documentId, reference]));
  const rows = await rowsOf(trx, IDENTITIES, [
    [...mine.values()].filter((reference) => reference !== ''),
  ]);
  const documents = Map.groupBy(rows, (row) => String(row['reference']));
  return new Set(
    [...mine]
      .filter(([id, reference]) =>
        documents.get(reference)?.some((row) => row['document_id'] !== id),
      )
      .map(([id]) => id),
  );
}

/**
 * What each of these products would take from another, one of them or any other of the shop.
 * @param products by document
 */
export async function takenByOthers(
  trx: Transaction,
  products: ReadonlyMap<string, InLanguages<ProductDocument>>,
): Promise<Map<string, TakenNames>> {
  const claimants = [...products].flatMap(claimantOf);
  const references = claimants.map(({ reference }) => reference);
  const identities = await takenReferences(trx, claimants);
  const slugs = await slugHolders(trx, claimants, references);
  const skus = await skuHolders(trx, claimants, references);
  return new Map(
    claimants.map((one) => {
      const named = LOCALES.map(
        (locale) => [locale, slugs[locale].other(one.slugs[locale] ?? '', one.reference)] as const,
      ).filter(([, holder]) => holder !== undefined);
      const held = one.skus
        .map((sku) => [sku, skus.other(sku, one.reference)] as const)
        .filter((pair): pair is [string, string] => pair[1] !== undefined);
      return [
        one.documentId,
        {
          reference: identities.has(one.documentId),
          skus: new Map(held),
          slugs: Object.fromEntries(named),
        },
      ];
    }),
  );
}

async function pageKeyTaken(
  strapi: Core.Strapi,
  documentId: string,
  key: string,
): Promise<boolean> {
  return (
    key !== '' &&
    (await strapi.db.query(PAGE).count({ where: { key, documentId: { $ne: documentId } } })) > 0
  );
}

const slugsOf = (versions: InLanguages<{ slug: string }>): InLanguages<string> =>
  Object.fromEntries(
    LOCALES.flatMap((locale: Locale) =>
      versions[locale] ? [[locale, versions[locale].slug]] : [],
    ),
  );

/** What would refuse the publication of a product's drafts now. */
export async function draftProductProblems(
  strapi: Core.Strapi,
  trx: Transaction,
  documentId: string,
): Promise<Problem[]> {
  const drafts = await productVersions(strapi, documentId, 'draft');
  return productProblems(
    drafts,
    (await takenByOthers(trx, new Map([[documentId, drafts]]))).get(documentId),
  );
}

/** What would refuse the publication of a page's drafts now. */
export async function draftPageProblems(
  strapi: Core.Strapi,
  trx: Transaction,
  documentId: string,
): Promise<Problem[]> {
  const drafts = await pageVersions(strapi, documentId, 'draft');
  const key = (drafts.fr ?? drafts.en)?.key ?? '';
  return pageProblems(drafts, {
    ...NOTHING_TAKEN,
    reference: await pageKeyTaken(strapi, documentId, key),
    slugs: await pageSlugHolders(trx, key, slugsOf(drafts)),
  });
}
