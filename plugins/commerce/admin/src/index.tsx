import { PriceTag, ShoppingCart, Stack } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';

import { permissionOf } from '../../domain/staff-permissions.ts';
import { registerWidgets } from './home/register-widgets.ts';
import { showMovementsInWords } from './stock/movement-columns.tsx';

const LIST_COLUMNS = 'Admin/CM/pages/ListView/inject-column-in-table';
const title = (id: string, defaultMessage: string) => ({
  id: `commerce.${id}.title`,
  defaultMessage,
});

/**
 * Admin side of commerce: orders, stock and promotion codes, the day's figures, the movements in
 * French.
 */
export default {
  register(app: StrapiApp) {
    app.registerPlugin({ id: 'commerce', name: 'commerce' });
    app.addMenuLink({
      to: 'plugins/commerce/orders',
      icon: ShoppingCart,
      intlLabel: title('orders', 'Commandes'),
      permissions: [permissionOf('orders.read')],
      position: 2,
      Component: async () => import('./orders/OrdersPage.tsx'),
    });
    app.addMenuLink({
      to: 'plugins/commerce/stock',
      icon: Stack,
      intlLabel: title('stock', 'Stock'),
      permissions: [permissionOf('stock.read')],
      position: 3,
      Component: async () => import('./stock/StockPage.tsx'),
    });
    app.addMenuLink({
      to: 'plugins/commerce/promotions',
      icon: PriceTag,
      intlLabel: title('promotions', 'Codes promotionnels'),
      permissions: [permissionOf('promotions.manage')],
      position: 4,
      Component: async () => import('./promotions/PromotionsPage.tsx'),
    });
    registerWidgets(app);
  },
  bootstrap(app: Pick<StrapiApp, 'registerHook'>) {
    app.registerHook(LIST_COLUMNS, showMovementsInWords);
  },
};
