import { errors } from '@strapi/utils';

const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500;
const known = (error: unknown): boolean =>
  error instanceof errors.ApplicationError || error instanceof errors.HttpError;

/** What a parser says of a body, in Strapi's own words; null = a failure of ours. */
function refusalOf(error: unknown): Error | null {
  const status = statusOf(error);
  if (!(error instanceof Error) || known(error) || status < 400 || status > 499) return null;
  if (status === 413) return new errors.PayloadTooLargeError('The body is too large.');
  if (error instanceof SyntaxError)
    return new errors.ApplicationError(
      'The body is not valid JSON: send an object, with Content-Type: application/json.',
    );
  return new errors.ApplicationError(
    `The body cannot be read (${error.message}): send JSON in UTF-8, whole.`,
  );
}

/**
 * `plugin::commerce.readable-body`, between Strapi's error handler and its body parser
 * (cms/config/middlewares.ts): a body that cannot be read is the sender's mistake. Strapi would log
 * it as a failure of its own, with a stack: an easy way to fill a log.
 */
export const readableBody =
  () =>
  async (_ctx: unknown, next: () => Promise<void>): Promise<void> => {
    try {
      await next();
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  };
