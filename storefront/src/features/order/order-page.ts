import type { Locale, OrderView } from '@comptoir/contracts';
import { orderNumberSchema, orderTokenSchema } from '@comptoir/contracts';

import type { Reply, Visit } from '../../client/visit.ts';
import type { Counter } from '../cart/cart.ts';
import { isSettled, withoutOrdered } from '../cart/cart.ts';
import { cartCookies, orderCookie, readBasket } from '../cart/cookies.ts';
import { routes } from '../i18n/routes.ts';

export type Waiting = 'confirming' | 'preparing';

/** `order` null: no such order, or a wrong link (the two are told apart by nobody), or the API is `away`: then `waiting` says where the buyer came from. */
export interface OrderPage {
  kind: 'order';
  number: string;
  token: string;
  order: OrderView | null;
  away: boolean;
  /** What is waited for: the payment to be confirmed, or its page to be opened. `patient` false once it has been asked for often enough. */
  waiting: Waiting | null;
  patient: boolean;
  /** This browser's cart still holds pieces. */
  cartLeft: boolean;
}

/** Seconds before the n-th look at an order that is being confirmed: soon at first, about three minutes in all. */
const WAITS = [2, 2, 3, 3, 5, 5, 10, 10, 15, 20, 20, 30, 30, 30] as const;

/** What the address ends with as long as something is waited for. */
const ENDS = { confirming: '&paye=1', preparing: '&attente=1' } as const;

const lookOf = (text: string | null): number => (/^\d{1,2}$/.test(text ?? '') ? Number(text) : 0);
const nobody = (number: string, token: string): OrderPage => ({
  kind: 'order',
  number,
  token,
  order: null,
  away: false,
  waiting: null,
  patient: false,
  cartLeft: false,
});

/** What the address says of the way back: from a payment, from a form whose payment page was not ready, or neither. */
function cameFrom(query: URLSearchParams): Waiting | null {
  if (query.has('paye')) return 'confirming';
  return query.has('attente') ? 'preparing' : null;
}

/** The page that looks at its order again by itself, as long as there are {@link WAITS} left. `end` says where the buyer came from. */
function lookAgain(
  page: OrderPage,
  locale: Locale,
  end: '' | (typeof ENDS)[Waiting],
  query: URLSearchParams,
): Pick<Extract<Reply, { kind: 'page' }>, 'page' | 'refresh'> {
  const look = lookOf(query.get('essai'));
  const seconds = WAITS[look];
  const to = `${routes.order(locale, page.number, page.token)}${end}&essai=${look + 1}`;
  return {
    page: { ...page, patient: seconds !== undefined },
    refresh: seconds === undefined ? undefined : { seconds, to },
  };
}

/** The API is away: nothing is known of the order but that its link is well formed, so the way back from the payment is kept. */
function away({ locale }: Counter, number: string, token: string, query: URLSearchParams): Reply {
  const waiting = cameFrom(query);
  const end = waiting === null ? '' : ENDS[waiting];
  return {
    kind: 'page',
    status: 503,
    retryAfter: 10,
    cookies: [],
    ...lookAgain({ ...nobody(number, token), away: true, waiting }, locale, end, query),
  };
}

/** What a pending order's page waits for; a payment page that is ready is a link, nothing to wait for. */
function awaited(order: OrderView, query: URLSearchParams): Waiting | null {
  const waiting = cameFrom(query);
  return waiting === 'preparing' && order.paymentUrl !== null ? null : waiting;
}

/**
 * What the page does while the order is pending: go on to the payment, look again, or leave it. It may be a redirect of the order
 * form itself, so it goes only where the policy lets a form go; elsewhere its link leads.
 */
function pending(
  { locale, mayPayAt }: Counter,
  order: OrderView,
  token: string,
  query: URLSearchParams,
): Reply {
  if (query.has('attente') && order.paymentUrl && mayPayAt(order.paymentUrl))
    return { kind: 'redirect', to: order.paymentUrl, cookies: [] };
  const waiting = awaited(order, query);
  const page: OrderPage = { ...nobody(order.number, token), order, waiting };
  return {
    kind: 'page',
    status: 200,
    cookies: [],
    page,
    ...(waiting && lookAgain(page, locale, ENDS[waiting], query)),
  };
}

/** `GET /commande/{number}?token=`. Reads only; the cart of the browser that ordered is emptied once it is paid. */
export async function showOrder(counter: Counter, visit: Visit, asked: string): Promise<Reply> {
  const [number, token] = [
    orderNumberSchema.safeParse(asked),
    orderTokenSchema.safeParse(visit.query.get('token') ?? ''),
  ];
  const missing: Reply = {
    kind: 'page',
    status: 404,
    cookies: [],
    page: nobody(asked, token.data ?? ''),
  };
  if (!number.success || !token.success) return missing;
  const found = await counter.orders.read(number.data, token.data, visit.client);
  if (!found.ok && found.reason === 'missing') return missing;
  if (!found.ok) return away(counter, number.data, token.data, visit.query);
  const { order } = found;
  if (order.status === 'pending') return pending(counter, order, token.data, visit.query);
  const basket = readBasket(visit.cookies);
  const own = basket.previous?.number === order.number && isSettled(order);
  const cart = own ? withoutOrdered(basket.cart, order) : basket.cart;
  return {
    kind: 'page',
    status: 200,
    page: { ...nobody(asked, token.data), order, cartLeft: cart.lines.length > 0 },
    cookies: own ? [...cartCookies(cart), orderCookie(null)] : [],
  };
}
