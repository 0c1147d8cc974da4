import { type RefundRequest, refundStatus } from '../domain/order-model.ts';
import type { OrderPorts } from '../domain/order-ports.ts';
import type { RefundAnswer } from '../domain/payments-port.ts';
import { type Advanced, advanceOrder } from './advance-order.ts';
import type { PaymentPorts } from './open-payment.ts';
import { BATCH_SIZE, batchJob } from './order-batch-job.ts';

/**
 * Writes what the provider answered to one request. A webhook may have told it first: then this
 * changes nothing.
 */
async function record(
  ports: PaymentPorts,
  number: string,
  request: RefundRequest,
  answer: Exclude<RefundAnswer, { kind: 'unknown' }>,
): Promise<Advanced> {
  const refund =
    answer.kind === 'done'
      ? { ...request, id: answer.refundId, status: refundStatus(answer.status) }
      : null;
  return advanceOrder(ports)(
    number,
    () =>
      Promise.resolve(
        refund ? { kind: 'refund-recorded', refund } : { kind: 'refund-refused', key: request.key },
      ),
    request.actor,
  );
}

/**
 * Staff ask again for the automatic refunds of an order that failed; {@link makeRefunds} makes
 * them.
 */
export const retryRefunds =
  (ports: OrderPorts) =>
  (number: string, actor: string): Promise<Advanced> =>
    advanceOrder(ports)(number, () => Promise.resolve({ kind: 'refunds-retried', actor }), actor);

/**
 * Makes the refunds that were asked for. Each has its own key with the provider, so a crash between
 * its answer and our row refunds nothing twice.
 * @returns how many are through (made or refused)
 */
export function makeRefunds(ports: PaymentPorts): () => Promise<number> {
  const make = batchJob<{ number: string; request: RefundRequest }, boolean>(
    ports,
    (orders, after) => orders.openRefundRequests(BATCH_SIZE, after?.request.key ?? null),
    async ({ number, request }) => {
      const answer = await ports.payments.refund({
        order: number,
        paymentIntent: request.paymentIntent,
        amount: request.amount,
        key: request.key,
      });
      return answer.kind !== 'unknown' && (await record(ports, number, request, answer)).ok;
    },
  );
  return async () => (await make()).filter((through) => through).length;
}
