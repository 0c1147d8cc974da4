import type { Middleware, ParameterizedContext } from 'koa';
import { failure } from '@comptoir/contracts';

/**
 * What the door's middlewares know of a request: its id, and its address as a template for the
 * metrics.
 */
export type DoorState = { id: string; route: string };
export type DoorContext = ParameterizedContext<DoorState>;
export type DoorMiddleware = Middleware<DoorState>;

/** Answers with a failure in the API's error shape. */
export function answerFailure(
  context: DoorContext,
  status: number,
  message: string,
  {
    details = {},
    headers = {},
  }: { details?: Record<string, unknown>; headers?: Record<string, string> } = {},
): void {
  context.status = status;
  context.set({ ...headers, 'cache-control': 'no-store' });
  context.body = failure(status, message, details);
}
