import type { Locale, OrderView } from '@comptoir/contracts';

import type { TextKey } from '../i18n/texts.ts';
import { translator } from '../i18n/texts.ts';

function keyOf({ status, testMode, paymentUrl }: OrderView): TextKey {
  if (testMode) return `order.testText.${status}`;
  // Without a page to pay at, the buyer may have paid by a transfer that takes days: the shop
  // cannot tell yet.
  return status === 'pending' && paymentUrl === null
    ? 'order.text.pendingClosed'
    : `order.text.${status}`;
}

/**
 * What an order's state means for its buyer. A test order is never charged, packed or sent, so its
 * texts must not promise that.
 */
export const orderSentence = (order: OrderView, locale: Locale): string =>
  translator(locale)(keyOf(order), { email: order.email });
