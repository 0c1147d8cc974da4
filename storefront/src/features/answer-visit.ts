import type { Reply, Visit } from '../client/visit.ts';
import type { Counter } from './cart/cart.ts';
import { changeCart, showCart } from './cart/cart.ts';
import { orderCart } from './cart/checkout.ts';
import type { PersonalRoute } from './i18n/routes.ts';
import { routes } from './i18n/routes.ts';
import { askLink, showLinkForm } from './order/link-page.ts';
import { showOrder } from './order/order-page.ts';

/** Answers a visit to the cart or to an order: one function for the server and for development. */
export async function answerVisit(
  counter: Counter,
  route: PersonalRoute,
  visit: Visit,
): Promise<Reply> {
  const posted = visit.method === 'POST';
  if (route.kind === 'link') return posted ? askLink(counter, visit) : showLinkForm(visit);
  // An order's own page has no form: links are asked for at one address.
  if (route.kind === 'order')
    return posted
      ? { kind: 'redirect', to: routes.orders(route.locale), cookies: [] }
      : showOrder(counter, visit, route.number);
  if (!posted) return showCart(counter, visit);
  return visit.form.get('action') === 'order'
    ? orderCart(counter, visit)
    : changeCart(counter, visit);
}
