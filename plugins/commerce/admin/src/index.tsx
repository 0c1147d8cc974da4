import { Stack } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { READ_STOCK } from './stock/permissions.ts';

/** Admin side of commerce: the stock page. */
export default {
  register(app: StrapiApp) {
    app.registerPlugin({ id: 'commerce', name: 'commerce' });
    app.addMenuLink({
      to: 'plugins/commerce/stock',
      icon: Stack,
      intlLabel: { id: 'commerce.stock.title', defaultMessage: 'Stock' },
      permissions: [READ_STOCK],
      position: 2,
      Component: async () => import('./stock/StockPage.tsx'),
    });
  },
};
