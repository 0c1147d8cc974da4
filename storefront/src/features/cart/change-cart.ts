import type { Cart } from '@comptoir/contracts';
import {
  addToCart,
  cartLineSchema,
  countrySchema,
  deliveryMethodSchema,
  MAX_CART_LINES,
  MAX_QUANTITY,
  setQuantity,
  skuSchema,
} from '@comptoir/contracts';

import type { PageRequest } from '../../http/page-request.ts';
import type { PageResponse, RedirectResponse, SetCookie } from '../../http/page-response.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import { routes } from '../i18n/page-routes.ts';
import type { Basket } from './basket-cookies.ts';
import {
  cartCookies,
  codeCookie,
  countryCookie,
  deliveryCookie,
  readBasket,
} from './basket-cookies.ts';
import type { CartPage, Problem } from './cart-page.ts';
import { quotedCartPage } from './quoted-cart.ts';
import { settleCart } from './settle-cart.ts';

/** Value of the query parameter `avis` after a piece did not fit into the cart. */
const FULL = 'plein';

/** `GET /panier`. */
export async function showCart(
  context: ShopContext,
  request: PageRequest,
): Promise<PageResponse<CartPage>> {
  const { clientAddress } = request;
  const { basket, cookies } = await settleCart(context, readBasket(request.cookies), clientAddress);
  const props = await quotedCartPage(context, basket, clientAddress, {
    notices: request.query.get('avis') === FULL ? ['cart.notice.full'] : [],
  });
  return { kind: 'page', status: 200, props, cookies };
}

/** Shows the cart again, with these cookies changed. */
const backToCart = ({ locale }: ShopContext, ...cookies: SetCookie[]): RedirectResponse => ({
  kind: 'redirect',
  to: routes.cart(locale),
  cookies,
});

const quantityOf = (text: string | null): number =>
  /^\d{1,4}$/.test(text ?? '') ? Number(text) : NaN;

/**
 * A line that cannot be read changes nothing. A new piece that does not fit is told on the cart's
 * page.
 */
function addLine(context: ShopContext, cart: Cart, form: URLSearchParams): RedirectResponse {
  const line = cartLineSchema.safeParse({
    sku: form.get('sku'),
    quantity: quantityOf(form.get('quantity') ?? '1'),
  });
  if (!line.success) return backToCart(context, ...cartCookies(cart));
  const { sku } = line.data;
  const full =
    cart.lines.length === MAX_CART_LINES && !cart.lines.some((present) => present.sku === sku);
  return {
    kind: 'redirect',
    to: routes.cart(context.locale) + (full ? `?avis=${FULL}` : ''),
    cookies: cartCookies(addToCart(cart, line.data)),
  };
}

/** Sets the quantity of a line, 0 removes it. What cannot be a quantity is asked for again. */
async function setLine(
  context: ShopContext,
  basket: Basket,
  { form, clientAddress }: PageRequest,
  quantity: number,
): Promise<PageResponse<CartPage>> {
  const sku = skuSchema.safeParse(form.get('sku'));
  if (sku.success && quantity <= MAX_QUANTITY)
    return backToCart(context, ...cartCookies(setQuantity(basket.cart, sku.data, quantity)));
  const problem: Problem = {
    field: `quantity-${form.get('sku') ?? ''}`,
    typed: form.get('quantity') ?? '',
    text: 'cart.quantityProblem',
  };
  const props = await quotedCartPage(context, basket, clientAddress, { problems: [problem] });
  return { kind: 'page', status: 422, cookies: [], props };
}

/**
 * `POST /panier` for everything but the order itself: changes a cookie and shows the cart again.
 */
export async function changeCart(
  context: ShopContext,
  request: PageRequest,
): Promise<PageResponse<CartPage>> {
  const basket = readBasket(request.cookies);
  const { form } = request;
  switch (form.get('action') ?? '') {
    case 'set':
      return setLine(context, basket, request, quantityOf(form.get('quantity')));
    case 'remove':
      return setLine(context, basket, request, 0);
    case 'country': {
      const country = countrySchema.safeParse(form.get('country')).data ?? basket.country;
      return backToCart(context, countryCookie(country));
    }
    case 'delivery': {
      const method = deliveryMethodSchema.safeParse(form.get('delivery')).data ?? '';
      return backToCart(context, deliveryCookie(method));
    }
    case 'code':
      return backToCart(context, codeCookie(form.get('code') ?? ''));
    default:
      return addLine(context, basket.cart, form);
  }
}
