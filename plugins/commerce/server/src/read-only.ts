import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { LEDGERS } from './content-types.ts';

const WRITES: readonly string[] = [
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
];

/** Second guard: the document service never writes the ledger. Call in `register()`. */
export function refuseDocumentWrites(strapi: Core.Strapi): void {
  strapi.documents.use((context, next) => {
    if (LEDGERS.includes(context.uid) && WRITES.includes(context.action)) {
      throw new errors.ForbiddenError(
        'Commandes et stock ne se modifient pas ici : passez par les pages « Commandes » et « Stock », qui gardent une trace de chaque changement.',
      );
    }
    return next();
  });
}

/**
 * First guard: no role, super admins included, gets create, update, delete or publish on the
 * ledger. Call in `bootstrap()`.
 */
export function hideWriteActions(strapi: Core.Strapi): void {
  const actions: { get(id: string): { subjects?: string[] } | undefined } =
    strapi.service('admin::permission')['actionProvider'];
  for (const verb of ['create', 'update', 'delete', 'publish']) {
    const action = actions.get(`plugin::content-manager.explorer.${verb}`);
    if (action?.subjects) action.subjects = action.subjects.filter((uid) => !LEDGERS.includes(uid));
  }
}
