import type { Cart, Locale, OrderView, Quote } from '@comptoir/contracts';
import {
  addToCart,
  cartLineSchema,
  countrySchema,
  deliveryMethodSchema,
  MAX_CART_LINES,
  MAX_QUANTITY,
  setQuantity,
  skuSchema,
  STATUS_FACTS,
} from '@comptoir/contracts';

import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import type { OrdersApi } from '../../client/orders-api.ts';
import type { Cookie, Reply, Visit } from '../../client/visit.ts';
import { routes } from '../i18n/routes.ts';
import type { CartPage } from './cart-page.ts';
import { linesOf, mayOrder } from './cart-page.ts';
import type { Basket } from './cookies.ts';
import {
  cartCookies,
  codeCookie,
  countryCookie,
  deliveryCookie,
  orderCookie,
  readBasket,
} from './cookies.ts';
import { newKey } from './key.ts';

/** What the cart needs from outside. */
export interface Counter {
  orders: OrdersApi;
  catalogue: CatalogueReader;
  locale: Locale;
  mayPayAt: (url: string) => boolean;
}
export type PageParts = Partial<
  Pick<CartPage, 'key' | 'email' | 'notices' | 'problems' | 'total' | 'delivery'>
>;
const FULL = 'plein';

/** True once money came for an order: its pieces leave the cart. */
export const isSettled = ({ status, paidAt }: OrderView): boolean =>
  paidAt !== null || STATUS_FACTS[status].hasHadMoney;

/** What stays in a cart after an order was paid: pieces added meanwhile are kept. */
export const withoutOrdered = (cart: Cart, { lines }: OrderView): Cart =>
  lines.reduce(
    (left, { sku, quantity }) =>
      setQuantity(
        left,
        sku,
        Math.max(0, (left.lines.find((line) => line.sku === sku)?.quantity ?? 0) - quantity),
      ),
    cart,
  );

/** The way of sending that was chosen does not take this cart, or does not go there: another one is shown. */
const fellBack = ({ delivery }: Basket, quote: Quote | null): boolean =>
  delivery !== '' &&
  quote !== null &&
  quote.shipping !== null &&
  quote.shipping.method !== delivery;

/** The page of a basket with a known quote; null when nobody can quote it. A given `total` repeats an order that had no answer, whatever the quote says now, or that there is none. */
export function pageOf(
  { catalogue, locale }: Counter,
  basket: Basket,
  quote: Quote | null,
  parts: PageParts = {},
): CartPage {
  const unanswered = parts.total !== undefined;
  const orderable = quote !== null && (unanswered || mayOrder(quote, basket));
  return {
    kind: 'cart',
    basket,
    quote,
    lines: linesOf(basket, quote, catalogue, locale),
    orderable,
    resend: unanswered && quote === null,
    total: parts.total ?? quote?.total.amount ?? 0,
    delivery: parts.delivery ?? quote?.shipping?.method ?? '',
    held: orderable && quote?.orderable === false,
    key: parts.key ?? newKey(basket),
    email: parts.email ?? '',
    notices: [
      ...(parts.notices ?? []),
      ...(!unanswered && fellBack(basket, quote) ? ['cart.notice.delivery' as const] : []),
    ],
    problems: parts.problems ?? [],
  };
}

/** The page of a basket with the price of now. */
export async function quotedPage(
  counter: Counter,
  basket: Basket,
  client: string,
  parts: PageParts = {},
): Promise<CartPage> {
  if (basket.cart.lines.length === 0) return pageOf(counter, basket, null, parts);
  const { cart, country, delivery, code } = basket;
  const result = await counter.orders.quote(
    {
      cart,
      country,
      locale: counter.locale,
      ...(delivery && { delivery }),
      ...(code && { promotionCode: code }),
    },
    client,
  );
  return pageOf(counter, basket, result.ok ? result.quote : null, parts);
}

/** A tab closed after the payment left the cart full: the order tells. One that is over for another reason holds nothing any more. */
export async function settle(
  { orders }: Counter,
  basket: Basket,
  client: string,
): Promise<{ basket: Basket; cookies: Cookie[] }> {
  const found =
    basket.previous && (await orders.read(basket.previous.number, basket.previous.token, client));
  if (
    !found ||
    (found.ok && found.order.status === 'pending') ||
    (!found.ok && found.reason === 'unreachable')
  )
    return { basket, cookies: [] };
  const cart =
    found.ok && isSettled(found.order) ? withoutOrdered(basket.cart, found.order) : basket.cart;
  return {
    basket: { ...basket, cart, previous: null },
    cookies: [...cartCookies(cart), orderCookie(null)],
  };
}

/** `GET /panier`. */
export async function showCart(counter: Counter, visit: Visit): Promise<Reply> {
  const { basket, cookies } = await settle(counter, readBasket(visit.cookies), visit.client);
  const page = await quotedPage(counter, basket, visit.client, {
    notices: visit.query.get('avis') === FULL ? ['cart.notice.full'] : [],
  });
  return { kind: 'page', status: 200, page, cookies };
}

const quantityOf = (text: string | null): number =>
  /^\d{1,4}$/.test(text ?? '') ? Number(text) : NaN;

function add(counter: Counter, cart: Cart, form: URLSearchParams): Reply {
  const line = cartLineSchema.safeParse({
    sku: form.get('sku'),
    quantity: quantityOf(form.get('quantity') ?? '1'),
  });
  const next = line.success ? addToCart(cart, line.data) : cart;
  const full =
    line.success &&
    cart.lines.length === MAX_CART_LINES &&
    next.lines.length === cart.lines.length &&
    !cart.lines.some(({ sku }) => sku === line.data.sku);
  return {
    kind: 'redirect',
    to: routes.cart(counter.locale) + (full ? `?avis=${FULL}` : ''),
    cookies: cartCookies(next),
  };
}

async function setLine(
  counter: Counter,
  basket: Basket,
  visit: Visit,
  quantity: number,
): Promise<Reply> {
  const sku = skuSchema.safeParse(visit.form.get('sku'));
  if (sku.success && quantity <= MAX_QUANTITY)
    return {
      kind: 'redirect',
      to: routes.cart(counter.locale),
      cookies: cartCookies(setQuantity(basket.cart, sku.data, quantity)),
    };
  const problems = [
    {
      field: `quantity-${visit.form.get('sku') ?? ''}`,
      typed: visit.form.get('quantity') ?? '',
      text: 'cart.quantityProblem' as const,
    },
  ];
  return {
    kind: 'page',
    status: 422,
    cookies: [],
    page: await quotedPage(counter, basket, visit.client, { problems }),
  };
}

/** `POST /panier` for everything but the order itself: changes a cookie and shows the cart again. */
export async function changeCart(counter: Counter, visit: Visit): Promise<Reply> {
  const basket = readBasket(visit.cookies);
  const { form } = visit;
  const back = (...cookies: Cookie[]): Reply => ({
    kind: 'redirect',
    to: routes.cart(counter.locale),
    cookies,
  });
  switch (form.get('action')) {
    case 'set':
      return setLine(counter, basket, visit, quantityOf(form.get('quantity')));
    case 'remove':
      return setLine(counter, basket, visit, 0);
    case 'country':
      return back(
        countryCookie(countrySchema.safeParse(form.get('country')).data ?? basket.country),
      );
    case 'delivery':
      return back(deliveryCookie(deliveryMethodSchema.safeParse(form.get('delivery')).data ?? ''));
    case 'code':
      return back(codeCookie(form.get('code') ?? ''));
    default:
      return add(counter, basket.cart, form);
  }
}
