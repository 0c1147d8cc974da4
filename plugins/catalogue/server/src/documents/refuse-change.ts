import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { z } from 'zod';
import { DEFAULT_LOCALE } from '@comptoir/contracts';

import { SEEN_HEADER } from '../../../domain/seen-header.ts';
import { PRODUCT, SETTINGS } from '../read-model/stored-documents.ts';
import type { Parameters } from './prepare-save.ts';

const savedSchema = z.object({
  path: z.string().startsWith('/content-manager/'),
  headers: z.object({ [SEEN_HEADER]: z.iso.datetime().transform((at) => new Date(at)) }),
});
const draftSchema = z
  .object({
    updatedAt: z.coerce.date(),
    updatedBy: z.object({ firstname: z.string().nullish() }).nullish(),
  })
  .nullish();
const hour = new Intl.DateTimeFormat('fr', { timeStyle: 'short', timeZone: 'Europe/Paris' });
/**
 * One save of the admin writes several times; only its first write can meet another editor's
 * change.
 */
const judged = new WeakSet<object>();

/**
 * Refuses a save that began from an older state of the document: it would silently undo what
 * another editor saved meanwhile. The admin sends along when what its form shows was last changed
 * (admin/src/send-seen-versions.ts). Call under the editors' lock.
 * @throws ApplicationError in French
 */
export async function refuseStale(
  strapi: Core.Strapi,
  uid: string,
  { documentId, locale }: Parameters,
): Promise<void> {
  const context = strapi.requestContext.get();
  const saved = savedSchema.safeParse(context);
  if (
    !context ||
    !saved.success ||
    judged.has(context) ||
    (documentId === undefined && uid !== SETTINGS)
  )
    return;
  judged.add(context);
  const where = {
    ...(documentId === undefined ? {} : { documentId }),
    ...(strapi.contentTypes[uid as typeof PRODUCT]?.options?.draftAndPublish
      ? { publishedAt: null, locale: locale ?? DEFAULT_LOCALE }
      : {}),
  };
  const draft = draftSchema.parse(
    await strapi.db.query(uid as typeof PRODUCT).findOne({ where, populate: { updatedBy: true } }),
  );
  if (!draft || draft.updatedAt <= saved.data.headers[SEEN_HEADER]) return;
  const who = draft.updatedBy?.firstname;
  throw new errors.ApplicationError(
    `Cette fiche a été modifiée entre-temps${who ? ` par ${who}` : ''}, à ${hour.format(draft.updatedAt)} : rechargez la page pour voir ces changements, puis refaites les vôtres.`,
    { reason: 'stale' },
  );
}

const namesSchema = z.array(
  z.object({ name: z.string().nullish(), reference: z.string().nullish() }),
);
const NAMED = 5;

/** Refuses to delete a category that products are in: they would lose it silently. */
export async function refuseUsedCategory(
  strapi: Core.Strapi,
  documentId: string | undefined,
): Promise<void> {
  if (documentId === undefined) return;
  const found = namesSchema.parse(
    await strapi.db.query(PRODUCT).findMany({
      select: ['name', 'reference'],
      where: { category: { documentId }, locale: DEFAULT_LOCALE, publishedAt: null },
      orderBy: { position: 'asc' },
    }),
  );
  if (found.length === 0) return;
  const names = found
    .slice(0, NAMED)
    .map(({ name, reference }) => name || reference || '?')
    .join(', ');
  const more = found.length > NAMED ? ` et ${found.length - NAMED} de plus` : '';
  throw new errors.ApplicationError(
    `Des produits sont dans cette catégorie (${names}${more}) : donnez-leur en une autre d’abord, puis supprimez-la.`,
    { reason: 'in-use' },
  );
}
