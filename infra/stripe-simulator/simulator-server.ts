import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { answerControl, type Parts } from './control.ts';
import { homePage } from './home-page.ts';
import { identifier } from './objects.ts';
import { answerPay } from './pay-routes.ts';
import type { ApiAnswer, ApiRequest } from './stripe-api.ts';
import { StripeProblem } from './stripe-problem.ts';
import { API_VERSION } from './world.ts';

/** One API call with its answer's status: lets a test compare it with another Stripe. */
export interface RecordedCall {
  method: string;
  path: string;
  form: string;
  status: number;
  body: unknown;
}

export interface ServerParts extends Parts {
  api(request: ApiRequest): Promise<ApiAnswer>;
  /**
   * Saves the state, then sends the events: no event leaves before the state it reports is on disk.
   */
  commit(): Promise<void>;
  /**
   * Milliseconds the pay page waits for the shop's answer to the webhook before it sends the buyer
   * back.
   */
  redirectWait: number;
  wait(ms: number): Promise<void>;
  record?: ((call: RecordedCall) => void) | undefined;
}

const LONGEST = 1_000_000;
const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LONGEST) throw new StripeProblem(413, 'The request is larger than 1 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'request-id': identifier('req'),
      'stripe-version': API_VERSION,
      ...headers,
    })
    .end(text);
};

const single = (headers: IncomingMessage['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

const serveApi = async (
  parts: ServerParts,
  { request, response, url }: Exchange,
): Promise<void> => {
  const method = request.method ?? 'GET';
  const form = method === 'GET' ? url.search.slice(1) : await bodyOf(request);
  const path = url.pathname.slice('/v1/'.length);
  const answer = await parts.api({ method, path, form, headers: single(request.headers) });
  await parts.commit();
  if (answer === 'hang') return;
  parts.record?.({ method, path, form, status: answer.status, body: answer.body });
  sendJson(response, answer.status, answer.body, answer.headers);
};

const servePay = async (
  parts: ServerParts,
  { request, response, url }: Exchange,
): Promise<void> => {
  const form = new URLSearchParams(request.method === 'POST' ? await bodyOf(request) : '');
  const answer = answerPay(parts.world, parts.faults, {
    method: request.method ?? 'GET',
    id: url.pathname.slice('/pay/'.length),
    form,
    acceptLanguage: request.headers['accept-language'],
  });
  await parts.commit();
  const common = {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  if (answer.kind === 'redirect') {
    if (answer.after !== null)
      await Promise.race([
        parts.courier.firstAttempt(answer.after),
        parts.wait(parts.redirectWait),
      ]);
    response.writeHead(303, { ...common, location: answer.to }).end();
    return;
  }
  // Chromium applies form-action to the redirect that follows a form, too.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${answer.formTargets.join(' ')}`;
  response
    .writeHead(answer.status, {
      ...common,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy.trim(),
    })
    .end(answer.html);
};

/** Browsers only: a program that asks for `/` gets 404, as at Stripe. */
const serveHome = ({ world }: ServerParts, { response }: Exchange): void => {
  response
    .writeHead(200, {
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(homePage(world));
};
const isBrowser = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html');

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::1$|(::ffff:)?127\.)/.test(address);

/**
 * Tests on this machine only: not another host, nor a web page that this machine's browser shows.
 */
const serveControl = async (
  parts: ServerParts,
  { request, response, url }: Exchange,
): Promise<void> => {
  if (!isLoopback(request.socket.remoteAddress) || request.headers.origin !== undefined)
    throw new StripeProblem(
      403,
      'The controls of the simulator answer programs on its own machine only.',
    );
  const body = answerControl(
    parts,
    request.method ?? 'GET',
    url.pathname.slice('/_simulator/'.length),
    await bodyOf(request),
  );
  await parts.commit();
  sendJson(response, 200, body);
};

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

const serve = async (
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const address = `http://simulator${request.url ?? '/'}`;
  if (!URL.canParse(address)) throw new StripeProblem(400, 'The address cannot be read.');
  const exchange: Exchange = { request, response, url: new URL(address) };
  const { pathname } = exchange.url;
  if (pathname.startsWith('/v1/')) return serveApi(parts, exchange);
  if (pathname.startsWith('/pay/')) return servePay(parts, exchange);
  if (pathname.startsWith('/_simulator/')) return serveControl(parts, exchange);
  if (pathname === '/' && isBrowser(request)) return serveHome(parts, exchange);
  if (pathname === '/health') return sendJson(response, 200, { status: 'ok' });
  throw new StripeProblem(404, `Unrecognized request URL (${request.method}: ${pathname}).`);
};

const fail = (response: ServerResponse, error: unknown): void => {
  // The caller has closed the connection, or has part of an answer already.
  if (response.headersSent) return void response.destroy();
  if (error instanceof StripeProblem) return sendJson(response, error.status, error.body);
  console.error('the Stripe simulator failed', error);
  sendJson(response, 500, {
    error: { type: 'api_error', message: 'The simulator itself failed; its log says why.' },
  });
};

/** Listens. @throws Error when the port is taken */
export const listen = async (
  parts: ServerParts,
  host: string,
  port: number,
): Promise<{ server: Server; port: number }> => {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => fail(response, error));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return { server, port: address.port };
};
