import { z } from 'zod';

/** Strapi's error shape, used by every JSON answer of the API. */
export const failureSchema = z.object({
  data: z.null(),
  error: z.object({
    status: z.int(),
    name: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});
export type Failure = z.infer<typeof failureSchema>;

const NAMES: Record<number, string> = {
  400: 'BadRequestError',
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  405: 'MethodNotAllowedError',
  409: 'ConflictError',
  413: 'PayloadTooLargeError',
  429: 'RateLimitError',
  503: 'ServiceUnavailableError',
};

/** Builds a {@link Failure}. `message` says what, why and what to do next. */
export function failure(
  status: number,
  message: string,
  details: Record<string, unknown> = {},
): Failure {
  return {
    data: null,
    error: { status, name: NAMES[status] ?? 'ApplicationError', message, details },
  };
}
