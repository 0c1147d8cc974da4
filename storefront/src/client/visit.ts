import type { CartPage } from '../features/cart/cart-page.ts';
import type { LinkPage } from '../features/order/link-page.ts';
import type { OrderPage } from '../features/order/order-page.ts';

/** What the pages that belong to one person know of a request. No other page sees any of it. */
export interface Visit {
  method: 'GET' | 'POST';
  cookies: ReadonlyMap<string, string>;
  query: URLSearchParams;
  /** Empty for GET. */
  form: URLSearchParams;
  /** The shopper's address, for the API's limits. */
  client: string;
}

/** A cookie to set; `maxAge` in seconds, 0 removes it. Path, SameSite and Secure are the server's business. */
export interface Cookie {
  name: string;
  value: string;
  maxAge: number;
  readable?: boolean;
}
export type OwnPage = CartPage | OrderPage | LinkPage;
/** What to answer: somewhere else (303), or a page. `refresh`: seconds after which the browser should go to `to` by itself. */
export type Reply =
  | { kind: 'redirect'; to: string; cookies: Cookie[] }
  | {
      kind: 'page';
      page: OwnPage;
      status: number;
      cookies: Cookie[];
      retryAfter?: number | undefined;
      refresh?: { seconds: number; to: string } | undefined;
    };
