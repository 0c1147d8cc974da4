import type { PageRequest } from '../http/page-request.ts';
import type { PageResponse } from '../http/page-response.ts';
import type { ShopContext } from '../http/shop-context.ts';
import type { CartPage } from './cart/cart-page.ts';
import { changeCart, showCart } from './cart/change-cart.ts';
import { orderCart } from './cart/checkout.ts';
import type { PersonalRoute } from './i18n/page-routes.ts';
import { routes } from './i18n/page-routes.ts';
import type { LinkPage } from './order/link-page.ts';
import { askLink, showLinkForm } from './order/link-page.ts';
import type { OrderPage } from './order/order-page.ts';
import { showOrder } from './order/order-page.ts';

/** Props of the pages that belong to one shopper; `kind` says which page takes them. */
export type PersonalProps = CartPage | OrderPage | LinkPage;

/**
 * Answers a request for the cart, an order or a lost link: one function for the server and for
 * development.
 */
export async function answerPersonalPage(
  context: ShopContext,
  route: PersonalRoute,
  request: PageRequest,
): Promise<PageResponse<PersonalProps>> {
  const posted = request.method === 'POST';
  if (route.kind === 'link') return posted ? askLink(context, request) : showLinkForm(request);
  // An order's own page has no form: links are asked for at one address.
  if (route.kind === 'order')
    return posted
      ? { kind: 'redirect', to: routes.orders(route.locale), cookies: [] }
      : showOrder(context, request, route.number);
  if (!posted) return showCart(context, request);
  return request.form.get('action') === 'order'
    ? orderCart(context, request)
    : changeCart(context, request);
}
