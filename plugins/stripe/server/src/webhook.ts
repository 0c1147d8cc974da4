import { failure } from '@comptoir/contracts';

import { eventSchema, type StripeEvent } from '../../adapters/answers.ts';
import { signatureProblem } from '../../adapters/signature.ts';

/**
 * Stripe's largest events are far smaller; a body is in memory before it is known to be Stripe's.
 * Bytes.
 */
export const LARGEST = 256 * 1024;

export interface WebhookOptions {
  /**
   * Every secret that may have signed, newest first; empty = no webhook can be trusted (a key is
   * missing).
   */
  secrets: readonly string[];
  /** Whether our key moves real money: events of the other mode are refused. */
  livemode: boolean;
  /** Writes the event down. @returns whether it is new */
  receive(event: StripeEvent): Promise<boolean>;
  now(): number;
  /** One line for each delivery; never its content. */
  log(level: 'info' | 'warn' | 'error', line: string): void;
}
export interface Answer {
  status: number;
  body: unknown;
}

type Read =
  | { ok: true; event: StripeEvent }
  | { ok: false; status: 400 | 503; reason: string; message: string };
const refused = (reason: string, message: string, status: 400 | 503 = 400): Read => ({
  ok: false,
  status,
  reason,
  message,
});

const SIGNATURES = {
  unsigned: 'The Stripe-Signature header is missing or cannot be read.',
  stale: 'The delivery was signed more than five minutes ago: send it again.',
  future: 'The delivery was signed in the future: check the clocks.',
  forged:
    'No secret in STRIPE_WEBHOOK_SECRET signed this body: check that it is the secret of this very endpoint.',
} as const;

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/**
 * What a delivery says, if it is Stripe's and meant for us. Nothing of it is believed before its
 * signature is.
 */
export function readDelivery(
  bytes: Uint8Array,
  header: string,
  { secrets, livemode, now }: Pick<WebhookOptions, 'secrets' | 'livemode' | 'now'>,
): Read {
  if (secrets.length === 0)
    return refused(
      'no secret',
      'STRIPE_SECRET_KEY or STRIPE_WEBHOOK_SECRET is not set: no webhook can be trusted.',
      503,
    );
  const text = textOf(bytes);
  if (text === null) return refused('not UTF-8', 'The body is not UTF-8.');
  const problem = signatureProblem(bytes, header, secrets, now());
  if (problem !== null) return refused(problem, SIGNATURES[problem]);
  const event = eventSchema.safeParse(jsonOf(text));
  if (!event.success)
    return refused('no event', 'The body is not a Stripe event (a snapshot event, as JSON).');
  if (event.data.livemode !== livemode)
    return refused(
      'other mode',
      `This shop has a ${livemode ? 'live' : 'test'} key: the event is of the other mode. Give the endpoint of that mode another address.`,
    );
  return { ok: true, event: event.data };
}

/**
 * Answers one delivery; null = its body was larger than {@link LARGEST}. 200 only once the event is
 * safe in the database.
 */
export async function answerDelivery(
  bytes: Uint8Array | null,
  header: string,
  options: WebhookOptions,
): Promise<Answer> {
  const { log, receive } = options;
  if (bytes === null) {
    log('warn', 'stripe webhook refused: too large');
    return { status: 413, body: failure(413, `The body is larger than ${LARGEST / 1024} kB.`) };
  }
  const read = readDelivery(bytes, header, options);
  if (!read.ok) {
    log('warn', `stripe webhook refused: ${read.reason}`);
    return { status: read.status, body: failure(read.status, read.message) };
  }
  const { id, type } = read.event;
  try {
    const isNew = await receive(read.event);
    log('info', `stripe webhook ${id} ${type}: ${isNew ? 'received' : 'known already'}`);
    return { status: 200, body: { data: { received: true } } };
  } catch (error) {
    log(
      'error',
      `stripe webhook ${id} ${type} not kept, Stripe will send it again: ${error instanceof Error ? error.message : String(error)}`,
    );
    return {
      status: 503,
      body: failure(503, 'The event could not be written down: send it again.'),
    };
  }
}
