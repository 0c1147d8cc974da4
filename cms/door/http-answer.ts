import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { failure } from '@comptoir/contracts';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
const WORTH_COMPRESSING = 1024;

/**
 * A JSON answer made once and sent many times. Compressed forms appear a moment after the first
 * request.
 */
export type Prepared = {
  identity: Buffer;
  tag: string;
  br?: Buffer;
  gzip?: Buffer;
  compressing?: boolean;
};

/** Prepares a JSON text; its strong ETag is a hash of the bytes. */
export function prepare(json: string): Prepared {
  const identity = Buffer.from(json);
  return { identity, tag: createHash('sha256').update(identity).digest('base64url').slice(0, 27) };
}

/**
 * The same for an answer to one reader: it stays uncompressed, which costs less than compressing
 * it.
 */
export const prepareOnce = (json: string): Prepared => ({ ...prepare(json), compressing: true });

/** Bytes an answer holds in memory, its compressed forms guessed at the size of the plain one. */
export const weightOf = ({ identity }: Prepared): number => identity.length * 2;

/** Compresses off the main thread; no request waits for it, the first ones get the plain form. */
function compress(prepared: Prepared): void {
  if (prepared.compressing || prepared.identity.length < WORTH_COMPRESSING) return;
  prepared.compressing = true;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
  Promise.all([brotli(prepared.identity, quality), deflate(prepared.identity)]).then(
    ([br, gz]) => Object.assign(prepared, { br, gzip: gz }),
    () => undefined,
  );
}

/** A prepared answer as one client takes it. */
export type Form = { body: Buffer; encoding: 'br' | 'gzip' | null; etag: string };

export function chooseForm(prepared: Prepared, accepted: string | string[] | undefined): Form {
  const header = typeof accepted === 'string' ? accepted : '';
  compress(prepared);
  if (prepared.br && /\bbr\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(header))
    return { body: prepared.br, encoding: 'br', etag: `"${prepared.tag}-br"` };
  if (prepared.gzip && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(header))
    return { body: prepared.gzip, encoding: 'gzip', etag: `"${prepared.tag}-gz"` };
  return { body: prepared.identity, encoding: null, etag: `"${prepared.tag}"` };
}

/** True when the client has one of this answer's forms already. */
export function isFresh(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some(
    (given) =>
      given
        .trim()
        .replace(/^W\//, '')
        .replace(/^"|"$/g, '')
        .replace(/-(?:br|gz)$/, '') === tag,
  );
}

export const JSON_TYPE = 'application/json; charset=utf-8';

const cachingHeaders = ({ etag }: Form): Record<string, string> => ({
  etag,
  vary: 'accept-encoding',
  'cache-control': 'no-cache',
});

/** What goes with a 200. */
export const answerHeaders = (form: Form): Record<string, string> => ({
  ...cachingHeaders(form),
  'content-type': JSON_TYPE,
  'content-length': String(form.body.length),
  ...(form.encoding && { 'content-encoding': form.encoding }),
});

/** Sends a prepared answer: compressed when wanted, 304 when known, without a body for HEAD. */
export function sendPrepared(
  request: IncomingMessage,
  response: ServerResponse,
  prepared: Prepared,
  headers: Record<string, string>,
): void {
  const form = chooseForm(prepared, request.headers['accept-encoding']);
  if (isFresh(request.headers['if-none-match'], prepared.tag)) {
    response.writeHead(304, { ...headers, ...cachingHeaders(form) }).end();
    return;
  }
  response.writeHead(200, { ...headers, ...answerHeaders(form) });
  response.end(request.method === 'HEAD' ? undefined : form.body);
}

/** Answers an error that no code foresaw, without a word about it; an answer under way is cut. */
export function sendUnexpected(response: ServerResponse, id: string): void {
  if (response.headersSent) response.destroy();
  else
    sendFailure(response, 500, `Unexpected error; quote request ${id} to whoever runs the shop.`);
}

/** Sends a failure in the API's error shape. */
export function sendFailure(
  response: ServerResponse,
  status: number,
  message: string,
  details: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): void {
  const body = Buffer.from(JSON.stringify(failure(status, message, details)));
  response.writeHead(status, {
    ...headers,
    'content-type': JSON_TYPE,
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
