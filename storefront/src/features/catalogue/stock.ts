import type { AvailabilityState, ProductBody } from '@comptoir/contracts';
import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import type { TextKey } from '../i18n/texts.ts';

/** How each state is said. */
export const STOCK_TEXT: Record<AvailabilityState, TextKey> = { in: 'stock.in', low: 'stock.low', out: 'stock.out' };
/** How each state is told to search engines. */
export const STOCK_SCHEMA: Record<AvailabilityState, string> = {
  in: 'https://schema.org/InStock', low: 'https://schema.org/LimitedAvailability', out: 'https://schema.org/OutOfStock',
};

/** State of a whole product: sold out only when every variant is, low when none is plentiful. */
export function productStock(product: ProductBody, catalogue: CatalogueReader): AvailabilityState {
  const states = product.variants.map(({ sku }) => catalogue.availability(sku));
  if (states.includes('in')) return 'in';
  return states.includes('low') ? 'low' : 'out';
}
