import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { type Locale, localeSchema } from '@comptoir/contracts';

import { priceRefusal } from '../../../domain/euro.ts';
import { categoryProblems, identityProblem, type Problem } from '../../../domain/publish-rules.ts';
import { savedSettingsSchema, settingsProblems } from '../../../domain/settings-rules.ts';
import { slugOf } from '../../../domain/slug.ts';
import {
  CATEGORY,
  category,
  PAGE,
  pageVersions,
  PRODUCT,
  productVersions,
  SETTINGS,
} from '../read-model/stored-documents.ts';
import { refuseIfAny } from './refuse.ts';

/** What a document call was given; Strapi's own type differs for each action. */
export interface Parameters {
  documentId?: string;
  locale?: unknown;
  status?: unknown;
  data?: Record<string, unknown>;
}

const categoryNamesSchema = z.array(
  z.object({
    key: z.string().nullish(),
    slugFr: z.string().nullish(),
    slugEn: z.string().nullish(),
  }),
);
type CategoryNames = z.infer<typeof categoryNamesSchema>[number];
/** A field's text; undefined when the field was not sent. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return value === null ? '' : undefined;
}
const localeOf = (value: unknown): Locale => localeSchema.catch('fr').parse(value);

function fillSlug(
  data: Record<string, unknown>,
  name: string,
  slug: string,
  known: { name?: string; slug?: string } = {},
): void {
  const given = slug in data ? (textOf(data[slug]) ?? '') : (known.slug ?? '');
  const title = textOf(data[name]) ?? known.name ?? '';
  if (given === '' && title !== '') data[slug] = slugOf(title);
}

/** Prices that are no whole cents: Strapi would read text as a number, `28.000` as 28 cents. */
function priceProblems(list: unknown, at: string, field: string): Problem[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index): Problem[] => {
    const message = priceRefusal(
      typeof item === 'object' && item !== null ? Reflect.get(item, field) : null,
    );
    return message === null ? [] : [{ path: [at, index, field], message }];
  });
}

/**
 * Fields that languages share. The form of a new language shows them empty; left out of the save,
 * they are copied from the existing language.
 */
const SHARED: readonly string[] = ['variants', 'pictures', 'category'];
const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

function keepShared(data: Record<string, unknown>): void {
  for (const name of SHARED) if (isEmpty(data[name])) delete data[name];
}

/** The rank after the last one: a new product must not come before all others. */
async function lastRank(strapi: Core.Strapi): Promise<number> {
  const [last] = z.array(z.object({ position: z.int().nullish() })).parse(
    await strapi.db.query(PRODUCT).findMany({
      select: ['position'],
      orderBy: { position: 'desc' },
      where: { position: { $notNull: true } },
      limit: 1,
    }),
  );
  return last?.position ?? 0;
}

async function prepareProduct(
  strapi: Core.Strapi,
  { documentId, locale, data = {} }: Parameters,
): Promise<void> {
  refuseIfAny(priceProblems(data['variants'], 'variants', 'price'));
  const drafts = documentId === undefined ? {} : await productVersions(strapi, documentId, 'draft');
  const before = (drafts.fr ?? drafts.en)?.reference ?? '';
  const problem = identityProblem('reference', before, textOf(data['reference']));
  if (problem) refuseIfAny([problem]);
  const language = localeOf(locale);
  if (documentId === undefined && !data['position'])
    data['position'] = (await lastRank(strapi)) + 1;
  if (documentId !== undefined && !drafts[language]) keepShared(data);
  fillSlug(data, 'name', 'slug', drafts[language]);
}

async function preparePage(
  strapi: Core.Strapi,
  { documentId, locale, data = {} }: Parameters,
): Promise<void> {
  const drafts = documentId === undefined ? {} : await pageVersions(strapi, documentId, 'draft');
  const problem = identityProblem('key', (drafts.fr ?? drafts.en)?.key ?? '', textOf(data['key']));
  if (problem) refuseIfAny([problem]);
  const known = drafts[localeOf(locale)];
  fillSlug(data, 'title', 'slug', known && { name: known.title, slug: known.slug });
}

async function prepareCategory(
  strapi: Core.Strapi,
  { documentId, data = {} }: Parameters,
): Promise<void> {
  const before = documentId === undefined ? null : await category(strapi, documentId);
  const key = textOf(data['key']);
  const problem = identityProblem('key', before?.key ?? '', key);
  if (problem) refuseIfAny([problem]);
  fillSlug(data, 'nameFr', 'slugFr', before ? { name: before.nameFr, slug: before.slugFr } : {});
  fillSlug(data, 'nameEn', 'slugEn', before ? { name: before.nameEn, slug: before.slugEn } : {});
  refuseIfAny(
    categoryProblems(
      { key, slugFr: textOf(data['slugFr']), slugEn: textOf(data['slugEn']) },
      await otherCategories(strapi, documentId),
    ),
  );
}

async function otherCategories(
  strapi: Core.Strapi,
  documentId: string | undefined,
): Promise<CategoryNames[]> {
  const others: unknown = await strapi.db.query(CATEGORY).findMany({
    select: ['key', 'slugFr', 'slugEn'],
    where: documentId === undefined ? {} : { documentId: { $ne: documentId } },
  });
  return categoryNamesSchema.parse(others);
}

function prepareSettings({ data = {} }: Parameters): void {
  refuseIfAny([
    ...priceProblems(data['shipping'], 'shipping', 'price'),
    ...priceProblems(data['shipping'], 'shipping', 'freeFrom'),
  ]);
  const saved = savedSettingsSchema.safeParse(data);
  // A value of the wrong type is refused by Strapi itself.
  if (saved.success) refuseIfAny(settingsProblems(saved.data));
}

/**
 * Checks and completes what staff save: the identity never changes, an empty address is drawn from
 * the name.
 * @throws ValidationError
 */
export async function prepareSave(
  strapi: Core.Strapi,
  uid: string,
  parameters: Parameters,
): Promise<void> {
  if (uid === PRODUCT) return prepareProduct(strapi, parameters);
  if (uid === PAGE) return preparePage(strapi, parameters);
  if (uid === CATEGORY) return prepareCategory(strapi, parameters);
  if (uid === SETTINGS) prepareSettings(parameters);
}

/** A copy needs its own identity and addresses: both start empty. */
export function prepareClone(uid: string, parameters: Parameters): void {
  const identity = uid === PRODUCT ? { reference: null } : { key: null };
  if (uid === PRODUCT || uid === PAGE)
    parameters.data = { slug: null, ...parameters.data, ...identity };
}
