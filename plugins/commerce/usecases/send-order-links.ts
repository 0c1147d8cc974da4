import type { OrderLinkRequest } from '@comptoir/contracts';

import type { OrderPorts } from '../domain/order-ports.ts';
import { dailyKey } from './order-mails.ts';

const MOST_LINKS = 10;

/**
 * Mails an address the links of its orders, once a day; for each order of its own once more, where
 * that was paid: an address that was only typed gets one such mail a day, however many orders are
 * typed in.  Tells the caller nothing: whether an order exists is its buyer's business.
 */
export const sendOrderLinks =
  (ports: OrderPorts) =>
  ({ email, number }: OrderLinkRequest): Promise<void> =>
    ports.inTransaction(async ({ orders, mails }) => {
      const numbers = await orders.numbersOf(email, number, MOST_LINKS);
      const records = (await Promise.all(numbers.map((one) => orders.read(one)))).filter(
        (record) => record !== null,
      );
      const [latest] = records;
      if (!latest) return;
      const links = records.map(({ placement }) => ({
        number: placement.number,
        total: placement.total,
        url: ports.links.order(placement.number, placement.locale),
      }));
      await mails.enqueue({
        kind: 'order-link',
        key: dailyKey(
          `order-link${number !== undefined && latest.order.paidAt !== null ? `-${number}` : ''}`,
          email,
          ports.now(),
        ),
        to: latest.placement.email,
        locale: latest.placement.locale,
        data: { orders: links },
      });
    });
