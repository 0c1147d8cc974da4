import type { Quote } from '@comptoir/contracts';

import type { ShopContext } from '../../http/shop-context.ts';
import type { Basket } from './basket-cookies.ts';
import type { CartPage, NoticeText } from './cart-page.ts';
import { linesOf, mayOrder } from './cart-page.ts';
import { newKey } from './idempotency-key.ts';

/** An order that had no answer, as its form said it: `total` in cents. */
export interface UnansweredOrder {
  total: number;
  delivery: string;
}
/** What a request adds to the cart's page. */
export type CartPageParts = Partial<Pick<CartPage, 'key' | 'email' | 'notices' | 'problems'>> & {
  unanswered?: UnansweredOrder;
};
/** What the order form offers. */
type Offer = Pick<CartPage, 'orderable' | 'resend' | 'total' | 'delivery' | 'held'>;

/**
 * The form repeats an order that had no answer, as it was: whatever the quote says now, or without
 * one.
 */
const repeatedOffer = (quote: Quote | null, { total, delivery }: UnansweredOrder): Offer => ({
  orderable: quote !== null,
  resend: quote === null,
  total,
  delivery,
  held: quote?.orderable === false,
});

/** Without a quote the form is not shown. */
const NO_OFFER: Offer = { orderable: false, resend: false, total: 0, delivery: '', held: false };

/** The form offers what is quoted now. */
function quotedOffer(quote: Quote, basket: Basket): Offer {
  const orderable = mayOrder(quote, basket);
  return {
    orderable,
    resend: false,
    total: quote.total.amount,
    delivery: quote.shipping?.method ?? '',
    held: orderable && !quote.orderable,
  };
}

function offerOf(quote: Quote | null, basket: Basket, unanswered?: UnansweredOrder): Offer {
  if (unanswered) return repeatedOffer(quote, unanswered);
  return quote ? quotedOffer(quote, basket) : NO_OFFER;
}

/**
 * True when the way of sending that was chosen does not take this cart, or does not go there:
 * another one is shown.
 */
const fellBack = ({ delivery }: Basket, quote: Quote | null): boolean =>
  delivery !== '' && !!quote?.shipping && quote.shipping.method !== delivery;

/** The page of a basket with a known quote; null when the API cannot quote it. */
export function cartPage(
  { catalogue, locale }: ShopContext,
  basket: Basket,
  quote: Quote | null,
  { unanswered, key, email, notices = [], problems }: CartPageParts = {},
): CartPage {
  const fallback: NoticeText[] =
    !unanswered && fellBack(basket, quote) ? ['cart.notice.delivery'] : [];
  return {
    kind: 'cart',
    basket,
    quote,
    lines: linesOf(basket, quote, catalogue, locale),
    ...offerOf(quote, basket, unanswered),
    key: key ?? newKey(basket),
    email: email ?? '',
    notices: [...notices, ...fallback],
    problems: problems ?? [],
  };
}

/** The page of a basket with the price of now. */
export async function quotedCartPage(
  context: ShopContext,
  basket: Basket,
  clientAddress: string,
  parts: CartPageParts = {},
): Promise<CartPage> {
  if (basket.cart.lines.length === 0) return cartPage(context, basket, null, parts);
  const { cart, country, delivery, code } = basket;
  const result = await context.orders.quote(
    {
      cart,
      country,
      locale: context.locale,
      ...(delivery && { delivery }),
      ...(code && { promotionCode: code }),
    },
    clientAddress,
  );
  return cartPage(context, basket, result.ok ? result.quote : null, parts);
}
