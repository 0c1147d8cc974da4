import { z } from 'zod';
import type { ImageStore, StoredKey } from '../../../images/store.ts';
import type { Query } from './main-pictures.ts';

/** Renditions younger than this stay: their upload, or the publish that will refer to them, may still be under way. */
export const SWEEP_GRACE_MS = 24 * 60 * 60 * 1000;

/**
 * Every hash something may still show: all media files (drafts refer to files), and everything published, withdrawn rows
 * excepted. One statement, so that both are seen at one instant.
 */
const REFERENCED = `
  select provider_metadata->'comptoir'->>'hash' as hash from files where provider_metadata->'comptoir' is not null
  union
  select jsonb_path_query(body, 'lax $.**.hash') #>> '{}' from catalogue_entries where body is not null`;
const referencedSchema = z.array(z.object({ hash: z.string().nullable() }));

/** Keys that nothing refers to and that are older than the grace time. Pure. */
export function orphans(keys: readonly StoredKey[], referenced: ReadonlySet<string>, now: Date, graceMs = SWEEP_GRACE_MS): string[] {
  return keys
    .filter(({ key, modifiedAt }) => !referenced.has(key.split('/')[1] ?? '') && now.getTime() - modifiedAt.getTime() > graceMs)
    .map(({ key }) => key);
}

/**
 * Removes renditions nothing refers to. @param images the store without the seed below it (`openOwnStore`)
 * @returns the keys removed. Listed first and asked second: what is uploaded meanwhile is not in the list.
 */
export async function sweepRenditions(images: ImageStore, query: Query, now: Date): Promise<string[]> {
  const keys = await images.list('renditions/');
  const referenced = new Set(referencedSchema.parse(await query(REFERENCED, [])).flatMap(({ hash }) => (hash === null ? [] : [hash])));
  const removed = orphans(keys, referenced, now);
  for (const key of removed) await images.delete(key);
  return removed;
}
