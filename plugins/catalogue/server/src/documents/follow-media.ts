import type { Core } from '@strapi/strapi';

import { reprojectProduct, reprojectSettings } from '../read-model/reproject.ts';
import { inTransaction, lockForEditing, rowsOf, type Transaction } from '../transaction.ts';
import { asRefusal } from './refuse.ts';

type Method = (...parameters: never[]) => Promise<unknown>;
/** Position of the file, or its id, among each method's parameters. */
const METHODS = { replace: 0, updateFileInfo: 0, remove: 0 } as const;

const USERS = `select distinct p.document_id from files_related_mph m
  join products_cmps c on c.cmp_id = m.related_id and c.field = 'pictures'
    and c.component_type = 'catalogue.picture'
  join products p on p.id = c.entity_id and p.published_at is not null
  where m.file_id = ? and m.related_type = 'catalogue.picture' and m.field = 'media' order by 1`;

async function productsUsing(trx: Transaction, fileId: number): Promise<string[]> {
  return (await rowsOf(trx, USERS, [fileId])).map((row) => String(row['document_id']));
}

function fileIdOf(subject: unknown): number | null {
  const id =
    typeof subject === 'object' && subject !== null && 'id' in subject ? subject.id : subject;
  const number = Number(id);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/**
 * Projects again whatever shows a file.
 * @throws Unpublishable when a published product is left without a picture
 */
async function followFile(
  strapi: Core.Strapi,
  trx: Transaction,
  products: readonly string[],
): Promise<void> {
  for (const documentId of products) await reprojectProduct(strapi, trx, documentId, null);
  await reprojectSettings(strapi, trx);
}

function follow(strapi: Core.Strapi, name: string, method: Method, position: number): Method {
  return async (...parameters) => {
    const fileId = fileIdOf(parameters[position]);
    if (fileId === null) return method(...parameters);
    try {
      return await inTransaction(strapi, async (trx) => {
        // A publisher holds the turn and then needs the file's row (foreign key): deleting it first
        // would be a deadlock. A replacement takes its turn late instead, because it first writes
        // to the image store and locks nothing others need.
        if (name === 'remove') await lockForEditing(trx);
        const before = await productsUsing(trx, fileId);
        const result = await method(...parameters);
        await lockForEditing(trx);
        await followFile(strapi, trx, [
          ...new Set([...before, ...(await productsUsing(trx, fileId))]),
        ]);
        return result;
      });
    } catch (error) {
      throw asRefusal(error);
    }
  };
}

/**
 * A file that is replaced or deleted is no publication: so the media library's own methods are
 * wrapped to update the read model. Call after whatever else wraps them (renditions are made inside
 * the original call).
 */
export function followMedia(strapi: Core.Strapi): void {
  const upload: Record<string, Method> = strapi.plugin('upload').service('upload');
  for (const [name, position] of Object.entries(METHODS)) {
    const method = upload[name];
    if (method) upload[name] = follow(strapi, name, method.bind(upload), position);
  }
}
