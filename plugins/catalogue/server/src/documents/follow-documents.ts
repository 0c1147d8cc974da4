import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { DEFAULT_LOCALE, LOCALES } from '@comptoir/contracts';

import {
  productsOfCategory,
  reprojectCategory,
  reprojectPage,
  reprojectProduct,
  reprojectSettings,
  visibleKey,
} from '../read-model/reproject.ts';
import { CATEGORY, PAGE, PRODUCT, SETTINGS } from '../read-model/stored-documents.ts';
import { inTransaction, lockForEditing, type Transaction } from '../transaction.ts';
import { type Parameters, prepareClone, prepareSave } from './prepare-save.ts';
import { asRefusal, refuseIfAny } from './refuse.ts';
import { refuseStale, refuseUsedCategory } from './refuse-change.ts';
import { draftPageProblems, draftProductProblems } from './taken-names.ts';

const KINDS: Readonly<Record<string, 'product' | 'page' | 'category' | 'settings'>> = {
  [PRODUCT]: 'product',
  [PAGE]: 'page',
  [CATEGORY]: 'category',
  [SETTINGS]: 'settings',
};
const WRITES: readonly string[] = [
  'create',
  'update',
  'publish',
  'unpublish',
  'delete',
  'discardDraft',
  'clone',
];
/** These act on all languages at once, because shared fields must agree in both. */
const WHOLE_DOCUMENT: readonly string[] = ['publish', 'unpublish', 'discardDraft'];

interface Call {
  uid: string;
  action: string;
  params: Parameters;
}
type Next = () => Promise<unknown>;
const resultSchema = z.object({ documentId: z.string() });
const versionsSchema = z.looseObject({
  entries: z.array(z.looseObject({ locale: z.string().nullish() })),
});

/** Puts the requested language first: the admin shows the first version of an answer. */
function requestedLocaleFirst(result: unknown, locale: unknown): unknown {
  const parsed = versionsSchema.safeParse(result);
  if (!parsed.success) return result;
  const requested = typeof locale === 'string' && locale !== '*' ? locale : 'fr';
  const entries = [...parsed.data.entries].sort(
    (a, b) => Number(b.locale === requested) - Number(a.locale === requested),
  );
  return { ...parsed.data, entries };
}

/** Saving with `status: published` is a save, then a publication of all languages. */
async function saveAndPublish(
  strapi: Core.Strapi,
  { uid, action, params }: Call,
): Promise<unknown> {
  const documents = strapi.documents(uid as typeof PRODUCT);
  const { status: _status, ...draft } = params;
  const saved =
    action === 'create'
      ? await documents.create(draft as never)
      : await documents.update(draft as never);
  const { documentId } = resultSchema.parse(saved);
  const published = versionsSchema.parse(
    await documents.publish({ ...params, documentId, data: undefined, status: undefined } as never),
  );
  return published.entries[0];
}

async function updateReadModel(
  strapi: Core.Strapi,
  trx: Transaction,
  kind: string,
  documentId: string | undefined,
  before: string | null,
  products: readonly string[],
): Promise<void> {
  if (kind === 'settings') return reprojectSettings(strapi, trx);
  if (documentId === undefined) return;
  if (kind === 'product') return reprojectProduct(strapi, trx, documentId, before);
  if (kind === 'page') return reprojectPage(strapi, trx, documentId, before);
  return reprojectCategory(strapi, trx, documentId, before, products);
}

async function prepareChange(
  strapi: Core.Strapi,
  trx: Transaction,
  { uid, action, params }: Call,
): Promise<void> {
  if (action === 'create' || action === 'update') await prepareSave(strapi, uid, params);
  if (action === 'clone') prepareClone(uid, params);
  if (action === 'update') await refuseStale(strapi, uid, params);
  if (action === 'delete' && uid === CATEGORY) await refuseUsedCategory(strapi, params.documentId);
  if (action !== 'publish' || params.documentId === undefined) return;
  if (uid === PRODUCT) refuseIfAny(await draftProductProblems(strapi, trx, params.documentId));
  if (uid === PAGE) refuseIfAny(await draftPageProblems(strapi, trx, params.documentId));
}

/**
 * A new product or page exists in every language from its first save, with what languages share
 * filled in: the form of a language that does not exist yet shows variants and pictures empty, and
 * saving it would empty them everywhere.
 */
async function openOtherLanguages(
  strapi: Core.Strapi,
  { uid, params }: Call,
  documentId: string,
): Promise<void> {
  const requested = typeof params.locale === 'string' ? params.locale : DEFAULT_LOCALE;
  for (const locale of LOCALES)
    if (locale !== requested)
      await strapi.documents(uid as typeof PRODUCT).update({ documentId, locale, data: {} });
}

async function applyChange(
  strapi: Core.Strapi,
  trx: Transaction,
  call: Call,
  next: Next,
): Promise<unknown> {
  const kind = KINDS[call.uid] ?? 'settings';
  const { documentId, locale } = call.params;
  // A copy is another document: its source stays as it is.
  const named = kind !== 'settings' && documentId !== undefined && call.action !== 'clone';
  const before = named ? await visibleKey(strapi, kind, documentId) : null;
  const products =
    kind === 'category' && documentId !== undefined
      ? await productsOfCategory(strapi, documentId)
      : [];
  await prepareChange(strapi, trx, call);
  if ((kind === 'product' || kind === 'page') && WHOLE_DOCUMENT.includes(call.action))
    call.params.locale = '*';
  const result = requestedLocaleFirst(await next(), locale);
  const parsed = resultSchema.safeParse(result);
  if (call.action === 'create' && (kind === 'product' || kind === 'page') && parsed.success)
    await openOtherLanguages(strapi, call, parsed.data.documentId);
  await updateReadModel(
    strapi,
    trx,
    kind,
    parsed.success ? parsed.data.documentId : documentId,
    before,
    products,
  );
  return result;
}

/**
 * Writes the read model in the transaction of every change that shoppers can see; a refused
 * projection undoes the change.
 */
export function followDocuments(strapi: Core.Strapi): void {
  strapi.documents.use(async (context, next) => {
    if (!(context.uid in KINDS) || !WRITES.includes(context.action)) return next();
    const call: Call = {
      uid: context.uid,
      action: context.action,
      params: context.params as Parameters,
    };
    const isSaveAndPublish =
      (call.uid === PRODUCT || call.uid === PAGE) &&
      call.params.status === 'published' &&
      ['create', 'update'].includes(call.action);
    try {
      return (await inTransaction(strapi, async (trx) => {
        await lockForEditing(trx);
        return isSaveAndPublish
          ? saveAndPublish(strapi, call)
          : applyChange(strapi, trx, call, next);
      })) as Awaited<ReturnType<typeof next>>;
    } catch (error) {
      throw asRefusal(error);
    }
  });
}
