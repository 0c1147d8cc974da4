import type { Core } from '@strapi/strapi';
import { provideMigrations } from '@comptoir/database/migrate';
import { scheduleJobs, stopBackgroundWork } from '@comptoir/jobs';

import { showsOtherwise } from '../../../catalogue/domain/availability.ts';
import type { CatalogueService } from '../../../catalogue/server/src/index.ts';
import type { StockPort } from '../../../catalogue/server/src/stock-port.ts';
import { unbalancedSkus } from '../../adapters/stock-balance.ts';
import { openLevels, readLevels, stockLedger } from '../../adapters/stock-ledger-sql.ts';
import { STAFF_ACTIONS } from '../../domain/staff-permissions.ts';
import { commerceMigrations } from '../../migrations/index.ts';
import { adjustStock, countStock, type ShowAvailability } from '../../usecases/adjust-stock.ts';
import { commerceJobs } from './commerce-jobs.ts';
import { contentTypes } from './content-types.ts';
import { outboxOf } from './orders/order-mail-outbox.ts';
import { type OrdersService, ordersService } from './orders/orders-service.ts';
import { orderController, orderRoutes } from './orders/shopper-controller.ts';
import { hideWriteActions, refuseDocumentWrites } from './read-only.ts';
import { readableBody } from './readable-body.ts';
import { staffMessageController, staffMessageRoutes } from './staff/message-controller.ts';
import { staffOrderController, staffOrderRoutes } from './staff/order-controller.ts';
import { promotionController, promotionRoutes } from './staff/promotion-controller.ts';
import { type StockChanges, stockController, stockRoutes } from './stock-controller.ts';

const catalogue = (): CatalogueService => strapi.plugin('catalogue').service('catalogue');

const orders = (): OrdersService => strapi.plugin('commerce').service('orders');

/** Stock as the catalogue reaches it, without knowing this plugin. */
const port: StockPort = {
  open: openLevels,
  read: readLevels,
  adjust: (trx, change) =>
    adjustStock(stockLedger(trx), (level) => catalogue().writeAvailability(trx, level))(change),
};

/**
 * Stock as staff change it: as the catalogue does, and a piece that becomes rare is told by mail
 * like one that orders took.
 */
const stockChanges: StockChanges = (trx) => {
  const show: ShowAvailability = async (level, before) => {
    if (showsOtherwise(before, level)) await orders().showLevel(trx)(level, before);
  };
  return { adjust: adjustStock(stockLedger(trx), show), count: countStock(stockLedger(trx), show) };
};

const staff = (): OrdersService['staff'] => orders().staff;

/** `strapi.plugin('commerce').service('stock')`: SKUs whose counts are not the sums of their movements. */
const stockService = ({ strapi }: { strapi: Core.Strapi }) => ({
  unbalancedSkus: () => unbalancedSkus(strapi.db.connection),
});
export type StockService = ReturnType<typeof stockService>;

export type { OrdersService } from './orders/orders-service.ts';

export default {
  async register({ strapi }: { strapi: Core.Strapi }): Promise<void> {
    provideMigrations(strapi, commerceMigrations);
    catalogue().provideStock(port);
    refuseDocumentWrites(strapi);
    await strapi.service('admin::permission').actionProvider.registerMany(
      Object.entries(STAFF_ACTIONS).map(([uid, displayName]) => ({
        section: 'plugins',
        displayName,
        uid,
        pluginName: 'commerce',
      })),
    );
  },
  bootstrap({ strapi }: { strapi: Core.Strapi }): void {
    orders().provideMails(outboxOf(strapi));
    hideWriteActions(strapi);
    scheduleJobs(strapi, commerceJobs(strapi, orders));
  },
  destroy: stopBackgroundWork,
  contentTypes,
  middlewares: { 'readable-body': readableBody },
  routes: {
    'content-api': { type: 'content-api', prefix: '', routes: orderRoutes },
    admin: {
      type: 'admin',
      routes: [...stockRoutes, ...staffOrderRoutes, ...staffMessageRoutes, ...promotionRoutes],
    },
  },
  controllers: {
    stock: stockController(stockChanges, (trx, level) => catalogue().writeAvailability(trx, level)),
    orders: orderController(orders),
    staffOrders: staffOrderController(staff),
    staffMessages: staffMessageController(staff),
    promotions: promotionController,
  },
  services: {
    orders: ordersService,
    stock: stockService,
  },
};
