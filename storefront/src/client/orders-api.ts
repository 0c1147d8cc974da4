import { z } from 'zod';
import type { OrderRequest, OrderView, Quote, QuoteRequest } from '@comptoir/contracts';
import {
  apiPaths,
  CLIENT_ADDRESS_HEADER,
  orderAnswerSchema,
  orderConflictSchema,
  orderPlacedSchema,
  quoteAnswerSchema,
} from '@comptoir/contracts';

export type QuoteResult = { ok: true; quote: Quote } | { ok: false };
/**
 * `unknown`: the API did not answer, so the order may exist. Asking again with the same key is
 * safe.
 */
export type PlaceResult =
  | { kind: 'placed'; number: string; token: string; paymentUrl: string | null; waiting: boolean }
  | { kind: 'changed'; quote: Quote }
  | { kind: 'invalid'; fields: string[] }
  | { kind: 'key-reused' | 'too-many' | 'unknown' }
  | { kind: 'closed'; retryAfter: number };
/** `retryAfter` in seconds. */
export type LinkResult = { kind: 'sent' | 'failed' } | { kind: 'too-many'; retryAfter: number };
export type OrderResult =
  { ok: true; order: OrderView } | { ok: false; reason: 'missing' | 'unreachable' };

/**
 * The API's checkout: everything that it computes or keeps for one shopper, whose address is
 * `client`. Nothing here throws.
 */
export interface OrdersApi {
  quote: (request: QuoteRequest, client: string) => Promise<QuoteResult>;
  place: (request: OrderRequest, client: string) => Promise<PlaceResult>;
  read: (number: string, token: string, client: string) => Promise<OrderResult>;
  /** Asks for the link of one order by mail, or for those of all of an address. */
  sendLink: (email: string, number: string | undefined, client: string) => Promise<LinkResult>;
}

/**
 * Longest waits in ms. Placing an order may wait for the payment provider, which is asked twice for
 * up to 8 s.
 */
const QUICK = 5_000;
const PLACING = 20_000;
const DEFAULT_RETRY = 60;
const invalidSchema = z.object({
  error: z.object({
    details: z.object({ errors: z.array(z.object({ path: z.array(z.string()) })) }),
  }),
});

const waitOf = ({ headers }: Response): number =>
  Number(headers.get('retry-after')) || DEFAULT_RETRY;

async function refusal(response: Response): Promise<PlaceResult> {
  const body: unknown = await response.json().catch(() => null);
  if (response.status === 409) {
    const { details } = orderConflictSchema.parse(body).error;
    return 'quote' in details ? { kind: 'changed', quote: details.quote } : { kind: 'key-reused' };
  }
  if (response.status === 400)
    return {
      kind: 'invalid',
      fields: invalidSchema.parse(body).error.details.errors.map(({ path }) => path[0] ?? ''),
    };
  if (response.status === 429) return { kind: 'too-many' };
  if (response.status === 503) return { kind: 'closed', retryAfter: waitOf(response) };
  return { kind: 'unknown' };
}

function linkResult(response: Response): LinkResult {
  if (response.status === 429) return { kind: 'too-many', retryAfter: waitOf(response) };
  return { kind: response.ok ? 'sent' : 'failed' };
}

async function placement(response: Response): Promise<PlaceResult> {
  if (response.status !== 201 && response.status !== 202) return refusal(response);
  const { number, token, paymentUrl } = orderPlacedSchema.parse(await response.json()).data;
  return {
    kind: 'placed',
    number,
    token,
    paymentUrl: paymentUrl ?? null,
    waiting: response.status === 202,
  };
}

/**
 * @param base address of the API, without a trailing slash.
 * @param sign makes the header that vouches for an address.
 */
export function createOrdersApi(base: string, sign: (address: string) => string): OrdersApi {
  const send = (path: string, client: string, timeout: number, body?: unknown): Promise<Response> =>
    fetch(base + path, {
      headers: {
        accept: 'application/json',
        [CLIENT_ADDRESS_HEADER]: sign(client),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeout),
      redirect: 'error',
    });
  return {
    async quote(request, client) {
      try {
        const response = await send(apiPaths.quote, client, QUICK, request);
        return response.ok
          ? { ok: true, quote: quoteAnswerSchema.parse(await response.json()).data }
          : { ok: false };
      } catch {
        return { ok: false };
      }
    },
    place: (request, client) =>
      send(apiPaths.orders, client, PLACING, request)
        .then(placement)
        .catch((): PlaceResult => ({ kind: 'unknown' })),
    async read(number, token, client) {
      try {
        const response = await send(apiPaths.order(number, token), client, QUICK);
        if (response.ok)
          return { ok: true, order: orderAnswerSchema.parse(await response.json()).data };
        return {
          ok: false,
          reason: response.status === 404 || response.status === 400 ? 'missing' : 'unreachable',
        };
      } catch {
        return { ok: false, reason: 'unreachable' };
      }
    },
    sendLink: (email, number, client) =>
      send(apiPaths.orderLink, client, QUICK, { email, number }).then(linkResult, () => ({
        kind: 'failed',
      })),
  };
}
