import { type Claim, inspectPicture } from '../../../images/inspect.ts';
import {
  makeRenditions,
  type PictureFacts,
  pictureFacts,
  renditionKeys,
} from '../../../images/renditions.ts';
import type { ImageStore } from '../../../images/store.ts';

/** An accepted picture, its renditions stored, or the refusal in the merchant's words. */
type Acceptance = { ok: true; facts: PictureFacts } | { ok: false; reason: string };

/** Where renditions go, and where those made before the shop was shipped can be copied from. */
export interface RenditionStores {
  /**
   * The shop's own store alone: browsers may fetch from it directly, so nothing may be missing
   * there.
   */
  own: ImageStore;
  shipped: Pick<ImageStore, 'get'>;
}

async function missingFrom(store: ImageStore, keys: readonly string[]): Promise<string[]> {
  const there = await Promise.all(keys.map((key) => store.has(key)));
  return keys.filter((_, index) => there[index] !== true);
}

/** Copies what was shipped. @returns the keys that were not */
async function copyShipped(
  { own, shipped }: RenditionStores,
  keys: readonly string[],
): Promise<string[]> {
  const absent: string[] = [];
  for (const key of keys) {
    const image = await shipped.get(key);
    if (image === null) absent.push(key);
    else await own.put(key, image.body, image.contentType);
  }
  return absent;
}

/**
 * Checks a picture and stores its renditions. Those of the same bytes are found by their hash: an
 * earlier upload's stay, shipped ones are copied.
 * @throws ImageStoreError when the store does not answer; nothing then refers to what was written.
 */
export async function acceptPicture(
  stores: RenditionStores,
  bytes: Buffer,
  claim: Claim,
): Promise<Acceptance> {
  const inspection = await inspectPicture(bytes, claim);
  if (!inspection.ok) return inspection;
  const facts = await pictureFacts(bytes);
  const absent = await copyShipped(stores, await missingFrom(stores.own, renditionKeys(facts)));
  if (absent.length === 0) return { ok: true, facts };
  for await (const rendition of makeRenditions(bytes, facts))
    await stores.own.put(rendition.key, rendition.bytes, rendition.contentType);
  return { ok: true, facts };
}
