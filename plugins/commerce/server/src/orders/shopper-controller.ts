import {
  type OrderLinkRequest,
  orderLinkRequestSchema,
  type OrderRequest,
  orderRequestSchema,
  type OrderView,
  type QuoteRequest,
  quoteRequestSchema,
} from '@comptoir/contracts';

import type { Quote } from '../../../domain/cart-pricing.ts';
import { quoteToWire } from '../../../domain/quote-wire.ts';
import type { TokenBuckets } from '../../../domain/token-bucket.ts';
import type { Placed } from '../../../usecases/place-order.ts';
import { clientReader, hashClient } from './client-reader.ts';
import { type Exchange, parsed, refuse } from './public-request.ts';
import { admit, limits } from './rate-limits.ts';

export interface OrderUseCases {
  quote(request: QuoteRequest): Promise<Quote>;
  place(request: OrderRequest, clientHash: string): Promise<Placed>;
  read(number: string, token: string): Promise<OrderView | null>;
  sendLinks(request: OrderLinkRequest): Promise<void>;
  /** Signs the client's address. */
  secret(): string;
  now(): Date;
  /** For the shop's log. */
  warn(message: string): void;
}
type Refused = Exclude<Placed, { ok: true }>;

const RETRY: Partial<Record<Refused['reason'], string>> = {
  closed: '300',
  'payment-refused': '60',
  'too-many': '1800',
};
const REFUSALS: Readonly<Record<Refused['reason'], readonly [status: number, message: string]>> = {
  changed: [
    409,
    'The cart cannot be ordered as it was shown: nothing was ordered. details.quote is its price and stock now, details.quote.reasons what stands in the way.',
  ],
  'key-reused': [
    409,
    'This idempotencyKey already belongs to another order: use a new one for another request.',
  ],
  closed: [
    503,
    'The checkout is closed: no payment can be taken now. The cart is kept; try again later.',
  ],
  'payment-refused': [
    503,
    'The payment provider refused to open a payment: nothing was ordered or charged. The cart is kept; try again later.',
  ],
  'too-many': [
    429,
    'This e-mail or address has too many orders, or pieces in them, that are unpaid or were free in the last 24 hours: pay or cancel an unpaid one, or try again later.',
  ],
};

function refusePlacing(ctx: Exchange, refused: Refused): void {
  const [status, message] = REFUSALS[refused.reason];
  const wait = RETRY[refused.reason];
  if (wait !== undefined) ctx.set('Retry-After', wait);
  refuse(
    ctx,
    status,
    message,
    refused.reason === 'changed'
      ? { quote: quoteToWire(refused.quote) }
      : { reason: refused.reason },
  );
}

async function place(ctx: Exchange, orders: OrderUseCases, client: string): Promise<void> {
  const asked = parsed(ctx, orderRequestSchema);
  if (!asked) return;
  const placed = await orders.place(asked, hashClient(client, orders.secret()));
  if (!placed.ok) return refusePlacing(ctx, placed);
  const { number, token, paymentUrl, waiting } = placed;
  ctx.status = waiting ? 202 : 201;
  ctx.body = { data: { number, token, ...(paymentUrl === undefined ? {} : { paymentUrl }) } };
}

async function quote(ctx: Exchange, orders: OrderUseCases): Promise<void> {
  const asked = parsed(ctx, quoteRequestSchema);
  if (asked) ctx.body = { data: quoteToWire(await orders.quote(asked)) };
}

async function show(ctx: Exchange, orders: OrderUseCases): Promise<void> {
  const { token } = ctx.query;
  const view =
    typeof token === 'string' ? await orders.read(ctx.params['number'] ?? '', token) : null;
  if (view) ctx.body = { data: view };
  else
    refuse(
      ctx,
      404,
      'No order opens with this number and link: open it from your mail, or ask for the link again.',
    );
}

async function sendLink(ctx: Exchange, orders: OrderUseCases): Promise<void> {
  const asked = parsed(ctx, orderLinkRequestSchema);
  if (!asked) return;
  await orders.sendLinks(asked);
  ctx.status = 202;
  ctx.body = { data: null };
}

/**
 * The shopper's four routes, each behind its own limit. `orders` is looked up at each request: it
 * is ready once Strapi is.
 */
export const orderController = (orders: () => OrderUseCases) => () => {
  const { quote: quotes, order, look, link } = limits();
  const clientIn = clientReader();
  const limited =
    (
      buckets: TokenBuckets,
      answer: (ctx: Exchange, orders: OrderUseCases, client: string) => Promise<void>,
    ) =>
    async (ctx: Exchange): Promise<void> => {
      const shop = orders();
      const client = clientIn(ctx, { secret: shop.secret(), now: shop.now(), warn: shop.warn });
      if (admit(ctx, buckets, client, shop.now())) await answer(ctx, shop, client);
    };
  return {
    /** `POST /api/panier/devis` → the cart's price now. */
    quote: limited(quotes, quote),
    /**
     * `POST /api/commandes` → 201 with where to pay, 202 while that is not known; refusals in
     * {@link REFUSALS}.
     */
    place: limited(order, place),
    /**
     * `GET /api/commandes/:number?token=` → the order; 404 for a wrong number and a wrong token
     * alike.
     */
    show: limited(look, show),
    /** `POST /api/commandes/lien` → 202, whether there is such an order or not. */
    sendLink: limited(link, sendLink),
  };
};

const open = (method: 'GET' | 'POST', path: string, action: string) =>
  ({ method, path, handler: `orders.${action}`, config: { auth: false } }) as const;
export const orderRoutes = [
  open('POST', '/panier/devis', 'quote'),
  open('POST', '/commandes', 'place'),
  open('POST', '/commandes/lien', 'sendLink'),
  open('GET', '/commandes/:number', 'show'),
] as const;
