/** An answer in Stripe's error shape, thrown from anywhere below the router. */
export class StripeProblem extends Error {
  override readonly name = 'StripeProblem';
  readonly status: number;
  /** Fields of Stripe's `error` object besides the message. */
  readonly fields: Readonly<Record<string, string>>;
  /** Stripe keeps no idempotent answer for a request that never began to execute. */
  readonly began: boolean;

  constructor(
    status: number,
    message: string,
    fields: Readonly<Record<string, string>> = {},
    began = false,
  ) {
    super(message);
    this.status = status;
    this.fields = fields;
    this.began = began;
  }

  get body(): { error: Record<string, string> } {
    return { error: { type: 'invalid_request_error', ...this.fields, message: this.message } };
  }
}

/**
 * A request that was understood and cannot be done: its answer is kept under its idempotency key.
 */
export const refusal = (
  message: string,
  fields: Readonly<Record<string, string>> = {},
): StripeProblem => new StripeProblem(400, message, fields, true);

/**
 * 404 in the words of Stripe.
 * @param kind such as `checkout.session`;
 * @param param the name of the parameter that held the id
 */
export const missing = (kind: string, id: string, param: string): StripeProblem =>
  new StripeProblem(404, `No such ${kind}: '${id}'`, { code: 'resource_missing', param });
