import { closeOrder, type Released } from './release-order.ts';
import type { PaymentPorts } from './open-payment.ts';

/** Orders of one round; the next round takes the rest. */
const ROUND = 50;

/**
 * Closes every pending order whose payment page has run out of time, by the provider's own word: paid after all it is settled, and
 * while the provider does not answer its pieces stay reserved. @returns how each went
 */
export const closeOverdue = (ports: PaymentPorts) => async (): Promise<{ number: string; released: Released }[]> => {
  const numbers = await ports.inTransaction(({ orders }) => orders.overdue(ports.now(), ROUND));
  const results: { number: string; released: Released }[] = [];
  for (const number of numbers) results.push({ number, released: await closeOrder(ports)(number, 'expired') });
  return results;
};
