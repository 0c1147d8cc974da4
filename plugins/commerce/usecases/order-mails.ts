import { createHash } from 'node:crypto';
import type { ShippingAddress } from '@comptoir/contracts';

import { trackingUrl } from '../domain/carriers.ts';
import { cents, sum } from '../domain/cents.ts';
import { type Effect, type OrderMail, unreturned } from '../domain/order-model.ts';
import { counts, netTotal } from '../domain/order-money.ts';
import type { OrderMailMessage, OrderPorts, OrderRecord, Unit } from '../domain/order-ports.ts';
import { costOf } from '../domain/refund-lines.ts';
import { refundReason } from '../domain/staff-words.ts';
import { vatSplit } from '../domain/vat-split.ts';

type MailEffect = Extract<Effect, { kind: 'mail' }>;
/** Told before anyone has paid: the address was only typed, perhaps by someone else. */
const UNPAID: readonly OrderMail[] = ['order-expired', 'payment-failed'];

const digest = (text: string): string =>
  createHash('sha256').update(text.trim().toLowerCase()).digest('hex').slice(0, 16);
/** One mail of a kind per address and day, however many orders are typed in. */
export const dailyKey = (kind: string, email: string, now: Date): string =>
  `${kind}-${digest(email)}-${now.toISOString().slice(0, 10)}`;

const addressLines = (address: ShippingAddress | null) =>
  address && {
    name: address.name,
    street: [address.line1, address.line2].filter((line) => line !== ''),
    postalCode: address.postalCode,
    city: address.city,
    country: address.country,
  };

/** Before the discount, which has a row of its own. */
const linesOf = ({ placement }: OrderRecord) =>
  placement.lines.map(({ title, label, quantity, unitPrice }) => ({
    name: title,
    label,
    quantity,
    total: cents(unitPrice * quantity),
  }));
/** What is in the parcel, at what it cost: pieces that went back on the shelf stayed there. */
const parcelOf = ({ order, placement }: OrderRecord) =>
  unreturned(order).flatMap(({ sku, quantity }) =>
    placement.lines
      .filter((line) => line.sku === sku)
      .map(({ title, label }) => ({
        name: title,
        label,
        quantity,
        total: costOf(placement.lines, [], [{ sku, quantity }]),
      })),
  );

function summary(record: OrderRecord) {
  const { number, subtotal, discount, shipping, delivery, total, testMode, lines } =
    record.placement;
  return {
    number,
    lines: linesOf(record),
    subtotal,
    discount,
    shipping,
    delivery,
    total,
    vat: vatSplit(lines, shipping).map(({ rate, vat }) => ({ rate, vat })),
    testMode,
  };
}

function refundFacts(
  { order, placement }: OrderRecord,
  key: string,
  url: string,
): Record<string, unknown> {
  const refund = order.refunds.find(({ id }) => key.endsWith(id));
  const amount = refund?.amount ?? sum(order.refunds.filter(counts).map((one) => one.amount));
  return {
    number: placement.number,
    amount,
    full: netTotal(order) === 0,
    reason: refund ? refundReason(refund.reason, placement.locale) : null,
    url,
  };
}

/** What a mail's template needs, read from the order as it now is. */
function dataOf(
  record: OrderRecord,
  { mail, key, reason }: MailEffect,
  links: OrderPorts['links'],
): Record<string, unknown> {
  const { order, placement, delivery } = record;
  const { number, total, email, locale } = placement;
  const url = mail.startsWith('merchant-') ? links.staff(number) : links.order(number, locale);
  const address = addressLines(delivery.address);
  switch (mail) {
    case 'order-confirmed':
      return {
        order: summary(record),
        address,
        delivery: { min: placement.minDays, max: placement.maxDays },
        url,
      };
    case 'merchant-new-order':
      return { order: summary(record), email, address, url };
    case 'order-shipped':
      return {
        number,
        corrected: key !== `order-shipped-${number}`,
        lines: parcelOf(record),
        address,
        carrier: order.tracking?.carrier ?? null,
        trackingNumber: order.tracking?.number || null,
        trackingUrl: order.tracking && trackingUrl(order.tracking),
        url,
      };
    case 'order-refunded':
      return refundFacts(record, key, url);
    case 'merchant-needs-review':
      return { number, total, reason: reason ?? order.reviewReason ?? key, url };
    case 'order-expired':
      return { number, total, bounced: reason === 'bounced', url };
    case 'payment-failed':
      return { number, total, url };
  }
}

/** Writes one of an order's mails, to its buyer or to the shop. */
export async function orderMail(
  unit: Unit,
  { now, links }: Pick<OrderPorts, 'now' | 'links'>,
  record: OrderRecord,
  effect: MailEffect,
): Promise<OrderMailMessage> {
  const { email, locale } = record.placement;
  const data = dataOf(record, effect, links);
  if (effect.mail.startsWith('merchant-'))
    return {
      kind: effect.mail,
      key: effect.key,
      to: (await unit.prices.settings('fr')).email,
      locale: 'fr',
      data,
    };
  const key = UNPAID.includes(effect.mail) ? dailyKey(effect.mail, email, now()) : effect.key;
  return { kind: effect.mail, key, to: email, locale, data };
}
