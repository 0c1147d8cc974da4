import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Koa from 'koa';
import { apiPaths, REQUEST_ID_HEADER } from '@comptoir/contracts';

import { refusedForLength } from './body-limit.ts';
import { answerFailure, type DoorMiddleware, type DoorState } from './door-context.ts';
import type { HealthReporter } from './door-health.ts';
import { sendUnexpected } from './http-answer.ts';
import { type ImageReader, imageRoute } from './image-route.ts';
import { refusalOf } from './refusals.ts';
import { recordRequest, type Telemetry } from './request-record.ts';
import { type Absence, sendUnavailable } from './unavailable.ts';

export type AppParts = Telemetry & {
  health: HealthReporter;
  images: ImageReader;
  /** Why Strapi cannot be asked now; null when it can. */
  absence(): Absence | null;
  pass(request: IncomingMessage, response: ServerResponse, id: string): void;
};

/**
 * Koa for all that is not the catalogue: what applies to every request (record, errors, refusals,
 * length), then health, pictures and the way to Strapi. The server has given the response its
 * request id before.
 */
export function createApp(parts: AppParts): RequestListener {
  const app = new Koa<DoorState>();
  // Errors are logged by `failuresInWords`; Koa's own report would be a second one.
  app.silent = true;
  app.use(recorded(parts));
  app.use(failuresInWords(parts));
  app.use(refusals);
  app.use(lengthLimit);
  app.use(healthRoute(parts.health));
  app.use(imageRoute(parts.images));
  app.use(backOffice(parts));
  const callback = app.callback();
  return (request, response) => void callback(request, response);
}

/** Takes the request id over from the response, and writes the request down once it is answered. */
function recorded(telemetry: Telemetry): DoorMiddleware {
  return (context, next) => {
    const began = performance.now();
    const { req, res, state } = context;
    state.id = context.response.get(REQUEST_ID_HEADER);
    state.route = 'other';
    res.once('close', () =>
      recordRequest(telemetry, req, res, { id: state.id, route: state.route, began }),
    );
    return next();
  };
}

/** An error is logged in full and answered in one sentence. */
function failuresInWords({ log }: Telemetry): DoorMiddleware {
  return async (context, next) => {
    try {
      await next();
    } catch (error) {
      const { id } = context.state;
      log.error({ id, err: error }, 'request failed');
      // Written by hand, because the route may have begun an answer of its own.
      context.respond = false;
      sendUnexpected(context.res, id);
    }
  };
}

/**
 * What the door never passes on: it answers and hangs up, because the rest of such a request is not
 * wanted.
 */
const refusals: DoorMiddleware = (context, next) => {
  const refusal = refusalOf(context.req);
  if (refusal === null) return next();
  context.state.route = 'refused';
  answerFailure(context, refusal.status, refusal.message, { headers: { connection: 'close' } });
  return undefined;
};

/**
 * A request that announces too long a body gets its answer while it still sends, which Koa's own
 * answers cannot do.
 */
const lengthLimit: DoorMiddleware = (context, next) => {
  if (!refusedForLength(context.req, context.res)) return next();
  context.state.route = 'refused';
  context.respond = false;
  return undefined;
};

function healthRoute(health: HealthReporter): DoorMiddleware {
  return async (context, next) => {
    const { path } = context;
    if (path !== apiPaths.health && path !== apiPaths.ready) return next();
    context.state.route = path;
    if (context.method !== 'GET' && context.method !== 'HEAD') {
      const message = `${context.method} is not possible here; use GET.`;
      return answerFailure(context, 405, message, { headers: { allow: 'GET, HEAD' } });
    }
    const report = await health.report();
    context.set('cache-control', 'no-store');
    if (path === apiPaths.health) {
      context.status = health.alive() ? 200 : 503;
      context.body = report;
      return undefined;
    }
    const missing = health.notReady(report);
    const ready = missing.length === 0;
    context.status = ready ? 200 : 503;
    context.body = { ready, missing, ...report };
    return undefined;
  };
}

const BACK_OFFICE = ['/admin', '/api'];
const isBelow = (path: string, route: string): boolean =>
  path === route || path.startsWith(`${route}/`);

/**
 * The last: what no other route took goes to Strapi. The proxy streams both ways, so it answers by
 * itself.
 */
function backOffice({ absence, pass }: AppParts): DoorMiddleware {
  return (context) => {
    context.state.route = BACK_OFFICE.find((route) => isBelow(context.path, route)) ?? 'other';
    context.respond = false;
    const away = absence();
    if (away === null) return pass(context.req, context.res, context.state.id);
    context.req.resume();
    return sendUnavailable(context.req, context.res, away);
  };
}
