import { createHash } from 'node:crypto';
import type { ShippingAddress } from '@comptoir/contracts';
import type { MailData, MailMessage } from '@comptoir/contracts/mails';

import { trackingUrl } from '../domain/carriers.ts';
import { cents, sum } from '../domain/cents.ts';
import { type Effect, type OrderMail, unreturned } from '../domain/order-model.ts';
import { counts, netTotal } from '../domain/order-money.ts';
import type { OrderMailMessage, OrderPorts, OrderRecord, Unit } from '../domain/order-ports.ts';
import { costOf } from '../domain/refund-lines.ts';
import { refundReason } from '../domain/staff-words.ts';
import { vatSplit } from '../domain/vat-split.ts';

type MailEffect = Extract<Effect, { kind: 'mail' }>;
/** Sent before anyone has paid: the address was only typed, perhaps by someone else. */
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
/** What is in the parcel, at what it cost: pieces that went back into stock are not in it. */
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

/** What a mail is written from: the order as it now is, and the effect that asks for the mail. */
interface MailContext {
  record: OrderRecord;
  effect: MailEffect;
  /** The page the mail leads to. */
  url: string;
}

function refundData({ record, effect, url }: MailContext): MailData['order-refunded'] {
  const { order, placement } = record;
  const refund = order.refunds.find(({ id }) => effect.key.endsWith(id));
  const amount = refund?.amount ?? sum(order.refunds.filter(counts).map((one) => one.amount));
  return {
    number: placement.number,
    amount,
    full: netTotal(order) === 0,
    reason: refund ? refundReason(refund.reason, placement.locale) : null,
    url,
  };
}

function shipmentData({ record, effect, url }: MailContext): MailData['order-shipped'] {
  const { order, placement, delivery } = record;
  const { number } = placement;
  return {
    number,
    corrected: effect.key !== `order-shipped-${number}`,
    lines: parcelOf(record),
    address: addressLines(delivery.address),
    carrier: order.tracking?.carrier ?? null,
    trackingNumber: order.tracking?.number || null,
    trackingUrl: order.tracking && trackingUrl(order.tracking),
    url,
  };
}

function confirmationData({ record, url }: MailContext): MailData['order-confirmed'] {
  const { placement, delivery } = record;
  return {
    order: summary(record),
    address: addressLines(delivery.address),
    delivery: { min: placement.minDays, max: placement.maxDays },
    url,
  };
}

/** A mail without what it says. */
type Envelope = Pick<OrderMailMessage, 'key' | 'to' | 'locale'>;
type WriteMail<K extends OrderMail> = (envelope: Envelope, context: MailContext) => MailMessage<K>;

const saying =
  <K extends OrderMail>(kind: K, data: (context: MailContext) => MailData[K]): WriteMail<K> =>
  (envelope, context) => ({ kind, ...envelope, data: data(context) });

const WRITE: { [K in OrderMail]: WriteMail<K> } = {
  'order-confirmed': saying('order-confirmed', confirmationData),
  'order-shipped': saying('order-shipped', shipmentData),
  'order-refunded': saying('order-refunded', refundData),
  'order-expired': saying('order-expired', ({ record: { placement }, effect, url }) => ({
    number: placement.number,
    total: placement.total,
    bounced: effect.reason === 'bounced',
    url,
  })),
  'payment-failed': saying('payment-failed', ({ record: { placement }, url }) => ({
    number: placement.number,
    total: placement.total,
    url,
  })),
  'merchant-new-order': saying('merchant-new-order', ({ record, url }) => ({
    order: summary(record),
    email: record.placement.email,
    address: addressLines(record.delivery.address),
    url,
  })),
  'merchant-needs-review': saying('merchant-needs-review', ({ record, effect, url }) => ({
    number: record.placement.number,
    total: record.placement.total,
    reason: effect.reason ?? record.order.reviewReason ?? effect.key,
    url,
  })),
};

const TO_STAFF: readonly OrderMail[] = ['merchant-new-order', 'merchant-needs-review'];

/** Staff's address and language, or the buyer's. */
async function recipientOf(
  unit: Unit,
  { record: { placement }, effect }: Omit<MailContext, 'url'>,
): Promise<Omit<Envelope, 'key'>> {
  if (TO_STAFF.includes(effect.mail))
    return { to: (await unit.prices.settings('fr')).email, locale: 'fr' };
  return { to: placement.email, locale: placement.locale };
}

/** Writes one of an order's mails, to its buyer or to the shop. */
export async function orderMail(
  unit: Unit,
  { now, links }: Pick<OrderPorts, 'now' | 'links'>,
  record: OrderRecord,
  effect: MailEffect,
): Promise<OrderMailMessage> {
  const { number, email, locale } = record.placement;
  const url = TO_STAFF.includes(effect.mail) ? links.staff(number) : links.order(number, locale);
  const key = UNPAID.includes(effect.mail) ? dailyKey(effect.mail, email, now()) : effect.key;
  const recipient = await recipientOf(unit, { record, effect });
  return WRITE[effect.mail]({ key, ...recipient }, { record, effect, url });
}
