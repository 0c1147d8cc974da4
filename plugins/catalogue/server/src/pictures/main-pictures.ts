import { z } from 'zod';
import { mainImageKey, renditionKey } from '@comptoir/contracts';

import { makeMainPicture } from '../../../images/renditions.ts';
import type { ImageStore } from '../../../images/store.ts';

/** Runs one SQL statement outside any transaction and gives its rows. */
export type Query = (sql: string, values: readonly unknown[]) => Promise<unknown[]>;

const TABLE = `
  create table if not exists catalogue_main_pictures(reference text primary key, hash text not null)`;
/**
 * Published products whose main picture is not the one stored, and withdrawn ones that still have
 * one.
 */
const PENDING = `
  select coalesce(e.key, m.reference) as reference, e.body->'pictures'->0->>'hash' as hash,
    (e.body->'pictures'->0->'widths')::text as widths
  from (
    select * from catalogue_entries
    where kind = 'product' and locale = 'fr' and body is not null
  ) e
  full join catalogue_main_pictures m on m.reference = e.key
  where m.hash is distinct from e.body->'pictures'->0->>'hash'
  order by 1`;
// As text: Strapi's connection does not parse JSON, a plain one does.
const widthsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.int()));
const pendingSchema = z.object({
  reference: z.string(),
  hash: z.string().nullable(),
  widths: widthsSchema.nullable(),
});
type Pending = z.infer<typeof pendingSchema>;

async function write(
  images: ImageStore,
  query: Query,
  { reference, hash, widths }: Pending,
): Promise<void> {
  if (hash === null || widths === null) {
    await images.delete(mainImageKey(reference));
    await query('delete from catalogue_main_pictures where reference = $1', [reference]);
    return;
  }
  // The largest rendition is the source: it is in the store whatever the media library's provider
  // is.
  const source = await images.get(renditionKey(hash, Math.max(...widths), 'webp'));
  if (source === null)
    throw new Error(
      `The renditions of ${reference} (${hash}) are not in the store: upload its picture again`,
    );
  await images.put(mainImageKey(reference), await makeMainPicture(source.body), 'image/png');
  await query(
    `insert into catalogue_main_pictures values ($1, $2)
     on conflict (reference) do update set hash = excluded.hash`,
    [reference, hash],
  );
}

/**
 * What one run did: how many main pictures are now right that were not, and what failed (reference
 * → why).
 */
export interface MainPicturesRun {
  done: number;
  failed: Record<string, string>;
}

/** Makes the table that remembers which main picture is stored. Idempotent. */
export async function prepareMainPictures(query: Query): Promise<void> {
  await query(TABLE, []);
}

/**
 * Brings `products/{reference}/main.png` up to what is published. Idempotent, safe to run twice at
 * once (the same bytes are written); one product's failure does not stop the others, it stays
 * pending for the next run.
 */
export async function writeMainPictures(
  images: ImageStore,
  query: Query,
): Promise<MainPicturesRun> {
  const run: MainPicturesRun = { done: 0, failed: {} };
  for (const pending of z.array(pendingSchema).parse(await query(PENDING, []))) {
    try {
      await write(images, query, pending);
      run.done += 1;
    } catch (error) {
      run.failed[pending.reference] = error instanceof Error ? error.message : String(error);
    }
  }
  return run;
}
