import type { PluginMigrations } from '@comptoir/database/migrate';

import { orders } from './2026-12-01-orders.ts';
import { payments } from './2026-12-01-payments.ts';
import { promotions } from './2026-12-01-promotions.ts';
import { stock, stockImbalances } from './2026-12-01-stock.ts';
import { movementCodes } from './2026-12-02-movement-codes.ts';
import { refundRequests } from './2026-12-03-refund-requests.ts';

/** Commerce's changes of the schema, oldest first. Orders come before what points at them. */
export const commerceMigrations: PluginMigrations = {
  plugin: 'commerce',
  migrations: [stockImbalances, orders, payments, promotions, stock, movementCodes, refundRequests],
};
