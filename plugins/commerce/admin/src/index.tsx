import { Stack } from '@strapi/icons';
import type { StrapiApp } from '@strapi/strapi/admin';
import { wordMovements } from './stock/movement-columns.tsx';
import { READ_STOCK } from './stock/permissions.ts';

const LIST_COLUMNS = 'Admin/CM/pages/ListView/inject-column-in-table';

/** Admin side of commerce: the stock page, the movements in words. */
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
  bootstrap(app: Pick<StrapiApp, 'registerHook'>) {
    app.registerHook(LIST_COLUMNS, wordMovements);
  },
};
