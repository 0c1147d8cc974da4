import type { Locale } from '@comptoir/contracts';

import type { CatalogueReader } from '../client/catalogue-reader.ts';
import type { OrdersApi } from '../client/orders-api.ts';

/** What the pages that belong to one shopper may use of the shop, made anew for every request. */
export interface ShopContext {
  orders: OrdersApi;
  catalogue: CatalogueReader;
  locale: Locale;
  /** True when the page's policy lets a form be redirected to this address. */
  mayPayAt: (url: string) => boolean;
}
