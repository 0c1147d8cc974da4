import { defineMiddleware } from 'astro:middleware';

import { serializeCookie } from './client/cookie-header.ts';

/** `server.ts` hands each rendering its shop; under `astro dev`, where it does not run, the same source is opened here. */
export const onRequest = defineMiddleware(async (context, next) => {
  if (!import.meta.env.DEV || context.locals.shop) return next();
  const { developmentReply, developmentShop } = await import('./client/development.ts');
  context.locals.shop = await developmentShop();
  const reply = await developmentReply(context.request, context.locals.shop);
  if (reply?.kind === 'page') context.locals.own = reply.page;
  const response =
    reply?.kind === 'redirect'
      ? new Response(null, { status: 303, headers: { location: reply.to } })
      : await next();
  for (const cookie of reply?.cookies ?? [])
    response.headers.append('set-cookie', serializeCookie(cookie, false));
  if (reply?.kind === 'page' && reply.refresh)
    response.headers.set('refresh', `${reply.refresh.seconds}; url=${reply.refresh.to}`);
  return response;
});
