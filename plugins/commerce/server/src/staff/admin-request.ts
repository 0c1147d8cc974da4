import type { z } from 'zod';
import { failure, ONE_LINE_TEXT } from '@comptoir/contracts';

import { permissionOf, type StaffAction } from '../../../domain/staff-permissions.ts';

/** What these controllers need of Koa's context; `state.user` is the administrator. */
export interface StaffExchange {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown };
  state: { user?: { email?: string }; userAbility?: { can(action: string): boolean } };
  status: number;
  body: unknown;
}

/** Characters of the longest name: Strapi's strings. */
const LONGEST_WORD = 255;
/**
 * A word of the address. Empty, which nothing is called, when it is text that no name holds and
 * Postgres refuses.
 */
export function wordIn({ params }: StaffExchange, name: string): string {
  const word = params[name] ?? '';
  return [...word].length <= LONGEST_WORD && ONE_LINE_TEXT.test(word) ? word : '';
}

/** Whether the administrator's role allows this too, beside what the route asks for. */
export const may = ({ state }: StaffExchange, action: StaffAction): boolean =>
  state.userAbility?.can(permissionOf(action).action) ?? false;

/** The administrator's e-mail address, for the ledger. */
export const actorOf = (ctx: StaffExchange): string => ctx.state.user?.email ?? 'staff';

export function refuse(
  ctx: StaffExchange,
  status: number,
  message: string,
  details: Record<string, unknown> = {},
): void {
  ctx.status = status;
  ctx.body = failure(status, message, details);
}

/** Parses what staff typed, or answers 400 that names each field in French. */
export function accept<T>(ctx: StaffExchange, schema: z.ZodType<T>, input: unknown): T | null {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));
  refuse(
    ctx,
    400,
    errors.map(({ path, message }) => `${path.join('.') || 'requête'} : ${message}`).join(' ; '),
    { errors },
  );
  return null;
}

/** A route of the admin, open to roles with this permission only. */
export const staffRoute = (
  action: StaffAction,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  handler: string,
) => ({
  method,
  path,
  handler,
  config: {
    policies: [
      { name: 'admin::hasPermissions', config: { actions: [permissionOf(action).action] } },
    ],
  },
});
