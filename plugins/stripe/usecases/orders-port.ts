import type { OrderEvent } from '../../commerce/domain/order-model.ts';
import type { OrderRecord } from '../../commerce/domain/order-ports.ts';
import type { PaymentSession } from '../../commerce/domain/payments-port.ts';
import type { Advanced } from '../../commerce/usecases/advance-order.ts';
import type { Proof, Released } from '../../commerce/usecases/release-order.ts';
import type { Settled } from '../../commerce/usecases/settle-payment.ts';

export type { OrderEvent, Refusal } from '../../commerce/domain/order-model.ts';
export type { OrderRecord } from '../../commerce/domain/order-ports.ts';
export type { PaymentSession } from '../../commerce/domain/payments-port.ts';

/** What is done to orders here: commerce's own use cases. */
export interface OrdersPort {
  settlePayment(session: PaymentSession): Promise<Settled>;
  releaseOrder(number: string, proof: Proof): Promise<Released>;
  advanceOrder(
    number: string,
    eventOf: (record: OrderRecord) => Promise<OrderEvent | null>,
    actor: string,
  ): Promise<Advanced>;
}
