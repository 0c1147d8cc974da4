import { createHash } from 'node:crypto';

import { StripeProblem } from './stripe-problem.ts';
import type { World } from './world.ts';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Alike for the same call with the same parameters in any order. */
export const requestHash = (method: string, path: string, form: string): string => {
  const sorted = [...new URLSearchParams(form)].map(([key, value]) => `${key}=${value}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([method, path, sorted]))
    .digest('hex');
};

const check = (
  world: World,
  busy: ReadonlySet<string>,
  key: string,
  hash: string,
): Answer | null => {
  if (key.length > 255)
    throw new StripeProblem(400, 'Idempotency keys can be at most 255 characters long.', {
      type: 'idempotency_error',
    });
  if (busy.has(key)) {
    throw new StripeProblem(
      409,
      `There is currently another in-progress request using this Stripe-Idempotent-Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      { type: 'idempotency_error', code: 'idempotency_key_in_use' },
    );
  }
  const stored = world.state.answers.get(key);
  if (stored === undefined) return null;
  if (stored.hash !== hash)
    throw new StripeProblem(
      400,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      { type: 'idempotency_error' },
    );
  return { status: stored.status, body: stored.body, headers: { 'idempotent-replayed': 'true' } };
};

const problemAnswer = (error: unknown): Answer | null =>
  error instanceof StripeProblem && error.began ? { status: error.status, body: error.body } : null;

/**
 * Runs a POST once per idempotency key: the same request gets the first answer again, another one
 * is refused, and so is one that comes while the first is still running. A request that failed its
 * validation leaves no answer behind, as at Stripe.
 * @param run resolves to the answer to keep
 */
export const makeIdempotency = (world: World) => {
  const busy = new Set<string>();
  const keep = (key: string, hash: string, { status, body }: Answer): void => {
    world.state.answers.set(key, { key, hash, at: world.now(), status, body });
  };
  return async (key: string, hash: string, run: () => Promise<Answer>): Promise<Answer> => {
    const stored = check(world, busy, key, hash);
    if (stored !== null) return stored;
    busy.add(key);
    try {
      const answer = await run();
      keep(key, hash, answer);
      return answer;
    } catch (error) {
      const answer = problemAnswer(error);
      if (answer !== null) keep(key, hash, answer);
      throw error;
    } finally {
      busy.delete(key);
    }
  };
};
