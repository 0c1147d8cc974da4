import { z } from 'zod';

import type { ImageStore, StoredKey } from '../../../images/store.ts';
import type { Query } from './main-pictures.ts';

/**
 * Renditions younger than this stay: their upload, or the publish that will refer to them, may
 * still be under way.
 */
const SWEEP_GRACE_MS = 24 * 60 * 60 * 1000;

/**
 * Every hash something may still show: all media files (drafts refer to files), and everything
 * published, withdrawn rows excepted. One statement, so that both are seen at one instant.
 */
const REFERENCED = `
  select provider_metadata->'comptoir'->>'hash' as hash from files
  where provider_metadata->'comptoir' is not null
  union
  select jsonb_path_query(body, 'lax $.**.hash') #>> '{}' from catalogue_entries
  where body is not null`;
const referencedSchema = z.array(z.object({ hash: z.string().nullable() }));

/** Keys that nothing refers to and that are older than the grace time. Pure. */
export function orphans(
  keys: readonly StoredKey[],
  referenced: ReadonlySet<string>,
  now: Date,
  graceMs = SWEEP_GRACE_MS,
): StoredKey[] {
  return keys.filter(
    ({ key, modifiedAt }) =>
      !referenced.has(key.split('/')[1] ?? '') && now.getTime() - modifiedAt.getTime() > graceMs,
  );
}

/**
 * Renditions nothing refers to (removed, unless it was a dry run) and how many stay; `bytes` is the
 * size of the orphans.
 */
export type Sweep =
  | { ok: true; orphans: string[]; bytes: number; kept: number }
  | { ok: false; reason: 'nothing-referenced'; stored: number };

/**
 * Removes renditions nothing refers to.
 * @param images the store without the seed below it (`openOwnStore`) Listed first and asked second:
 * what is uploaded meanwhile is not in the list. A database that refers to no picture at all is
 * more likely the wrong one than a shop without pictures, so nothing is removed then.
 */
export async function sweepRenditions(
  images: ImageStore,
  query: Query,
  now: Date,
  dryRun: boolean,
): Promise<Sweep> {
  const keys = await images.list('renditions/');
  const referenced = new Set(
    referencedSchema
      .parse(await query(REFERENCED, []))
      .flatMap(({ hash }) => (hash === null ? [] : [hash])),
  );
  if (referenced.size === 0 && keys.length > 0)
    return { ok: false, reason: 'nothing-referenced', stored: keys.length };
  const found = orphans(keys, referenced, now);
  for (const { key } of dryRun ? [] : found) await images.delete(key);
  return {
    ok: true,
    orphans: found.map(({ key }) => key),
    bytes: found.reduce((sum, { size }) => sum + size, 0),
    kept: keys.length - found.length,
  };
}
