/** Images of the shop: the store port, its adapters, and the renditions made of every picture. No Strapi here. */
export { diskStore } from './disk-store.ts';
export * from './hash.ts';
export * from './inspect.ts';
export * from './open-store.ts';
export * from './renditions.ts';
export { s3ClientOptions, type S3Settings, s3Store } from './s3-store.ts';
export * from './store.ts';
