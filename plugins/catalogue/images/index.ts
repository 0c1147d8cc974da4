/**
 * Images of the shop: the store, its adapters, and the renditions made of every picture. No Strapi
 * here.
 */
export { diskStore } from './disk-store.ts';
export { pictureHash } from './hash.ts';
export { openImageStore } from './open-store.ts';
export { makeRenditions, type PictureFacts, pictureFacts, renditionKeys } from './renditions.ts';
export type { ImageStore } from './store.ts';
