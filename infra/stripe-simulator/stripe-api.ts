import { timingSafeEqual } from 'node:crypto';

import { routeOf } from './api-routes.ts';
import type { Faults } from './faults.ts';
import { parseForm } from './form-encoding.ts';
import { type Answer, makeIdempotency, requestHash } from './idempotency.ts';
import { StripeProblem } from './stripe-problem.ts';
import { API_VERSION, type World } from './world.ts';

export interface ApiRequest {
  method: string;
  path: string;
  form: string;
  headers: Readonly<Record<string, string | undefined>>;
}
/** `hang`: say nothing, for ever. */
export type ApiAnswer = Answer | 'hang';

const same = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

const keyOf = (authorization: string | undefined): string | null => {
  const [scheme, value = ''] = (authorization ?? '').split(' ');
  if (scheme === 'Bearer') return value;
  return scheme === 'Basic'
    ? (Buffer.from(value, 'base64').toString().split(':')[0] ?? null)
    : null;
};

/** @throws StripeProblem 401 on a missing or wrong key, 400 on another version of the API */
const authenticate = (headers: ApiRequest['headers'], secretKey: string): void => {
  const key = keyOf(headers['authorization']);
  if (key === null || key === '')
    throw new StripeProblem(
      401,
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  if (!same(key, secretKey))
    throw new StripeProblem(
      401,
      `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`,
    );
  const version = headers['stripe-version'];
  if (version === undefined)
    throw new StripeProblem(
      400,
      `The simulator needs the Stripe-Version header: send ${API_VERSION}.`,
    );
  if (version !== API_VERSION)
    throw new StripeProblem(
      400,
      `Invalid Stripe API version: ${version}. The simulator speaks ${API_VERSION} only.`,
    );
};

const BROKEN = {
  type: 'api_error',
  message: 'An unknown error occurred (a fault asked of the simulator).',
};

interface Parts {
  world: World;
  faults: Faults;
  secretKey: string;
  wait(ms: number): Promise<void>;
}

/**
 * Runs one call with its faults. `remembered`: the answer stored under its idempotency key; `sent`:
 * what the caller gets.
 */
const execute = async (
  { world, faults, wait }: Parts,
  { method, path, form }: ApiRequest,
): Promise<{ remembered: Answer; sent: ApiAnswer }> => {
  const { name, run } = routeOf(method, path);
  const delay = faults.take('delay', name);
  if (delay !== null) await wait(delay.ms);
  const early = faults.take('fail-before', name);
  if (early !== null)
    throw new StripeProblem(early.status, BROKEN.message, BROKEN, early.remembered);
  const remembered: Answer = { status: 200, body: run(world, parseForm(form)) };
  const late = faults.take('fail-after', name);
  if (late === null)
    return { remembered, sent: faults.take('timeout-after', name) === null ? remembered : 'hang' };
  const sent: Answer = { status: late.status, body: { error: BROKEN } };
  return { remembered: late.remembered ? sent : remembered, sent };
};

/**
 * Answers Stripe's API under `/v1/`: identity, version, faults, idempotency, then the call itself.
 * Errors are answers too.
 */
export const makeApi = (parts: Parts): ((request: ApiRequest) => Promise<ApiAnswer>) => {
  const once = makeIdempotency(parts.world);

  const answer = async (request: ApiRequest): Promise<ApiAnswer> => {
    authenticate(request.headers, parts.secretKey);
    if (parts.faults.take('timeout-before', routeOf(request.method, request.path).name) !== null)
      return 'hang';
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return (await execute(parts, request)).sent;
    let sent: ApiAnswer | null = null;
    const remembered = await once(
      key,
      requestHash(request.method, request.path, request.form),
      async () => {
        const done = await execute(parts, request);
        sent = done.sent;
        return done.remembered;
      },
    );
    return sent ?? remembered;
  };

  return async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (error instanceof StripeProblem) return { status: error.status, body: error.body };
      throw error;
    }
  };
};
