import { LOCALES, type Locale } from '@comptoir/contracts';
import type { Core } from '@strapi/strapi';
import type { InLanguages, ProductDocument } from '../../../domain/documents.ts';
import { NOTHING_TAKEN, pageProblems, productProblems, type Problem, type Taken } from '../../../domain/publish-rules.ts';
import { rowsOf, type Transaction } from '../database.ts';
import { PAGE, pageVersions, PRODUCT, productVersions } from '../read-model/documents.ts';

const SLUG_HOLDER = `select key from catalogue_entries where kind = ? and locale = ? and body ->> 'slug' = ? and key <> ? limit 1`;
/** A reference wins over a slug in addresses: a slug that is another product's reference would lead elsewhere. */
const REFERENCE_HOLDER = `select key from catalogue_entries where kind = 'product' and body is not null and key = ? and key <> ? limit 1`;

async function slugHolders(trx: Transaction, kind: 'product' | 'page', key: string, slugs: InLanguages<string>): Promise<InLanguages<string>> {
  const holders: InLanguages<string> = {};
  for (const locale of LOCALES) {
    const slug = slugs[locale];
    if (slug === undefined || slug === '') continue;
    const [named] = await rowsOf(trx, SLUG_HOLDER, [kind, locale, slug, key]);
    const [referred] = kind === 'product' ? await rowsOf(trx, REFERENCE_HOLDER, [slug, key]) : [];
    const holder = named ?? referred;
    if (holder) holders[locale] = String(holder['key']);
  }
  return holders;
}

async function skuHolders(trx: Transaction, reference: string, variants: ProductDocument['variants']): Promise<Map<string, string>> {
  const rows = await rowsOf(trx, 'select sku, reference from catalogue_skus where sku = any(?::text[]) and reference <> ?', [variants.map(({ sku }) => sku), reference]);
  return new Map(rows.map((row) => [String(row['sku']), String(row['reference'])]));
}

async function identityTaken(strapi: Core.Strapi, uid: typeof PRODUCT | typeof PAGE, documentId: string, value: string): Promise<boolean> {
  const field = uid === PRODUCT ? 'reference' : 'key';
  return value !== '' && (await strapi.db.query(uid).count({ where: { [field]: value, documentId: { $ne: documentId } } })) > 0;
}

const slugsOf = (versions: InLanguages<{ slug: string }>): InLanguages<string> =>
  Object.fromEntries(LOCALES.flatMap((locale: Locale) => (versions[locale] ? [[locale, versions[locale].slug]] : [])));

/** What would refuse the publication of a product's drafts now. */
export async function draftProductProblems(strapi: Core.Strapi, trx: Transaction, documentId: string): Promise<Problem[]> {
  const drafts = await productVersions(strapi, documentId, 'draft');
  const shared = drafts.fr ?? drafts.en;
  if (!shared) return productProblems(drafts);
  const { reference, variants } = shared;
  const taken: Taken = {
    reference: await identityTaken(strapi, PRODUCT, documentId, reference),
    skus: await skuHolders(trx, reference, variants),
    slugs: await slugHolders(trx, 'product', reference, slugsOf(drafts)),
  };
  return productProblems(drafts, taken);
}

/** What would refuse the publication of a page's drafts now. */
export async function draftPageProblems(strapi: Core.Strapi, trx: Transaction, documentId: string): Promise<Problem[]> {
  const drafts = await pageVersions(strapi, documentId, 'draft');
  const key = (drafts.fr ?? drafts.en)?.key ?? '';
  return pageProblems(drafts, {
    ...NOTHING_TAKEN, reference: await identityTaken(strapi, PAGE, documentId, key), slugs: await slugHolders(trx, 'page', key, slugsOf(drafts)),
  });
}
