import type { PluginMigrations } from '@comptoir/database/migrate';

import { orders } from './2026-11-27-orders.ts';
import { payments } from './2026-11-27-payments.ts';
import { promotions } from './2026-11-27-promotions.ts';
import { stock, stockImbalances } from './2026-11-27-stock.ts';
import { movementCodes } from './2026-11-28-movement-codes.ts';
import { refundRequests } from './2026-11-29-refund-requests.ts';

/** Commerce's changes of the schema, oldest first. Orders come before what points at them. */
export const commerceMigrations: PluginMigrations = {
  plugin: 'commerce',
  migrations: [stockImbalances, orders, payments, promotions, stock, movementCodes, refundRequests],
};
