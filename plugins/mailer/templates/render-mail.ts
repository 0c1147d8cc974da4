import type { Mail } from '@comptoir/contracts/mails';

import type { Enclosure } from '../domain/enclosure.ts';
import { oneLine, type Shop } from '../domain/message.ts';
import { enclosedParts } from './enclosed.ts';
import { html } from './html.ts';
import type { Letter, Part } from './letter.ts';
import { clean } from './mail-text.ts';
import { plain } from './plain.ts';
import { notPaid, orderConfirmed, orderLink, orderRefunded, orderShipped } from './to-shoppers.ts';
import { lowStock, needsReview, newOrder, staffMessage, staffPassword } from './to-staff.ts';

function letterOf(mail: Mail, pages: readonly Part[]): Letter {
  switch (mail.kind) {
    case 'order-confirmed':
      return orderConfirmed(mail, pages);
    case 'order-shipped':
      return orderShipped(mail);
    case 'order-refunded':
      return orderRefunded(mail);
    case 'payment-failed':
    case 'order-expired':
      return notPaid(mail);
    case 'order-link':
      return orderLink(mail);
    case 'merchant-new-order':
      return newOrder(mail);
    case 'merchant-low-stock':
      return lowStock(mail);
    case 'merchant-needs-review':
      return needsReview(mail);
    case 'staff-password':
      return staffPassword(mail);
    case 'staff-message':
      return staffMessage(mail);
  }
}

/**
 * A mail as it will be read: a one-line subject, HTML, and plain text with the same content, the
 * page that goes with it included.
 */
export function render(
  mail: Mail,
  shop: Shop,
  enclosure: Enclosure | null = null,
): { subject: string; html: string; text: string } {
  const letter = letterOf(mail, enclosedParts(enclosure, shop, mail.locale));
  return {
    subject: oneLine(clean(letter.subject, mail.locale)),
    html: html(letter, shop, mail.locale),
    text: plain(letter, shop, mail.locale),
  };
}
