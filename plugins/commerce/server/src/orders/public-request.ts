import type { z } from 'zod';
import { failure } from '@comptoir/contracts';

/** What these controllers need of Koa's context. */
export interface Exchange {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown; ip: string };
  status: number;
  body: unknown;
  get(name: string): string;
  set(name: string, value: string): void;
}

/** Answers with an error of the API's form. */
export function refuse(
  ctx: Exchange,
  status: number,
  message: string,
  details: Record<string, unknown> = {},
): void {
  ctx.status = status;
  ctx.body = failure(status, message, details);
}

/** Parses a body, or answers 400 naming each field and what it should be. */
export function parsed<T>(ctx: Exchange, schema: z.ZodType<T>): T | null {
  const result = schema.safeParse(ctx.request.body);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));
  refuse(
    ctx,
    400,
    errors.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
    { errors },
  );
  return null;
}
