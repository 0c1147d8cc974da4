import type { Cart } from '@comptoir/contracts';
import {
  asOneLine,
  cartFromCookie,
  cartToCookie,
  countPieces,
  countrySchema,
  DEFAULT_COUNTRY,
  deliveryMethodSchema,
  MAX_PROMOTION_CODE,
  orderNumberSchema,
  orderTokenSchema,
} from '@comptoir/contracts';

import type { SetCookie } from '../../http/page-response.ts';

const MONTH = 30 * 24 * 3600;
const NAMES = {
  cart: 'panier',
  count: 'panier_n',
  country: 'panier_pays',
  delivery: 'panier_envoi',
  code: 'panier_code',
  order: 'commande',
} as const;

/** The shopper's unpaid order that a new attempt replaces. */
export interface Previous {
  number: string;
  token: string;
}
/** What the cookies of a shopper say. */
export interface Basket {
  cart: Cart;
  country: string;
  /** A delivery method; empty means the shop's first. */
  delivery: string;
  code: string;
  previous: Previous | null;
}

/**
 * A text as a promotion code: cut to its length, without control characters and halves of
 * characters, which no code has and no cookie can hold.
 */
const codeIn = (text: string): string => asOneLine(text.trim().slice(0, MAX_PROMOTION_CODE));
/** A decoded cookie value; empty when its encoding is damaged. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function previousFrom(value: string): Previous | null {
  const at = value.indexOf('~');
  const number = orderNumberSchema.safeParse(value.slice(0, Math.max(0, at)));
  const token = orderTokenSchema.safeParse(decode(value.slice(at + 1)));
  return number.success && token.success ? { number: number.data, token: token.data } : null;
}

/** Reads the shopper's cookies. They may hold any text, and a damaged one counts as absent. */
export function readBasket(cookies: ReadonlyMap<string, string>): Basket {
  const country = countrySchema.safeParse(cookies.get(NAMES.country));
  return {
    cart: cartFromCookie(cookies.get(NAMES.cart)),
    country: country.success ? country.data : DEFAULT_COUNTRY,
    delivery: deliveryMethodSchema.safeParse(cookies.get(NAMES.delivery)).data ?? '',
    code: codeIn(decode(cookies.get(NAMES.code) ?? '')),
    previous: previousFrom(cookies.get(NAMES.order) ?? ''),
  };
}

const kept = (name: string, value: string, readable = false): SetCookie => ({
  name,
  value,
  maxAge: value === '' ? 0 : MONTH,
  readable,
});

/** The cart, and beside it the bare number of pieces that the header's script may read. */
export const cartCookies = (cart: Cart): SetCookie[] => [
  kept(NAMES.cart, cartToCookie(cart)),
  kept(NAMES.count, cart.lines.length === 0 ? '' : String(countPieces(cart)), true),
];
export const countryCookie = (country: string): SetCookie => kept(NAMES.country, country);
export const deliveryCookie = (method: string): SetCookie => kept(NAMES.delivery, method);
/** An empty code removes it. */
export const codeCookie = (code: string): SetCookie =>
  kept(NAMES.code, encodeURIComponent(codeIn(code)));
/** Null removes it. */
export const orderCookie = (order: Previous | null): SetCookie =>
  kept(NAMES.order, order ? `${order.number}~${encodeURIComponent(order.token)}` : '');
