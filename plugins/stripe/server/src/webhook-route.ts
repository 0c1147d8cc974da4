import type { IncomingMessage } from 'node:http';
import { apiPaths } from '@comptoir/contracts';

import { answerDelivery, LARGEST, type WebhookOptions } from './webhook.ts';

/** What is needed of Koa's context. */
interface Exchange {
  req: IncomingMessage;
  method: string;
  path: string;
  status: number;
  body: unknown;
  get(name: string): string;
  set(name: string, value: string): void;
}

/**
 * The bytes of a body as they came; null when they are more than `most`, and the rest is thrown
 * away.
 */
async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > most) {
      request.resume();
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * `POST /api/paiements/stripe/webhook`, answered before Strapi's own middlewares: a signature is of
 * the bytes as they came, and Strapi's parser would refuse some bodies unheard and unlogged.
 * `options` is looked up at each request.
 */
export const webhookRoute =
  (options: () => WebhookOptions) =>
  async (ctx: Exchange, next: () => Promise<unknown>): Promise<void> => {
    if (ctx.method !== 'POST' || ctx.path !== apiPaths.webhook) {
      await next();
      return;
    }
    const bytes = await bytesOf(ctx.req, LARGEST);
    const { status, body } = await answerDelivery(bytes, ctx.get('stripe-signature'), options());
    ctx.set('Cache-Control', 'no-store');
    if (status === 503) ctx.set('Retry-After', '30');
    ctx.status = status;
    ctx.body = body;
  };
