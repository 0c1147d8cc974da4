import type { Locale, OrderView } from '@comptoir/contracts';

import type { TextKey } from '../i18n/texts.ts';
import { translator } from '../i18n/texts.ts';

function keyOf({ status, testMode, paymentUrl }: OrderView): TextKey {
  if (testMode) return `order.testText.${status}`;
  // A session that is over may have been completed with a payment that takes days: nobody can tell yet.
  return status === 'pending' && paymentUrl === null
    ? 'order.text.pendingClosed'
    : `order.text.${status}`;
}

/** What an order's state means for its buyer. A test order is never charged, packed or sent: nothing may promise it. */
export const orderSentence = (order: OrderView, locale: Locale): string =>
  translator(locale)(keyOf(order), { email: order.email });
