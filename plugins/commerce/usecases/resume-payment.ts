import { closeOrder } from './release-order.ts';
import { openPayment, type Opening, type PaymentPorts } from './open-payment.ts';

/** Orders of one round; the next round takes the rest. */
const ROUND = 50;
/** A question this young may still be under way in another process. Milliseconds. */
const SETTLED_AFTER = 15_000;

/**
 * Asks again, with the same key, for every pending order whose payment page is unknown; one that gets none is let go once any page's
 * time is over and the provider has none. @returns how each went
 */
export const resumePayments = (ports: PaymentPorts, open = openPayment(ports)) => async (): Promise<{ number: string; opening: Opening['kind'] }[]> => {
  const before = new Date(ports.now().getTime() - SETTLED_AFTER);
  const numbers = await ports.inTransaction(({ orders }) => orders.withoutSession(before, ROUND));
  const results: { number: string; opening: Opening['kind'] }[] = [];
  for (const number of numbers) {
    const opening = (await open(number)).kind;
    results.push({ number, opening });
    if (opening === 'waiting') await closeOrder(ports)(number, 'expired');
  }
  return results;
};
