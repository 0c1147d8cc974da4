import { STATUS_FACTS } from '@comptoir/contracts';

import type { Order, OrderEvent } from '../domain/order-model.ts';
import type { OrderPorts, OrderRecord } from '../domain/order-ports.ts';
import type { FoundSession, Opened, Payments } from '../domain/payments-port.ts';
import { type Advanced, advanceOrder } from './advance-order.ts';
import type { JobPorts } from './order-batch-job.ts';

export interface PaymentPorts extends OrderPorts, JobPorts {
  payments: Payments;
  /** Questions for a payment page that are under way in this process, by order number. */
  openings: Map<string, Promise<Opening>>;
  /** The token of an order's link. */
  tokenOf(number: string): string;
}
/**
 * Where an order's payment stands. `settled`: nothing is due (any more); `waiting`: the provider
 * has not answered.
 */
export type Opening =
  { kind: 'open'; url: string } | { kind: 'waiting' } | { kind: 'settled' } | { kind: 'refused' };

/**
 * What is known of an order's payment without asking the provider; null = the provider must be
 * asked.
 */
function known({ status, paymentUrl, total }: Order): Opening | null {
  if (STATUS_FACTS[status].hasHadMoney) return { kind: 'settled' };
  if (status !== 'pending') return { kind: 'refused' };
  if (total === 0) return { kind: 'settled' };
  return paymentUrl === null ? null : { kind: 'open', url: paymentUrl };
}

/**
 * Closes sessions that must not be paid. One that cannot be closed now (or ever, the keys being
 * gone) is harmless: its money goes back as surplus.
 */
export async function closeSessions(payments: Payments, outcome: Advanced): Promise<void> {
  if (outcome.ok && payments.available().ok)
    for (const sessionId of outcome.closing) await payments.expire(sessionId);
}

/** Writes down what the provider has said for good. */
async function apply(ports: PaymentPorts, number: string, event: OrderEvent): Promise<Opening> {
  const outcome = await advanceOrder(ports)(number, () => Promise.resolve(event), 'shop');
  await closeSessions(ports.payments, outcome);
  return (outcome.ok ? known(outcome.order) : null) ?? { kind: 'waiting' };
}

/**
 * A page found by looking, as the answer that was lost would have told it; one that is paid leads
 * to its order.
 */
const adopted = (
  { links }: PaymentPorts,
  { placement: { number, locale } }: OrderRecord,
  { sessionId, url, expiresAt }: FoundSession,
): Extract<Opened, { kind: 'open' }> => ({
  kind: 'open',
  sessionId,
  url: url ?? links.order(number, locale),
  expiresAt,
});

/**
 * The provider has stored a failure under this attempt's key and will repeat it. The page that it
 * may have made all the same is taken over; only when it says that there is none does the next
 * attempt get a key. Should a page still come to light later, its address is unknown to all: the
 * answer that held it never arrived.
 */
async function recover(
  ports: PaymentPorts,
  record: OrderRecord,
  attempt: number,
): Promise<Opening> {
  const { number } = record.order;
  const found = await ports.payments.find(record.placement);
  if (found === null) return { kind: 'waiting' };
  const [page, ...others] = found
    .filter(({ state }) => state !== 'expired')
    .sort((a, b) => Number(b.state === 'complete') - Number(a.state === 'complete'));
  if (page === undefined) return apply(ports, number, { kind: 'session-lost', attempt });
  for (const { sessionId } of others) await ports.payments.expire(sessionId);
  const { sessionId, url, expiresAt } = adopted(ports, record, page);
  return apply(ports, number, { kind: 'session-opened', sessionId, url, expiresAt, attempt });
}

async function askProvider(ports: PaymentPorts, record: OrderRecord): Promise<Opening> {
  const { order, placement } = record;
  const provider = ports.payments.available();
  // The keys were changed between test and real money before the page was known: the address of one
  // made under the old ones was never told.
  if (provider.ok && provider.testMode !== placement.testMode)
    return apply(ports, order.number, { kind: 'session-refused' });
  const attempt = Math.max(1, order.paymentAttempt);
  const answer = await ports.payments.open(
    { ...placement, token: ports.tokenOf(order.number) },
    attempt,
  );
  switch (answer.kind) {
    case 'unknown':
      return { kind: 'waiting' };
    case 'stuck':
      return recover(ports, record, attempt);
    case 'refused':
      return apply(ports, order.number, { kind: 'session-refused' });
    case 'open':
      return apply(ports, order.number, {
        kind: 'session-opened',
        sessionId: answer.sessionId,
        url: answer.url,
        expiresAt: answer.expiresAt,
        attempt,
      });
  }
}

async function ask(ports: PaymentPorts, number: string, written?: OrderRecord): Promise<Opening> {
  const record = written ?? (await ports.inTransaction(({ orders }) => orders.read(number)));
  if (!record) return { kind: 'refused' };
  return known(record.order) ?? (await askProvider(ports, record));
}

/**
 * Gives an order its payment page, asking the provider with the order's own key; the answer to a
 * second call is the first one's. Calls for one order that meet in this process (`ports.openings`)
 * share one question. A definite refusal releases the stock. A caller that has just written the
 * order gives its `record`, which is then not read again.
 */
export const openPayment =
  (ports: PaymentPorts) =>
  (number: string, written?: OrderRecord): Promise<Opening> => {
    const running = ports.openings.get(number);
    if (running) return running;
    const opening = ask(ports, number, written).finally(() => ports.openings.delete(number));
    ports.openings.set(number, opening);
    return opening;
  };
