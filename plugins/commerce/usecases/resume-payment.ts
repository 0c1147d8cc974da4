import { type Opening, openPayment, type PaymentPorts } from './open-payment.ts';
import { BATCH_SIZE, batchJob } from './order-batch-job.ts';
import { closeOrder } from './release-order.ts';

/** A question this young may still be under way in another process. Milliseconds. */
const SETTLED_AFTER = 15_000;

/**
 * Asks again, with the same key, for every pending order whose payment page is unknown; one that
 * gets none is closed once any page's time is over and the provider has none. @returns how each
 * went
 */
export function resumePayments(
  ports: PaymentPorts,
): () => Promise<{ number: string; opening: Opening['kind'] }[]> {
  const before = (): Date => new Date(ports.now().getTime() - SETTLED_AFTER);
  return batchJob(
    ports,
    async (orders, after) =>
      (await orders.withoutSession(before(), BATCH_SIZE, after?.number ?? null)).map((number) => ({
        number,
      })),
    async ({ number }) => {
      const opening = (await openPayment(ports)(number)).kind;
      if (opening === 'waiting') await closeOrder(ports)(number, 'expired');
      return { number, opening };
    },
  );
}
