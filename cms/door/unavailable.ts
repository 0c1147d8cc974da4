import type { IncomingMessage, ServerResponse } from 'node:http';

import { sendFailure } from './http-answer.ts';

/** Why the back office is away: no database, or Strapi starting (again). */
export type Absence = 'database' | 'strapi';

const TEXTS = {
  database: {
    title: 'Base de données indisponible',
    text: 'L’administration revient dès que la base de données répond. La boutique, elle, reste visible pour vos clients.',
  },
  strapi: {
    title: 'L’administration démarre',
    text: 'Encore quelques secondes. La boutique, elle, reste visible pour vos clients.',
  },
} as const;

const RETRY_SECONDS = { database: 5, strapi: 3 } as const;

function page(absence: Absence): string {
  const { title, text } = TEXTS[absence];
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_SECONDS[absence]}"><meta name="robots" content="noindex"><title>${title}</title>
<style>body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f6f1e7;color:#2b2722;font:1.1rem/1.6 Georgia,serif}
main{max-width:34rem;padding:2rem}h1{font-weight:500;font-size:1.8rem;margin:0 0 .5rem}p{margin:.5rem 0}small{color:#6d655b}</style></head>
<body><main><h1>${title}</h1><p>${text}</p><p><small>Cette page se recharge toute seule.</small></p></main></body></html>
`;
}

/**
 * 503 with Retry-After: a plain French page that reloads itself for people in the admin, JSON for
 * programs. Never a stack trace.
 */
export function sendUnavailable(
  request: IncomingMessage,
  response: ServerResponse,
  absence: Absence,
): void {
  const retry = { 'retry-after': String(RETRY_SECONDS[absence]) };
  const wantsPage =
    /^\/admin(?:[/?]|$)/.test(request.url ?? '') &&
    (request.headers.accept ?? '').includes('text/html');
  if (!wantsPage) {
    const why = absence === 'database' ? 'Database unavailable' : 'The back office is starting';
    return sendFailure(
      response,
      503,
      `${why}. Nothing was changed; try again in a few seconds.`,
      { reason: absence },
      retry,
    );
  }
  const body = Buffer.from(page(absence));
  response.writeHead(503, {
    ...retry,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Whether asking again is harmless whatever became of the first request. */
export const isSafe = ({ method }: IncomingMessage): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * A write that Strapi received and did not answer: it may have been carried out, so the answer says
 * to check before trying again.
 */
export function sendUncertain(response: ServerResponse, silence: 'lost' | 'too-slow'): void {
  const [status, why] =
    silence === 'too-slow'
      ? ([504, 'The back office took too long'] as const)
      : ([502, 'The back office went away'] as const);
  sendFailure(
    response,
    status,
    `${why} before it answered. What you sent may have been carried out: check before you send it again.`,
    { reason: silence },
  );
}
