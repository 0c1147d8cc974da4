import type { IncomingMessage, ServerResponse } from 'node:http';

import { readCookies, serializeCookie } from '../src/client/cookie-header.ts';
import type { Reply, Visit } from '../src/client/visit.ts';
import { answerVisit } from '../src/features/answer-visit.ts';
import type { Counter } from '../src/features/cart/cart.ts';
import type { PersonalRoute } from '../src/features/i18n/routes.ts';
import { clientAddress } from './client-address.ts';
import { encodeBody } from './encoding.ts';
import { MAX_FORM, readForm } from './form.ts';
import type { HandlerParts } from './handle.ts';
import { renderPage } from './render.ts';
import { sendPrepared, sendText } from './respond.ts';
import { isSameOrigin } from './same-origin.ts';

/** Nobody keeps these pages, and nobody learns their address: an order's opens it. */
const PRIVATE = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' };

async function visitOf(request: IncomingMessage, url: URL): Promise<Visit | { status: 413 | 415 }> {
  const posted = request.method === 'POST' ? await readForm(request) : null;
  if (posted && !posted.ok) return { status: posted.status };
  return {
    method: posted ? 'POST' : 'GET',
    cookies: readCookies(request.headers.cookie),
    query: url.searchParams,
    form: posted?.form ?? new URLSearchParams(),
    client: clientAddress(request.socket.remoteAddress, request.headers),
  };
}

async function send(
  parts: HandlerParts,
  url: URL,
  exchange: [IncomingMessage, ServerResponse],
  reply: Reply,
): Promise<void> {
  const [request, response] = exchange;
  const secure = parts.siteUrl.startsWith('https:');
  if (reply.cookies.length > 0)
    response.setHeader(
      'set-cookie',
      reply.cookies.map((cookie) => serializeCookie(cookie, secure)),
    );
  for (const [name, value] of Object.entries(PRIVATE)) response.setHeader(name, value);
  if (reply.kind === 'redirect') return void response.writeHead(303, { location: reply.to }).end();
  const { page, status, refresh, retryAfter } = reply;
  const rendered = await renderPage(parts.astro, url.pathname, parts.catalogue.shop(), page);
  const headers = {
    ...rendered.headers,
    ...PRIVATE,
    'referrer-policy': page.kind === 'order' && page.order ? 'no-referrer' : 'same-origin',
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

/** Answers the cart, the orders and the form for lost links: the only ones that read cookies and forms. */
export async function personal(
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
  const visit = await visitOf(request, url);
  if ('status' in visit) {
    const text =
      visit.status === 413
        ? `Formulaire trop long (au plus ${MAX_FORM / 1024} ko).\nForm too long.\n`
        : 'Formulaire illisible.\nUnreadable form.\n';
    return sendText(response, visit.status, text, { connection: 'close' });
  }
  const counter: Counter = {
    orders: parts.orders,
    catalogue: parts.catalogue.shop().catalogue,
    locale: route.locale,
    mayPayAt: parts.mayPayAt,
  };
  return send(parts, url, [request, response], await answerVisit(counter, route, visit));
}
