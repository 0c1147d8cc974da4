import type { Cart, OrderView } from '@comptoir/contracts';
import { setQuantity, STATUS_FACTS } from '@comptoir/contracts';

import type { OrderResult } from '../../client/orders-api.ts';
import type { SetCookie } from '../../http/page-response.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import type { Basket } from './basket-cookies.ts';
import { cartCookies, orderCookie } from './basket-cookies.ts';

/** True once money came for an order: its pieces leave the cart. */
export const isSettled = ({ status, paidAt }: OrderView): boolean =>
  paidAt !== null || STATUS_FACTS[status].hasHadMoney;

/** What stays in a cart after an order was paid: pieces added meanwhile are kept. */
export function withoutOrdered(cart: Cart, { lines }: OrderView): Cart {
  const inCart = (left: Cart, sku: string): number =>
    left.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  return lines.reduce(
    (left, { sku, quantity }) => setQuantity(left, sku, Math.max(0, inCart(left, sku) - quantity)),
    cart,
  );
}

/**
 * True while the previous order may still hold its pieces: it waits for money, or the API cannot be
 * asked.
 */
const mayStillHold = (found: OrderResult): boolean =>
  found.ok ? found.order.status === 'pending' : found.reason === 'unreachable';

/**
 * Takes what was paid out of the cart: a shopper who closes the tab after the payment leaves the
 * cart full. An order that is over for another reason is forgotten, since it holds nothing any
 * more.
 */
export async function settleCart(
  { orders }: ShopContext,
  basket: Basket,
  clientAddress: string,
): Promise<{ basket: Basket; cookies: SetCookie[] }> {
  const unchanged = { basket, cookies: [] };
  const { previous } = basket;
  if (previous === null) return unchanged;
  const found = await orders.read(previous.number, previous.token, clientAddress);
  if (mayStillHold(found)) return unchanged;
  const cart =
    found.ok && isSettled(found.order) ? withoutOrdered(basket.cart, found.order) : basket.cart;
  return {
    basket: { ...basket, cart, previous: null },
    cookies: [...cartCookies(cart), orderCookie(null)],
  };
}
