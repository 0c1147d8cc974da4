import type { PaymentPorts } from './open-payment.ts';
import { BATCH_SIZE, batchJob } from './order-batch-job.ts';
import { closeOrder, type Released } from './release-order.ts';

/**
 * Closes every pending order whose payment page has run out of time, by the provider's own word:
 * paid after all it is settled, and while the provider does not answer its pieces stay reserved.
 * @returns how each went
 */
export const closeOverdue = (
  ports: PaymentPorts,
): (() => Promise<{ number: string; released: Released }[]>) =>
  batchJob(
    ports,
    async (orders, after) =>
      (await orders.overdue(ports.now(), BATCH_SIZE, after?.number ?? null)).map((number) => ({
        number,
      })),
    async ({ number }) => ({ number, released: await closeOrder(ports)(number, 'expired') }),
  );
