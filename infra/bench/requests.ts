import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  apiPaths,
  type CartLine,
  CLIENT_ADDRESS_HEADER,
  orderPlacedSchema,
  quoteAnswerSchema,
} from '@comptoir/contracts';

import { signClientAddress } from '../../plugins/commerce/domain/client-address-claim.ts';
import { signature } from '../stripe-simulator/index.ts';
import { type BenchShop, SECRETS } from './shop.ts';

/** A request as it goes over the wire; `n` counts the requests of one measure. */
export type Request = (n: number) => string;

/** One request as HTTP/1.1 text. */
function post(path: string, body: string, headers: Record<string, string>): string {
  const lines = Object.entries({
    host: 'bench',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

let shoppers = 0;
/** A shopper nobody has seen, vouched for as by the storefront: what is measured is the shop, not its limits for one client. */
function fromNewShopper(): Record<string, string> {
  shoppers += 1;
  const address = [
    10 + (shoppers >> 24),
    (shoppers >> 16) & 255,
    (shoppers >> 8) & 255,
    shoppers & 255,
  ].join('.');
  return { [CLIENT_ADDRESS_HEADER]: signClientAddress(address, new Date(), SECRETS.clientAddress) };
}

const skuRows = z.array(z.object({ sku: z.string() }));
/** Carts of one to four lines over all pieces of the shop. */
export async function carts({ query }: Pick<BenchShop, 'query'>): Promise<{ lines: CartLine[] }[]> {
  const skus = skuRows
    .parse(await query('select sku from catalogue_skus order by sku'))
    .map(({ sku }) => sku);
  const sku = (at: number): string => skus[at % skus.length] ?? '';
  return Array.from({ length: 48 }, (_, n) => ({
    lines: Array.from({ length: 1 + (n % 4) }, (__, k) => ({
      sku: sku(n + k * 5),
      quantity: 1 + ((n + k) % 2),
    })),
  }));
}
type Cart = Awaited<ReturnType<typeof carts>>[number];
export const turn = <T>(list: readonly T[], n: number): T => {
  const one = list[n % list.length];
  if (one === undefined) throw new Error('Nothing to take turns with');
  return one;
};

export const quoteRequest =
  (all: readonly Cart[]): Request =>
  (n) =>
    post(
      apiPaths.quote,
      JSON.stringify({ cart: turn(all, n), country: 'FR', locale: n % 4 === 0 ? 'en' : 'fr' }),
      fromNewShopper(),
    );

async function ask(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...fromNewShopper() },
    body: JSON.stringify(body),
  });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${JSON.stringify(told)}`);
  return told;
}

const orderOf = (cart: Cart, total: number): Record<string, unknown> => {
  const name = randomBytes(9).toString('hex');
  return {
    cart,
    country: 'FR',
    email: `acheteur-${name}@example.fr`,
    locale: 'fr',
    expectedTotal: total,
    idempotencyKey: `bench-${name}`,
    termsAccepted: true,
  };
};

/** Orders of buyers who each come once; the total they saw was asked for before. @throws Error when the shop takes no orders */
export async function orderRequest(shop: BenchShop, all: readonly Cart[]): Promise<Request> {
  const totals: number[] = [];
  for (const cart of all)
    totals.push(
      quoteAnswerSchema.parse(await ask(`${shop.url}${apiPaths.quote}`, { cart })).data.total
        .amount,
    );
  const first = orderPlacedSchema.parse(
    await ask(`${shop.url}${apiPaths.orders}`, orderOf(turn(all, 0), turn(totals, 0))),
  );
  if (first.data.paymentUrl === undefined)
    throw new Error('The first order has no payment page: Stripe does not answer');
  return (n) =>
    post(apiPaths.orders, JSON.stringify(orderOf(turn(all, n), turn(totals, n))), fromNewShopper());
}

/** A session as an event tells of it. */
export interface PaidSession {
  id: string;
  order: string;
}

/** A signed delivery of `checkout.session.completed`, each with an id of its own, printed as Stripe prints it. */
export const webhookRequest =
  (example: Record<string, unknown>, sessions: readonly PaidSession[]): Request =>
  (n) => {
    const { id, order } = turn(sessions, n);
    const object = { ...example, id, client_reference_id: order, metadata: { order } };
    const event = {
      id: `evt_${randomBytes(12).toString('hex')}`,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: Math.floor(Date.now() / 1000),
      data: { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: 'checkout.session.completed',
    };
    const body = JSON.stringify(event, null, 2);
    return post(apiPaths.webhook, body, {
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signature(body, SECRETS.webhook, event.created),
    });
  };
