import { z } from 'zod';

import { SKU_PATTERN, skuSchema } from './identity.ts';

/** Pieces of one SKU in one cart. */
export const MAX_QUANTITY = 99;
/** Lines in one cart; with the longest SKUs its cookie still stays under 4 kB. */
export const MAX_CART_LINES = 50;
/** Pieces in one order, over all its lines: what one buyer may hold before paying. */
export const MAX_ORDER_PIECES = 120;

export const cartLineSchema = z.object({
  sku: skuSchema,
  /** Pieces. */
  quantity: z
    .int(`a whole number from 1 to ${MAX_QUANTITY}`)
    .min(1, 'at least 1; leave the line out instead')
    .max(MAX_QUANTITY, `at most ${MAX_QUANTITY} of one piece`),
});
export type CartLine = z.infer<typeof cartLineSchema>;

const once = (lines: readonly CartLine[]): boolean =>
  new Set(lines.map(({ sku }) => sku)).size === lines.length;

/**
 * What a shopper wants to buy; never a price. An empty {@link Cart} exists in the cookie but cannot
 * be quoted.
 */
export const cartSchema = z.object({
  lines: z
    .array(cartLineSchema)
    .min(1, 'the cart is empty: put a piece in it first')
    .max(MAX_CART_LINES, `at most ${MAX_CART_LINES} lines: order in two parts`)
    .refine(once, 'one line per sku: add the quantities up'),
});
export type Cart = z.infer<typeof cartSchema>;

const clamp = (quantity: number): number => Math.min(MAX_QUANTITY, Math.floor(quantity));

/**
 * One line per SKU in order of first appearance: quantities add up, are cut to {@link
 * MAX_QUANTITY}; lines below 1 and beyond {@link MAX_CART_LINES} fall away.
 */
export function mergeLines(lines: readonly CartLine[]): CartLine[] {
  const merged = new Map<string, number>();
  for (const { sku, quantity } of lines) {
    if (!(quantity >= 1) || (!merged.has(sku) && merged.size === MAX_CART_LINES)) continue;
    merged.set(sku, clamp((merged.get(sku) ?? 0) + quantity));
  }
  return [...merged].map(([sku, quantity]) => ({ sku, quantity }));
}

/** Puts pieces into a cart, on top of those already there. */
export const addToCart = (cart: Cart, line: CartLine): Cart => ({
  lines: mergeLines([...cart.lines, line]),
});

/** Sets a line to a number of pieces, in its place; 0 removes it, an absent SKU is put last. */
export function setQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const present = cart.lines.some((line) => line.sku === sku);
  const lines = cart.lines.map((line) => (line.sku === sku ? { sku, quantity } : line));
  return { lines: mergeLines(present ? lines : [...lines, { sku, quantity }]) };
}

/** Pieces in a cart. */
export const countPieces = (cart: Cart): number =>
  cart.lines.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * The cookie's value: `sku*quantity.sku*quantity`, made of characters that need no encoding; empty
 * for an empty cart.
 */
export const cartToCookie = (cart: Cart): string =>
  cart.lines.map(({ sku, quantity }) => `${sku}*${quantity}`).join('.');

function readPart(part: string): CartLine[] {
  const [sku = '', quantity = '', ...rest] = part.split('*');
  return rest.length === 0 && SKU_PATTERN.test(sku) && /^\d+$/.test(quantity)
    ? [{ sku, quantity: clamp(Number(quantity)) }]
    : [];
}

/**
 * Reads a cookie that anyone may have written: what is no line is dropped, quantities are cut to
 * the limits, and it never throws. May be empty.
 */
export const cartFromCookie = (value: string | null | undefined): Cart => ({
  lines: mergeLines((value ?? '').split('.').flatMap(readPart)),
});
