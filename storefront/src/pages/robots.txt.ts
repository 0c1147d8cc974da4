import type { APIRoute } from 'astro';

import { PREVIEW_PREFIX, routes } from '../features/i18n/page-routes.ts';

/** Search engines may crawl all pages but previews. */
export const GET: APIRoute = ({ locals: { shop } }) =>
  new Response(
    `User-agent: *\nDisallow: ${PREVIEW_PREFIX}\n\nSitemap: ${shop.siteUrl}${routes.sitemap()}\n`,
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  );
