import type { Order } from '../domain/order-model.ts';
import type { OrderPorts, OrderRecord } from '../domain/order-ports.ts';
import type { Payments } from '../domain/payments-port.ts';
import { advanceOrder, type Advanced } from './advance-order.ts';

export interface PaymentPorts extends OrderPorts {
  payments: Payments;
  /** The token of an order's link. */
  tokenOf(number: string): string;
}
/** Where an order's payment stands. `settled`: nothing is due (any more); `waiting`: the provider has not answered. */
export type Opening = { kind: 'open'; url: string } | { kind: 'waiting' } | { kind: 'settled' } | { kind: 'refused' };

const SETTLED: readonly Order['status'][] = ['paid', 'preparing', 'shipped', 'refunded', 'needs_review'];

/** What is known of an order's payment without asking anyone; null = the provider must be asked. */
function known({ status, paymentUrl, total }: Order): Opening | null {
  if (SETTLED.includes(status)) return { kind: 'settled' };
  if (status !== 'pending') return { kind: 'refused' };
  if (total === 0) return { kind: 'settled' };
  return paymentUrl === null ? null : { kind: 'open', url: paymentUrl };
}

/** Closes sessions nobody should pay. One that cannot be closed now is harmless: its money goes back as surplus. */
export async function closeSessions(payments: Payments, outcome: Advanced): Promise<void> {
  if (outcome.ok) for (const sessionId of outcome.closing) await payments.expire(sessionId);
}

async function ask(ports: PaymentPorts, { order, placement }: OrderRecord): Promise<Opening> {
  const { payments, tokenOf } = ports;
  const attempt = Math.max(1, order.paymentAttempt);
  const answer = await payments.open({ ...placement, token: tokenOf(order.number) }, attempt);
  if (answer.kind === 'unknown') return { kind: 'waiting' };
  const { sessionId, url, expiresAt } = answer.kind === 'open' ? answer : { sessionId: '', url: '', expiresAt: null };
  const outcome = await advanceOrder(ports)(order.number, () => Promise.resolve(expiresAt ? { kind: 'session-opened', sessionId, url, expiresAt, attempt } : { kind: 'session-refused' }), 'shop');
  await closeSessions(payments, outcome);
  return (outcome.ok ? known(outcome.order) : null) ?? { kind: 'waiting' };
}

/**
 * Gives an order its payment page, asking the provider with the order's own key; the answer to a second call is the first one's.
 * Calls for one order that meet in this process share one question. A definite refusal releases the stock. Who has just written the
 * order gives its `record`, which is then not read again.
 */
export function openPayment(ports: PaymentPorts): (number: string, record?: OrderRecord) => Promise<Opening> {
  const asking = new Map<string, Promise<Opening>>();
  const open = async (number: string, written?: OrderRecord): Promise<Opening> => {
    const record = written ?? (await ports.inTransaction(({ orders }) => orders.read(number)));
    if (!record) return { kind: 'refused' };
    return known(record.order) ?? (await ask(ports, record));
  };
  return (number, written) => {
    const running = asking.get(number) ?? open(number, written).finally(() => asking.delete(number));
    asking.set(number, running);
    return running;
  };
}
