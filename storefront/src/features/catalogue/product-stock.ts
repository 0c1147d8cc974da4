import type { AvailabilityState, Locale, ProductBody } from '@comptoir/contracts';

import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import { translator } from '../i18n/texts.ts';

/** How a state is said; with the number where few are left and it is known. */
export function stockText(state: AvailabilityState, left: number | null, locale: Locale): string {
  const t = translator(locale);
  if (state !== 'low' || left === null) return t(`stock.${state}`);
  return left === 1 ? t('stock.last') : t('stock.left', { left });
}
/** How each state is told to search engines. */
export const STOCK_SCHEMA: Record<AvailabilityState, string> = {
  in: 'https://schema.org/InStock',
  low: 'https://schema.org/LimitedAvailability',
  out: 'https://schema.org/OutOfStock',
};

/** State of a whole product: sold out only when every variant is, low when none is plentiful. */
export function productStock(product: ProductBody, catalogue: CatalogueReader): AvailabilityState {
  const states = product.variants.map(({ sku }) => catalogue.availability(sku));
  if (states.includes('in')) return 'in';
  return states.includes('low') ? 'low' : 'out';
}

/** Pieces left of a product that is sold in one form only; those of several forms do not add up. */
export const productLeft = (
  { variants: [only, ...others] }: ProductBody,
  catalogue: CatalogueReader,
): number | null => (only && others.length === 0 ? catalogue.left(only.sku) : null);
