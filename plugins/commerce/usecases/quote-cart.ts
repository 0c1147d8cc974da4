import type { CartLine, Locale } from '@comptoir/contracts';

import { type Quote, quote } from '../domain/cart-pricing.ts';
import type { Unit } from '../domain/order-ports.ts';

export interface CartToPrice {
  lines: readonly CartLine[];
  country: string;
  delivery?: string | undefined;
  promotionCode?: string | undefined;
  locale: Locale;
}

/**
 * Prices a cart as the shop would sell it now: catalogue, stock, delivery and code as one reading
 * of them says. Cents.
 */
export async function quoteCart(
  { prices, promotions }: Pick<Unit, 'prices' | 'promotions'>,
  { lines, country, delivery, promotionCode, locale }: CartToPrice,
  now: Date,
): Promise<Quote> {
  const priced = await prices.lines(lines, locale);
  const { open, rates } = await prices.settings(locale);
  const promotion =
    promotionCode === undefined
      ? null
      : { asked: promotionCode, found: await promotions.find(promotionCode) };
  return quote({ lines: priced, country, delivery: delivery ?? null, rates, promotion, now, open });
}
