import type { MailOf } from '@comptoir/contracts/mails';

import type { Letter, Part } from './letter.ts';
import { money } from './mail-text.ts';
import { addressParts, delayText, linesPart, sumsPart, testParts } from './order-parts.ts';
import { say } from './words.ts';

/** @param pages what goes with it: the terms the order was made under */
export function orderConfirmed(
  { data, locale }: MailOf<'order-confirmed'>,
  pages: readonly Part[],
): Letter {
  const t = say(locale);
  const { order, address, delivery, url } = data;
  const thanks =
    order.total === 0
      ? t('confirmedFree')
      : t('confirmedText', { total: money(order.total, locale) });
  return {
    subject: t('confirmedSubject', { number: order.number }),
    preheader: thanks,
    title: t('confirmedTitle'),
    parts: [
      ...testParts(order, locale),
      { kind: 'text', text: thanks },
      { kind: 'text', text: t('ref', { number: order.number }) },
      linesPart(order.lines, locale),
      sumsPart(order, locale),
      ...addressParts(address, locale),
      ...(delivery ? [{ kind: 'text' as const, text: delayText(delivery, locale) }] : []),
      { kind: 'button', label: t('follow'), url },
      { kind: 'note', text: t('keep') },
      ...pages,
    ],
  };
}

export function orderShipped({ data, locale }: MailOf<'order-shipped'>): Letter {
  const t = say(locale);
  const { number, corrected, lines, address, carrier, trackingNumber, trackingUrl, url } = data;
  const text = t(corrected ? 'correctedText' : 'shippedText');
  const facts = [
    ...(carrier ? [carrier] : []),
    ...(trackingNumber ? [t('tracking', { number: trackingNumber })] : []),
  ];
  return {
    subject: t(corrected ? 'correctedSubject' : 'shippedSubject', { number }),
    preheader: [text, ...facts].join(' '),
    title: t(corrected ? 'correctedTitle' : 'shippedTitle'),
    parts: [
      { kind: 'text', text: `${text} ${t('ref', { number })}.` },
      ...(facts.length > 0 ? [{ kind: 'card' as const, title: t('carrier'), rows: facts }] : []),
      ...(trackingUrl ? [{ kind: 'button' as const, label: t('track'), url: trackingUrl }] : []),
      linesPart(lines, locale),
      ...addressParts(address, locale),
      { kind: 'button', label: t('see'), url },
    ],
  };
}

export function orderRefunded({ data, locale }: MailOf<'order-refunded'>): Letter {
  const t = say(locale);
  const { number, full, reason, url } = data;
  const text = t(full ? 'refundedFull' : 'refundedPart', { amount: money(data.amount, locale) });
  return {
    subject: t('refundedSubject', { number }),
    preheader: text,
    title: t('refundedTitle'),
    parts: [
      { kind: 'text', text: `${text} ${t('refundedWhen')}` },
      ...(reason ? [{ kind: 'text' as const, text: t('reason', { reason }) }] : []),
      { kind: 'button', label: t('see'), url },
      { kind: 'note', text: t('ref', { number }) },
    ],
  };
}

/** A payment that failed (`bounced`: with the order), or that was never finished. */
export function notPaid({
  kind,
  data,
  locale,
}: MailOf<'payment-failed'> | MailOf<'order-expired'>): Letter {
  const t = say(locale);
  const { number, url } = data;
  const bounced = kind === 'order-expired' && data.bounced;
  const failed = kind === 'payment-failed' || bounced;
  const unpaidText = kind === 'payment-failed' ? 'failedText' : 'expiredText';
  const text = t(bounced ? 'bouncedText' : unpaidText, { total: money(data.total, locale) });
  return {
    subject: t(failed ? 'failedSubject' : 'expiredSubject', { number }),
    preheader: text,
    title: t(failed ? 'failedTitle' : 'expiredTitle'),
    parts: [
      { kind: 'text', text },
      { kind: 'button', label: t(kind === 'payment-failed' ? 'retry' : 'back'), url },
      { kind: 'note', text: t('ref', { number }) },
    ],
  };
}

export function orderLink({ data, locale }: MailOf<'order-link'>): Letter {
  const t = say(locale);
  return {
    subject: t(data.orders.length > 1 ? 'linksSubject' : 'linkSubject'),
    preheader: t('linkText'),
    title: t('linkTitle'),
    parts: [
      { kind: 'text', text: t('linkText') },
      ...data.orders.map(({ number, total, url }) => ({
        kind: 'button' as const,
        label: t('seeNumber', { number, total: money(total, locale) }),
        url,
      })),
      { kind: 'note', text: t('keep') },
    ],
  };
}
