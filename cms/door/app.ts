import type { IncomingMessage, ServerResponse } from 'node:http';
import Koa, { type Middleware } from 'koa';
import { apiPaths, failure } from '@comptoir/contracts';
import type { Log } from '@comptoir/telemetry';

import type { HealthReporter } from './door-health.ts';
import { sendFailure } from './http-answer.ts';
import { type ImageReader, serveImage } from './image-route.ts';
import { type Absence, sendUnavailable } from './unavailable.ts';

export type AppParts = {
  health: HealthReporter;
  images: ImageReader;
  /** Why Strapi cannot be asked now; null when it can. */
  absence(): Absence | null;
  pass(request: IncomingMessage, response: ServerResponse, id: string): void;
  log: Log;
};

/** Koa for everything that is not the hot path: health, images, and the way to Strapi. */
export function createApp({ health, images, absence, pass, log }: AppParts) {
  const app = new Koa();
  app.silent = true;
  app.use(async (context, next) => {
    try {
      await next();
    } catch (error) {
      const id = String(context.state['id']);
      log.error({ id, err: error }, 'request failed');
      context.respond = false;
      if (context.res.headersSent) context.res.destroy();
      else
        sendFailure(
          context.res,
          500,
          `Unexpected error; quote request ${id} to whoever runs the shop.`,
        );
    }
  });
  app.use(answerHealth(health));
  app.use(async (context, next) => {
    if (!context.path.startsWith(`${apiPaths.images}/`)) return next();
    context.respond = false;
    await serveImage(context.req, context.res, context, images);
  });
  app.use((context) => {
    context.respond = false;
    const away = absence();
    if (away === null) return pass(context.req, context.res, String(context.state['id']));
    context.req.resume();
    sendUnavailable(context.req, context.res, away);
  });
  return handlerOf(app);
}

function answerHealth(health: HealthReporter): Middleware {
  return async (context, next) => {
    if (context.path !== apiPaths.health && context.path !== apiPaths.ready) return next();
    if (context.method !== 'GET' && context.method !== 'HEAD') {
      context.status = 405;
      context.set('allow', 'GET, HEAD');
      context.body = failure(405, `${context.method} is not possible here; use GET.`);
      return;
    }
    const report = await health.report();
    const missing = context.path === apiPaths.ready ? health.notReady(report) : [];
    context.status =
      missing.length > 0 || (context.path === apiPaths.health && !health.alive()) ? 503 : 200;
    context.set('cache-control', 'no-store');
    context.body =
      context.path === apiPaths.ready
        ? { ready: missing.length === 0, missing, ...report }
        : report;
  };
}

const ROUTES = [apiPaths.ready, apiPaths.health, apiPaths.images, '/admin', '/api'];

function handlerOf(
  app: Koa,
): (request: IncomingMessage, response: ServerResponse, id: string) => string {
  const ids = new WeakMap<IncomingMessage, string>();
  app.middleware.unshift(async (context, next) => {
    context.state['id'] = ids.get(context.req) ?? '';
    await next();
  });
  const callback = app.callback();
  return (request, response, id) => {
    ids.set(request, id);
    void callback(request, response);
    const path = request.url ?? '/';
    return (
      ROUTES.find(
        (route) => path === route || path.startsWith(`${route}/`) || path.startsWith(`${route}?`),
      ) ?? 'other'
    );
  };
}
