import { defineMiddleware } from 'astro:middleware';

/** `server.ts` hands each rendering its shop; under `astro dev`, where it does not run, the same source is opened here. */
export const onRequest = defineMiddleware(async (context, next) => {
  if (import.meta.env.DEV && !context.locals.shop) {
    const { developmentShop } = await import('./client/development.ts');
    context.locals.shop = await developmentShop();
  }
  return next();
});
