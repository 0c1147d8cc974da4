/** Images of the shop: the store port, its adapters, and the renditions made of every picture. No Strapi here. */
export * from './store.ts';
export { diskStore } from './disk-store.ts';
export { s3Store, s3ClientOptions, type S3Settings } from './s3-store.ts';
export * from './open-store.ts';
export * from './hash.ts';
export * from './renditions.ts';
export * from './inspect.ts';
