/** Addresses of the order pages inside the admin, and of their routes. */
export const ORDERS_PAGE = '/plugins/commerce/orders';
export const orderPage = (number: string): string => `${ORDERS_PAGE}/${encodeURIComponent(number)}`;
export const slipPage = (number: string): string => `${orderPage(number)}/slip`;
export const orderRoute = (number: string): string =>
  `/commerce/orders/${encodeURIComponent(number)}`;
