import type { Core } from '@strapi/strapi';
import type { CatalogueService } from '../../../catalogue/server/src/index.ts';
import type { StockPort } from '../../../catalogue/server/src/ports.ts';
import { openLevels, readLevels, stockLedger, unbalancedSkus } from '../../adapters/stock-ledger.ts';
import { adjustStock } from '../../usecases/adjust-stock.ts';
import { contentTypes } from './content-types.ts';
import { orderController, orderRoutes } from './orders/controller.ts';
import { outboxOf } from './orders/outbox.ts';
import { ordersService, type OrdersService } from './orders/service.ts';
import { hideWriteActions, refuseDocumentWrites } from './read-only.ts';
import { ensureSchema } from './schema/ensure.ts';
import { stockController } from './stock-controller.ts';

const catalogue = (): CatalogueService => strapi.plugin('catalogue').service('catalogue');

const orders = (): OrdersService => strapi.plugin('commerce').service('orders');

/** Stock as the catalogue reaches it, without knowing this plugin. */
const port: StockPort = {
  open: openLevels,
  read: readLevels,
  adjust: (trx, change) => adjustStock(stockLedger(trx), (level) => catalogue().writeAvailability(trx, level))(change),
};

const guarded = (action: string) => ({ policies: [{ name: 'admin::hasPermissions', config: { actions: [`plugin::commerce.stock.${action}`] } }] });

export type { OrdersService } from './orders/service.ts';

export default {
  async register({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    catalogue().provideStock(port);
    refuseDocumentWrites(strapi);
    await strapi.service('admin::permission').actionProvider.registerMany([
      { section: 'plugins', displayName: 'Voir le stock', uid: 'stock.read', pluginName: 'commerce' },
      { section: 'plugins', displayName: 'Modifier le stock', uid: 'stock.adjust', pluginName: 'commerce' },
    ]);
  },
  async bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    await ensureSchema(strapi);
    orders().provideMails(outboxOf(strapi));
    hideWriteActions(strapi);
  },
  contentTypes,
  routes: {
    'content-api': { type: 'content-api', prefix: '', routes: orderRoutes },
    admin: {
      type: 'admin',
      routes: [
        { method: 'GET', path: '/stock', handler: 'stock.list', config: guarded('read') },
        { method: 'POST', path: '/stock/:sku/movements', handler: 'stock.move', config: guarded('adjust') },
      ],
    },
  },
  controllers: { stock: stockController(port), orders: orderController(orders) },
  services: {
    orders: ordersService,
    stock: ({ strapi }: { strapi: Core.Strapi }) => ({ unbalancedSkus: () => unbalancedSkus(strapi.db.connection) }),
  },
};
