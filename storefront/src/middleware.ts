import { defineMiddleware } from 'astro:middleware';

import { serializeCookie } from './http/cookie-header.ts';

/**
 * In production `server.ts` gives each rendering its locals. Under `astro dev` it does not run, so
 * this middleware opens the same source.
 */
export const onRequest = defineMiddleware(async (context, next) => {
  if (!import.meta.env.DEV || context.locals.shop) return next();
  const { developmentResponse, developmentShop } = await import('./development.ts');
  context.locals.shop = await developmentShop();
  const answer = await developmentResponse(context.request, context.locals.shop);
  if (answer?.kind === 'page') context.locals.personalProps = answer.props;
  const response =
    answer?.kind === 'redirect'
      ? new Response(null, { status: 303, headers: { location: answer.to } })
      : await next();
  for (const cookie of answer?.cookies ?? [])
    response.headers.append('set-cookie', serializeCookie(cookie, false));
  if (answer?.kind === 'page' && answer.refresh)
    response.headers.set('refresh', `${answer.refresh.seconds}; url=${answer.refresh.to}`);
  return response;
});
