import type { AddressInMail, LineInMail, MailLocale, OrderInMail } from '@comptoir/contracts/mails';

import type { Part } from './letter.ts';
import { countryName, money, percent } from './mail-text.ts';
import { say } from './words.ts';

/** The lines of an order, each with its quantity and total. */
export function linesPart(lines: readonly LineInMail[], locale: MailLocale): Part {
  const t = say(locale);
  return {
    kind: 'lines',
    lines: lines.map(({ name, label, quantity, total }) => ({
      title: label ? `${name}, ${label}` : name,
      detail: t('quantity', { n: quantity }),
      amount: money(total, locale),
    })),
  };
}

/** What the lines, the discount and the delivery add up to, and the VAT in it. */
export function sumsPart(
  { subtotal, discount, shipping, delivery, total, vat }: OrderInMail,
  locale: MailLocale,
): Part {
  const t = say(locale);
  return {
    kind: 'sums',
    rows: [
      { label: t('subtotal'), amount: money(subtotal, locale) },
      ...(discount === 0 ? [] : [{ label: t('discount'), amount: money(-discount, locale) }]),
      {
        label: delivery === '' ? t('delivery') : t('deliveryBy', { delivery }),
        amount: shipping === 0 ? t('free') : money(shipping, locale),
      },
      { label: t('total'), amount: money(total, locale), strong: true },
      ...vat.map(({ rate, vat: amount }) => ({
        label: t('vat', { rate: percent(rate, locale) }),
        amount: money(amount, locale),
      })),
    ],
  };
}

/** Where the parcel goes; nothing while the order has no address. */
export function addressParts(address: AddressInMail | null, locale: MailLocale): Part[] {
  if (address === null) return [];
  const { name, street, postalCode, city, country } = address;
  return [
    {
      kind: 'card',
      title: say(locale)('shipTo'),
      rows: [name, ...street, `${postalCode} ${city}`.trim(), countryName(country, locale)].filter(
        (row) => row !== '',
      ),
    },
  ];
}

/** A test order says so before anything else. */
export const testParts = ({ testMode }: OrderInMail, locale: MailLocale): Part[] =>
  testMode ? [{ kind: 'note', text: say(locale)('testMode') }] : [];

/**
 * When the parcel is expected, from the payment on as the cart promised; `min` and `max` in working
 * days.
 */
export function delayText({ min, max }: { min: number; max: number }, locale: MailLocale): string {
  const t = say(locale);
  const days = t(new Intl.PluralRules(locale).select(max) === 'one' ? 'workingDay' : 'workingDays');
  return t(min === max ? 'sameDays' : 'days', { min, max, days });
}
