import { inspectPicture, type Claim } from '../../../images/inspect.ts';
import { makeRenditions, pictureFacts, renditionKeys, type PictureFacts } from '../../../images/renditions.ts';
import type { ImageStore } from '../../../images/store.ts';

/** An accepted picture, its renditions stored, or the refusal in the merchant's words. */
export type Acceptance = { ok: true; facts: PictureFacts } | { ok: false; reason: string };

const present = async (store: ImageStore, facts: PictureFacts): Promise<boolean> =>
  (await Promise.all(renditionKeys(facts).map((key) => store.has(key)))).every(Boolean);

/**
 * Checks a picture and stores its renditions. Those of the same bytes are found by their hash (earlier upload, shipped
 * seed) and not made again. @throws ImageStoreError when the store is away; nothing then refers to what was written.
 */
export async function acceptPicture(store: ImageStore, bytes: Buffer, claim: Claim): Promise<Acceptance> {
  const inspection = await inspectPicture(bytes, claim);
  if (!inspection.ok) return inspection;
  const facts = await pictureFacts(bytes);
  if (await present(store, facts)) return { ok: true, facts };
  for await (const rendition of makeRenditions(bytes, facts)) await store.put(rendition.key, rendition.bytes, rendition.contentType);
  return { ok: true, facts };
}
