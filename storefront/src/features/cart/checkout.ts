import { cents, deliveryMethodSchema, emailSchema } from '@comptoir/contracts';

import type { PlaceResult } from '../../client/orders-api.ts';
import type { PageRequest } from '../../http/page-request.ts';
import type { PageResponse, RedirectResponse, RenderResponse } from '../../http/page-response.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import { routes } from '../i18n/page-routes.ts';
import type { Basket } from './basket-cookies.ts';
import { orderCookie, readBasket } from './basket-cookies.ts';
import type { CartPage, NoticeText, Problem } from './cart-page.ts';
import { keyFits } from './idempotency-key.ts';
import type { CartPageParts } from './quoted-cart.ts';
import { cartPage, quotedCartPage } from './quoted-cart.ts';
import { settleCart } from './settle-cart.ts';

/** What the order form says. `total` in cents, -1 when it cannot be read. */
interface OrderForm {
  email: string;
  key: string;
  total: number;
  delivery: string;
  accepted: boolean;
}
type PlacedOrder = Extract<PlaceResult, { kind: 'placed' }>;
type Refusal = Exclude<PlaceResult, PlacedOrder>;

/** One attempt to order: what was typed, for which basket. */
interface Attempt {
  basket: Basket;
  form: OrderForm;
  clientAddress: string;
}

const readForm = (form: URLSearchParams): OrderForm => ({
  email: (form.get('email') ?? '').slice(0, 300),
  key: form.get('key') ?? '',
  total: /^\d{1,12}$/.test(form.get('total') ?? '') ? Number(form.get('total')) : -1,
  delivery: deliveryMethodSchema.safeParse(form.get('delivery')).data ?? '',
  accepted: form.get('terms') === 'on',
});

function problemsOf({ email, accepted }: OrderForm): Problem[] {
  const problems: Problem[] = [];
  if (!emailSchema.safeParse(email).success)
    problems.push({ field: 'email', typed: email, text: 'cart.emailProblem' });
  if (!accepted) problems.push({ field: 'terms', typed: '', text: 'cart.termsProblem' });
  return problems;
}

/**
 * Where to go with a placed order: to the payment, or to the order's page when nothing is due or
 * the provider has not answered.
 */
function toPayment(
  { locale, mayPayAt }: ShopContext,
  { number, token, paymentUrl, waiting }: PlacedOrder,
): RedirectResponse {
  const cookies = [orderCookie({ number, token })];
  if (paymentUrl && mayPayAt(paymentUrl)) return { kind: 'redirect', to: paymentUrl, cookies };
  const page = routes.order(locale, number, token);
  const resumed = waiting || paymentUrl ? '&attente=1' : '';
  return { kind: 'redirect', to: page + resumed, cookies };
}

const render = (
  props: CartPage,
  status: number,
  more: Partial<RenderResponse<CartPage>> = {},
): RenderResponse<CartPage> => ({ kind: 'page', props, status, cookies: [], ...more });

/** The cart with the price of now and what was typed. */
const showAgain = (
  context: ShopContext,
  { basket, form, clientAddress }: Attempt,
  parts: CartPageParts,
): Promise<CartPage> =>
  quotedCartPage(context, basket, clientAddress, { email: form.email, ...parts });

/**
 * The order would not be what the shopper saw. The order that this one was to replace is closed by
 * now, so pieces that are short now are really short; unless the API could not close it: then it
 * still holds its pieces.
 */
async function changedSince(
  context: ShopContext,
  { basket, form, clientAddress }: Attempt,
  quote: Extract<Refusal, { kind: 'changed' }>['quote'],
): Promise<RenderResponse<CartPage>> {
  const settled = await settleCart(context, basket, clientAddress);
  const notices: NoticeText[] = ['cart.notice.changed'];
  const props = cartPage(context, settled.basket, quote, { email: form.email, notices });
  return render(props, 409, { cookies: settled.cookies });
}

/**
 * Says why nothing was ordered. The key stays the same only when the order may exist: then asking
 * again is the same order.
 */
async function refused(
  context: ShopContext,
  attempt: Attempt,
  refusal: Refusal,
): Promise<RenderResponse<CartPage>> {
  const { form } = attempt;
  const again = (notice: NoticeText, parts: CartPageParts = {}): Promise<CartPage> =>
    showAgain(context, attempt, { notices: [notice], ...parts });
  switch (refusal.kind) {
    case 'changed':
      return changedSince(context, attempt, refusal.quote);
    case 'key-reused':
      return render(await again('cart.notice.again'), 409);
    case 'invalid': {
      const badEmail: Problem = { field: 'email', typed: form.email, text: 'cart.emailProblem' };
      const problems = refusal.fields.includes('email') ? [badEmail] : [];
      return render(await again('cart.notice.invalid', { problems }), 422);
    }
    case 'too-many':
      return render(await again('cart.notice.tooMany'), 429);
    case 'closed': {
      const { retryAfter } = refusal;
      return render(await again('cart.notice.closed'), 503, { retryAfter });
    }
    case 'unknown': {
      const { key, total, delivery } = form;
      const props = await again('cart.notice.unknown', { key, unanswered: { total, delivery } });
      return render(props, 503, { retryAfter: 5 });
    }
  }
}

const place = (
  { orders, locale }: ShopContext,
  { basket: { cart, country, code, previous }, form, clientAddress }: Attempt,
): Promise<PlaceResult> =>
  orders.place(
    {
      cart,
      country,
      locale,
      email: form.email.trim(),
      expectedTotal: cents(form.total),
      idempotencyKey: form.key,
      termsAccepted: true,
      ...(form.delivery && { delivery: form.delivery }),
      ...(code && { promotionCode: code }),
      ...(previous && { previous }),
    },
    clientAddress,
  );

/** `POST /panier` of the order form. */
export async function orderCart(
  context: ShopContext,
  request: PageRequest,
): Promise<PageResponse<CartPage>> {
  const basket = readBasket(request.cookies);
  if (basket.cart.lines.length === 0)
    return { kind: 'redirect', to: routes.cart(context.locale), cookies: [] };
  const form = readForm(request.form);
  const attempt = { basket, form, clientAddress: request.clientAddress };
  if (!keyFits(form.key, basket) || form.total < 0)
    return render(await showAgain(context, attempt, { notices: ['cart.notice.changed'] }), 409);
  const problems = problemsOf(form);
  if (problems.length > 0)
    return render(await showAgain(context, attempt, { key: form.key, problems }), 422);
  const result = await place(context, attempt);
  return result.kind === 'placed' ? toPayment(context, result) : refused(context, attempt, result);
}
