import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodeBody } from '@comptoir/http';

import type { PersonalRoute } from '../src/features/i18n/page-routes.ts';
import type { PersonalProps } from '../src/features/personal-pages.ts';
import { answerPersonalPage } from '../src/features/personal-pages.ts';
import { readCookies, serializeCookie } from '../src/http/cookie-header.ts';
import type { PageRequest } from '../src/http/page-request.ts';
import type { PageResponse, RenderResponse } from '../src/http/page-response.ts';
import type { ShopContext } from '../src/http/shop-context.ts';
import type { HandlerParts } from './handler-parts.ts';
import { MAX_FORM, readForm } from './read-form.ts';
import { renderPage } from './render-page.ts';
import { sendPrepared, sendText } from './respond.ts';
import { isSameOrigin } from './same-origin.ts';
import { shopperAddress } from './shopper-address.ts';

/**
 * Caches keep none of these pages, and search engines do not list them: the address of an order
 * opens it.
 */
const PRIVATE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' };

async function pageRequest(
  request: IncomingMessage,
  url: URL,
): Promise<PageRequest | { status: 413 | 415 }> {
  const posted = request.method === 'POST' ? await readForm(request) : null;
  if (posted && !posted.ok) return { status: posted.status };
  return {
    method: posted ? 'POST' : 'GET',
    cookies: readCookies(request.headers.cookie),
    query: url.searchParams,
    form: posted?.form ?? new URLSearchParams(),
    clientAddress: shopperAddress(request.socket.remoteAddress, request.headers),
  };
}

/** The address of an order stays out of Referer headers: its token opens the order. */
const referrerPolicy = (props: PersonalProps): string =>
  props.kind === 'order' && props.order ? 'no-referrer' : 'same-origin';

async function sendRendered(
  parts: HandlerParts,
  url: URL,
  [request, response]: [IncomingMessage, ServerResponse],
  { props, status, refresh, retryAfter }: RenderResponse<PersonalProps>,
): Promise<void> {
  const rendered = await renderPage(parts.astro, url.pathname, parts.catalogue.shop(), props);
  const headers = {
    ...rendered.headers,
    ...PRIVATE,
    'referrer-policy': referrerPolicy(props),
    ...(refresh && { refresh: `${refresh.seconds}; url=${refresh.to}` }),
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  };
  sendPrepared(request, response, {
    status: rendered.status >= 500 ? rendered.status : status,
    headers,
    body: await encodeBody(rendered.body),
    etag: null,
  });
}

async function send(
  parts: HandlerParts,
  url: URL,
  exchange: [IncomingMessage, ServerResponse],
  answer: PageResponse<PersonalProps>,
): Promise<void> {
  const [, response] = exchange;
  const secure = parts.siteUrl.startsWith('https:');
  if (answer.cookies.length > 0)
    response.setHeader(
      'set-cookie',
      answer.cookies.map((cookie) => serializeCookie(cookie, secure)),
    );
  for (const [name, value] of Object.entries(PRIVATE)) response.setHeader(name, value);
  if (answer.kind === 'redirect')
    return void response.writeHead(303, { location: answer.to }).end();
  return sendRendered(parts, url, exchange, answer);
}

/**
 * Answers the cart, the orders and the form for lost links: the only pages that read cookies and
 * forms.
 */
export async function personalPage(
  parts: HandlerParts,
  route: PersonalRoute,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'POST' && !isSameOrigin(request.headers, parts.siteUrl)) {
    return sendText(
      response,
      403,
      'Ce formulaire vient d’un autre site : ouvrez la boutique et recommencez.\nThis form came from another site: open the shop and try again.\n',
    );
  }
  const read = await pageRequest(request, url);
  if ('status' in read) {
    const text =
      read.status === 413
        ? `Formulaire trop long (au plus ${MAX_FORM / 1024} ko).\nForm too long.\n`
        : 'Formulaire illisible.\nUnreadable form.\n';
    return sendText(response, read.status, text, { connection: 'close' });
  }
  const context: ShopContext = {
    orders: parts.orders,
    catalogue: parts.catalogue.shop().catalogue,
    locale: route.locale,
    mayPayAt: parts.mayPayAt,
  };
  const answer = await answerPersonalPage(context, route, read);
  return send(parts, url, [request, response], answer);
}
