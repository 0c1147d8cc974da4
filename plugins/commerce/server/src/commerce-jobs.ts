import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { type Job, nightlyDue } from '@comptoir/jobs';

import { checkBalance } from '../../adapters/stock-balance.ts';
import type { OrdersService } from './orders/orders-service.ts';

const SECOND = 1000;
/** Where Strapi's own store keeps when the stock was last compared. */
const CHECKED_AT = 'stock_balance_checked_at';
const checkedAtSchema = z.iso.datetime().transform((text) => new Date(text));

/**
 * Whether all stock is the sum of its movements. An error, for only a bug or a hand in the database
 * can do that.
 */
async function compareStock(strapi: Core.Strapi): Promise<void> {
  const skus = await checkBalance(strapi.db.connection);
  if (skus.length > 0)
    strapi.log.error(
      `the stock of ${skus.join(', ')} is not the sum of its movements: see stock_imbalances, and runbook H.12`,
    );
}

/** Compares stock with its movements when a night's comparison is due. */
async function compareStockNightly(strapi: Core.Strapi): Promise<void> {
  const store = strapi.store({ type: 'plugin', name: 'commerce' });
  const now = new Date();
  const last = checkedAtSchema.nullable().parse(await store.get({ key: CHECKED_AT }));
  if (!nightlyDue(last, now)) return;
  await compareStock(strapi);
  await store.set({ key: CHECKED_AT, value: now.toISOString() });
}

/** Commerce's jobs. Those that ask the payment provider rest while the shop has none. */
export function commerceJobs(strapi: Core.Strapi, orders: () => OrdersService): readonly Job[] {
  const whilePayable = (work: (orders: OrdersService) => Promise<unknown>) => async () => {
    if (orders().takesPayments()) await work(orders());
  };
  return [
    {
      name: 'resume-payments',
      everyMs: 15 * SECOND,
      run: whilePayable((service) => service.resumePayments()),
    },
    {
      name: 'make-refunds',
      everyMs: 15 * SECOND,
      run: whilePayable((service) => service.makeRefunds()),
    },
    {
      name: 'close-overdue-orders',
      everyMs: 60 * SECOND,
      run: whilePayable((service) => service.closeOverdue()),
    },
    {
      name: 'compare-stock',
      everyMs: 600 * SECOND,
      run: () => compareStockNightly(strapi),
    },
  ];
}
