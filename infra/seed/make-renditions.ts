/**
 * Makes the renditions the shop ships with: `node infra/seed/make-renditions.ts`, after a picture
 * of `images/` or the encoder's settings changed. Writes `renditions/{hash}/{width}.{avif,webp}`
 * and `pictures.json` (file name → what the read model needs, text excepted), so that neither the
 * first start nor the fallback without a database encodes anything.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diskStore,
  makeRenditions,
  type PictureFacts,
  pictureFacts,
} from '@comptoir/catalogue/images';

const seed = import.meta.dirname;
await rm(join(seed, 'renditions'), { recursive: true, force: true });
const store = diskStore(seed);
const pictures: Record<string, PictureFacts> = {};
let total = 0;
for (const name of (await readdir(join(seed, 'images'))).sort()) {
  const original = await readFile(join(seed, 'images', name));
  const facts = await pictureFacts(original);
  for await (const { key, bytes, contentType } of makeRenditions(original, facts)) {
    await store.put(key, bytes, contentType);
    total += bytes.length;
  }
  pictures[name] = facts;
  console.log(`${name}: ${facts.width} × ${facts.height}, ${facts.widths.length * 2} files`);
}
await writeFile(join(seed, 'pictures.json'), `${JSON.stringify(pictures, null, 2)}\n`);
console.log(`${Object.keys(pictures).length} pictures, ${(total / 1e6).toFixed(1)} MB`);
