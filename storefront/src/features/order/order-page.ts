import type { Locale, OrderView } from '@comptoir/contracts';
import { orderNumberSchema, orderTokenSchema } from '@comptoir/contracts';

import type { PageRequest } from '../../http/page-request.ts';
import type { PageResponse, RenderResponse } from '../../http/page-response.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import { cartCookies, orderCookie, readBasket } from '../cart/basket-cookies.ts';
import { isSettled, withoutOrdered } from '../cart/settle-cart.ts';
import { routes } from '../i18n/page-routes.ts';

/** What a buyer waits for: the payment to be confirmed, or its page to be opened. */
export type Waiting = 'confirming' | 'preparing';

/**
 * `order` is null when there is no such order, when the link is wrong (the page does not tell these
 * two apart), or when the API is `unreachable`: then `waiting` says where the buyer came from.
 */
export interface OrderPage {
  kind: 'order';
  number: string;
  token: string;
  order: OrderView | null;
  unreachable: boolean;
  waiting: Waiting | null;
  /** False once the page has looked at its order often enough. */
  patient: boolean;
  /** This browser's cart still holds pieces. */
  cartLeft: boolean;
}

/**
 * Seconds before the n-th look at an order that is being confirmed: soon at first, about three
 * minutes in all.
 */
const WAITS = [2, 2, 3, 3, 5, 5, 10, 10, 15, 20, 20, 30, 30, 30] as const;

/** What is added to the address of an order, so that it says what its buyer waits for. */
export const WAITING_QUERY = { confirming: '&paye=1', preparing: '&attente=1' } as const;

/**
 * What the address says of the way back: from a payment, from a form whose payment page was not
 * ready, or neither.
 */
function waitingIn(query: URLSearchParams): Waiting | null {
  if (query.has('paye')) return 'confirming';
  return query.has('attente') ? 'preparing' : null;
}

const lookOf = (text: string | null): number => (/^\d{1,2}$/.test(text ?? '') ? Number(text) : 0);

/** The page of an order of which only the link is known. */
const unknownOrder = (number: string, token: string): OrderPage => ({
  kind: 'order',
  number,
  token,
  order: null,
  unreachable: false,
  waiting: null,
  patient: false,
  cartLeft: false,
});

/** The page that looks at its order again by itself, as long as there are {@link WAITS} left. */
function lookAgain(
  page: OrderPage,
  locale: Locale,
  query: URLSearchParams,
): Pick<RenderResponse<OrderPage>, 'props' | 'refresh'> {
  const look = lookOf(query.get('essai'));
  const seconds = WAITS[look];
  const address = routes.order(locale, page.number, page.token);
  const waiting = page.waiting === null ? '' : WAITING_QUERY[page.waiting];
  const to = `${address}${waiting}&essai=${look + 1}`;
  return {
    props: { ...page, patient: seconds !== undefined },
    refresh: seconds === undefined ? undefined : { seconds, to },
  };
}

/**
 * The API does not answer: only the link is known to be well formed, so the way back from the
 * payment is kept.
 */
function unreachable(
  { locale }: ShopContext,
  number: string,
  token: string,
  query: URLSearchParams,
): RenderResponse<OrderPage> {
  const page = { ...unknownOrder(number, token), unreachable: true, waiting: waitingIn(query) };
  return {
    kind: 'page',
    status: 503,
    retryAfter: 10,
    cookies: [],
    ...lookAgain(page, locale, query),
  };
}

/**
 * What a pending order's page waits for. It waits for no payment page that is ready: it links
 * there.
 */
function awaited(order: OrderView, query: URLSearchParams): Waiting | null {
  const waiting = waitingIn(query);
  return waiting === 'preparing' && order.paymentUrl !== null ? null : waiting;
}

/**
 * What the page does while the order is pending: go on to the payment, look again, or leave it. It
 * may be a redirect of the order form itself, so it goes only where the policy lets a form go;
 * elsewhere the page links to the payment.
 */
function pending(
  { locale, mayPayAt }: ShopContext,
  order: OrderView,
  token: string,
  query: URLSearchParams,
): PageResponse<OrderPage> {
  if (query.has('attente') && order.paymentUrl && mayPayAt(order.paymentUrl))
    return { kind: 'redirect', to: order.paymentUrl, cookies: [] };
  const waiting = awaited(order, query);
  const props: OrderPage = { ...unknownOrder(order.number, token), order, waiting };
  return {
    kind: 'page',
    status: 200,
    cookies: [],
    props,
    ...(waiting && lookAgain(props, locale, query)),
  };
}

/**
 * The page of an order that is no longer pending. The browser that ordered takes what was paid out
 * of its cart.
 */
function decided(
  request: PageRequest,
  asked: string,
  token: string,
  order: OrderView,
): RenderResponse<OrderPage> {
  const basket = readBasket(request.cookies);
  const orderedHere = basket.previous?.number === order.number && isSettled(order);
  const cart = orderedHere ? withoutOrdered(basket.cart, order) : basket.cart;
  return {
    kind: 'page',
    status: 200,
    props: { ...unknownOrder(asked, token), order, cartLeft: cart.lines.length > 0 },
    cookies: orderedHere ? [...cartCookies(cart), orderCookie(null)] : [],
  };
}

/**
 * `GET /commande/{number}?token=`. Reads only; the cart of the browser that ordered is emptied once
 * it is paid.
 */
export async function showOrder(
  context: ShopContext,
  request: PageRequest,
  asked: string,
): Promise<PageResponse<OrderPage>> {
  const { query, clientAddress } = request;
  const number = orderNumberSchema.safeParse(asked);
  const token = orderTokenSchema.safeParse(query.get('token') ?? '');
  const props = unknownOrder(asked, token.data ?? '');
  const missing: PageResponse<OrderPage> = { kind: 'page', status: 404, cookies: [], props };
  if (!number.success || !token.success) return missing;
  const found = await context.orders.read(number.data, token.data, clientAddress);
  if (!found.ok)
    return found.reason === 'missing'
      ? missing
      : unreachable(context, number.data, token.data, query);
  return found.order.status === 'pending'
    ? pending(context, found.order, token.data, query)
    : decided(request, asked, token.data, found.order);
}
